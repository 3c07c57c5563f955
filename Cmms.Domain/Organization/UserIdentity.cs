namespace Cmms.Domain.Organization;

/// <summary>Whom an OpenID provider means when it speaks of a user. Once it stands, the address counts no more, so that nobody inherits it with one.</summary>
internal sealed class UserIdentity : CustomerEntity
{
    private UserIdentity() { } // EF Core

    public UserIdentity(User user, string issuer, string subject) => (User, Issuer, Subject) = (user, issuer, subject);

    public string Issuer { get; private set; } = "";
    public string Subject { get; private set; } = "";
    public long UserId { get; private set; }
    public User User { get; private set; } = null!;
}
