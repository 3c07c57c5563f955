using System.Buffers.Text;
using Cmms.Domain;
using Cmms.Domain.Organization;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Cmms.Graph.Access;

/// <summary>Reads tokens of the OpenID provider: signed by it with a key that only it has, for us, and now.</summary>
internal sealed class ProviderTokens(OpenIdSettings settings, ProviderKeys keys, TimeProvider clock)
{
    private const int Longest = 16 * 1024, LongestSubject = 255;
    /// <summary>Whoever reads keys could sign by any other algorithm.</summary>
    private static readonly string[] s_algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];
    /// <summary>A logout token is signed by the same keys, and lets nobody in.</summary>
    private static readonly string[] s_types = ["", "JWT", "at+jwt", "application/at+jwt"];
    /// <summary>Beyond it an end cannot be reckoned with.</summary>
    private static readonly DateTime s_never = new(9000, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private readonly JsonWebTokenHandler _handler = new() { MaximumTokenSizeInBytes = Longest, MapInboundClaims = false };

    /// <summary>What the token says, or why nothing.</summary>
    public async ValueTask<(ProviderToken? Token, string Why)> ReadAsync(string text, CancellationToken cancel)
    {
        if (text.Length > Longest || Parse(text) is not { } token) return (null, "malformed token");
        if (!s_algorithms.Contains(token.Alg, StringComparer.Ordinal)) return (null, "token of another algorithm");
        if (!s_types.Contains(token.Typ ?? "", StringComparer.OrdinalIgnoreCase) || token.TryGetHeaderValue<object>("crit", out _) || token.TryGetPayloadValue<object>("events", out _))
            return (null, "token of another kind");
        var signers = await keys.FindAsync(token.Kid, cancel);
        if (signers.Count == 0) return (null, "token of an unknown key");
        var result = await _handler.ValidateTokenAsync(token, Parameters(signers));
        return result.IsValid ? Accept(token) : (null, $"token: {result.Exception?.GetType().Name}");
    }

    private static JsonWebToken? Parse(string text)
    {
        try
        {
            // The last letter of a signature can be written in several ways; only one is it.
            var signature = text.AsSpan(text.LastIndexOf('.') + 1);
            if (signature.IsEmpty || !Base64Url.EncodeToString(Base64Url.DecodeFromChars(signature)).AsSpan().SequenceEqual(signature)) return null;
            JsonWebToken token = new(text);
            // Read here what is read later: a claim of another type than it should be shows only then.
            _ = (token.Alg, token.Typ, token.Kid, token.Issuer, token.Subject, token.Id, token.ValidFrom, token.ValidTo, token.IssuedAt);
            return token;
        }
#pragma warning disable CA1031 // Whatever a text does to the parser, it is no token.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }

    private TokenValidationParameters Parameters(IReadOnlyList<SecurityKey> signers) => new()
    {
        ValidIssuer = settings.Issuer,
        ValidAudience = settings.Audience,
        IgnoreTrailingSlashWhenValidatingAudience = false,
        ValidAlgorithms = s_algorithms,
        IssuerSigningKeys = signers,
        ValidateLifetime = false, // by our own clock, below
    };

    private (ProviderToken? Token, string Why) Accept(JsonWebToken token)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (token.ValidTo == DateTime.MinValue) return (null, "token without an end");
        var ends = (token.ValidTo < s_never ? token.ValidTo : s_never) + settings.ClockSkew;
        if (now >= ends) return (null, "expired token");
        if (token.ValidFrom > now + settings.ClockSkew) return (null, "token of the future");
        if (Text(token, settings.SubjectClaim) is not { Length: <= LongestSubject } subject) return (null, "token without a subject");
        return (new ProviderToken(settings.Issuer, subject, Email(token), Session(token), Instant.From(new DateTimeOffset(ends, TimeSpan.Zero))), "");
    }

    /// <summary>With the name of the claim: a session and a moment may look alike.</summary>
    private static string Session(JsonWebToken token) =>
        Text(token, "sid") is { } sid ? $"sid:{sid}"
        : Text(token, "jti") is { } jti ? $"jti:{jti}"
        : token.TryGetPayloadValue<object>("auth_time", out var at) ? $"auth_time:{at}"
        : $"iat:{token.IssuedAt.Ticks}";

    private string? Email(JsonWebToken token)
    {
        if (Text(token, settings.EmailClaim) is not { } email) return null;
        // Some providers write the truth as a text.
        var verified = token.TryGetPayloadValue<object>(settings.EmailVerifiedClaim, out var value) && value is true or "true";
        // Beyond ASCII, letters fall together in lower case that belong to different addresses (the Kelvin sign and k).
        return !verified ? null : System.Text.Ascii.IsValid(email) ? email.ToLowerInvariant() : email;
    }

    private static string? Text(JsonWebToken token, string claim) => token.TryGetPayloadValue<object>(claim, out var value) && value is string { Length: > 0 } text ? text : null;
}
