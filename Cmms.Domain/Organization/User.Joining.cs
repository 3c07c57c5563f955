namespace Cmms.Domain.Organization;

// How a person joins, and proves that an address is theirs. Each token is shown once; the hash of the last one is all that is kept.
public sealed partial class User
{
    /// <summary>A user who is asked to join, active once the invitation is accepted, and the token that accepts it.</summary>
    public static (User User, string Token) Invite(string name, string surname, string email, Instant now, CustomerRole customerRole = CustomerRole.Member)
    {
        User user = new(name, surname, email, customerRole) { Status = UserStatus.Invited };
        return (user, user.NewInvitation(now));
    }

    /// <summary>As <see cref="Invite"/>, by a token that everybody knows, for demo data only.</summary>
    internal static User InviteKnown(string name, string surname, string email, Instant now, string token) =>
        new(name, surname, email) { Status = UserStatus.Invited, InvitationSentAt = now, InvitationHash = OneTimeToken.HashOf(token) };

    /// <summary>When the invitation was last sent; it expires five days later.</summary>
    public Instant? InvitationSentAt { get; private set; }

    /// <summary>When the person accepted it.</summary>
    public Instant? InvitationAcceptedAt { get; private set; }

    /// <summary>Until when the invitation can be accepted: five days after it was sent.</summary>
    public Instant? InvitationDueAt => InvitationSentAt is { } sent ? sent + OneTimeToken.Lasts : null;

    internal string? InvitationHash { get; private set; }

    internal string? EmailConfirmationHash { get; private set; }

    internal Instant? EmailConfirmationSentAt { get; private set; }

    /// <summary>Sends the invitation once more, with a token that takes the place of the one before.</summary>
    /// <exception cref="InvalidTransition">The person is not, or no longer, invited.</exception>
    public string ResendInvitation(Instant now)
    {
        if (Status is not UserStatus.Invited) throw new InvalidTransition(FullName, Status.ToString(), nameof(UserStatus.Invited));
        Raise("InvitationResent");
        return NewInvitation(now);
    }

    /// <summary>Joins. Whether the token is unknown, used, replaced or too old, the answer is the same.</summary>
    /// <exception cref="NotFound"/>
    public void AcceptInvitation(string token, Instant now)
    {
        if (Status is not UserStatus.Invited || !OneTimeToken.IsGood(token, InvitationHash, InvitationSentAt, now)) throw new NotFound("Invitation", nameof(token));
        (Status, InvitationAcceptedAt, InvitationHash) = (UserStatus.Active, now, null);
        Raise("InvitationAccepted");
    }

    /// <summary>Gives the person another address at once, as an owner of the customer may.</summary>
    public void ChangeEmail(string email) => (Email, UnconfirmedEmail, EmailConfirmationHash) = (email, null, null);

    /// <summary>Asks for another address, which counts once it is confirmed; with the present one the wish is taken back.</summary>
    public void RequestEmail(string email)
    {
        var address = Address(email);
        (UnconfirmedEmail, EmailConfirmationHash) = (address == Email ? null : address, null);
    }

    /// <summary>A token for whoever reads the mail of the unconfirmed address; it takes the place of the one before.</summary>
    /// <exception cref="NotFound">No address waits to be confirmed.</exception>
    public string SendEmailConfirmation(Instant now)
    {
        if (UnconfirmedEmail is null || Status is not UserStatus.Active) throw new NotFound("Unconfirmed e-mail", "id");
        (var token, EmailConfirmationHash) = OneTimeToken.Create("confirm");
        EmailConfirmationSentAt = now;
        Raise("EmailConfirmationSent");
        return token;
    }

    /// <summary>Makes the unconfirmed address the one that counts. Whether the token is unknown, used, replaced or too old, the answer is the same.</summary>
    /// <exception cref="NotFound"/>
    public void ConfirmEmail(string token, Instant now)
    {
        if (UnconfirmedEmail is not { } address || Status is not UserStatus.Active || !OneTimeToken.IsGood(token, EmailConfirmationHash, EmailConfirmationSentAt, now))
            throw new NotFound("Confirmation", nameof(token));
        ChangeEmail(address);
        Raise("EmailConfirmed");
    }

    private string NewInvitation(Instant now)
    {
        (var token, InvitationHash) = OneTimeToken.Create("invite");
        InvitationSentAt = now;
        return token;
    }
}
