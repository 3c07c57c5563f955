namespace Cmms.Domain.Organization;

/// <summary>What a token says that an OpenID provider has signed.</summary>
/// <param name="Issuer">The provider.</param>
/// <param name="Subject">Whom it is about, as the provider never calls anybody else.</param>
/// <param name="VerifiedEmail">The person's address where the provider vouches for it, else null.</param>
/// <param name="Session">What is the same in all tokens of one sign-in at the provider.</param>
/// <param name="EndsAt">From when it is refused.</param>
public sealed record ProviderToken(string Issuer, string Subject, string? VerifiedEmail, string Session, Instant EndsAt);
