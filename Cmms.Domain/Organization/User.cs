using System.Net.Mail;

namespace Cmms.Domain.Organization;

/// <summary>A person who works with Cmms, on one or more sites of a customer.</summary>
public sealed partial class User : CustomerEntity
{
    /// <summary>The languages that messages and labels exist in.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["en", "es"];

    private readonly List<UserRole> _roles = [];
    private User() { } // EF Core

    /// <summary>A user who has accepted already, such as the first owner of a customer.</summary>
    public User(string name, string surname, string email, CustomerRole customerRole = CustomerRole.Member)
    {
        Rename(name, surname);
        Email = email;
        CustomerRole = customerRole;
    }

    /// <summary>The given name.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The family name.</summary>
    public string Surname { get; private set; } = "";

    /// <summary>Given name and family name.</summary>
    public string FullName { get; private set; } = "";

    /// <summary>Language of messages to this user: <c>en</c> or <c>es</c>.</summary>
    public string Language
    {
        get;
        set => field = Languages.Contains(value) ? value : throw new InvalidValue(nameof(Language), $"must be one of {string.Join(", ", Languages)}");
    } = "en";

    /// <summary>In lower case; unique within the customer.</summary>
    public string Email { get; private set => field = Address(value); } = "";

    /// <summary>The address that the person wants to have; it takes the place of the other once it is confirmed.</summary>
    public string? UnconfirmedEmail { get; private set; }

    /// <summary>Where the person can be called.</summary>
    public string? PhoneNumber { get; set => field = Check.OptionalText(value, 50, nameof(PhoneNumber)); }

    /// <summary>What the person does at the company.</summary>
    public string? JobTitle { get; set => field = Check.OptionalText(value, 200, nameof(JobTitle)); }

    /// <summary>Whether the person may sign in.</summary>
    public UserStatus Status { get; private set; }

    /// <summary>How the person signs in.</summary>
    public UserAuthType AuthType { get; set; }

    /// <summary>When the picture was set; null without one.</summary>
    public Instant? AvatarChangedAt { get; private set; }

    /// <summary>When the person last signed in by an OpenID provider.</summary>
    public Instant? LastLoginAt { get; private set; }

    /// <summary>How often the person has signed in by an OpenID provider.</summary>
    public int LoginCount { get; private set; }

    /// <summary>Whether the user is meant to do maintenance work; assignable means this, and active.</summary>
    public bool CanBeAssignedToWorkOrders { get; set; }

    /// <summary>Cost of an hour of regular work.</summary>
    public Money? RegularRate { get; set; }

    /// <summary>Cost of an hour of overtime, first rate.</summary>
    public Money? OvertimeRate1 { get; set; }

    /// <summary>Cost of an hour of overtime, second rate.</summary>
    public Money? OvertimeRate2 { get; set; }

    /// <summary>Whether the person runs the account: creates sites and invites others.</summary>
    public CustomerRole CustomerRole { get; private set; }

    /// <summary>The user's role on each site.</summary>
    public IReadOnlyList<UserRole> Roles => _roles;

    /// <summary>Whether work may be assigned: active, and meant to do maintenance work, whatever the role.</summary>
    public bool IsAssignable => Status is UserStatus.Active && CanBeAssignedToWorkOrders;

    /// <summary>One of those who keep the customer manageable.</summary>
    public bool IsActiveOwner => Status is UserStatus.Active && CustomerRole is CustomerRole.Owner;

    public void Rename(string name, string surname)
    {
        Name = Check.Text(name, 100);
        Surname = Check.Text(surname, 100);
        FullName = $"{Name} {Surname}";
    }

    /// <param name="otherOwners">How many other active owners there are (<see cref="Owners.CountOthers"/>, which holds them still).</param>
    /// <exception cref="LastOwner"/>
    public void ChangeCustomerRole(CustomerRole role, int otherOwners)
    {
        if (role is not CustomerRole.Owner) KeepAnOwner(otherOwners);
        CustomerRole = role;
    }

    /// <summary>Ends the user's access; everything done stays under the user's name.</summary>
    /// <param name="otherOwners">How many other active owners there are (<see cref="Owners.CountOthers"/>, which holds them still).</param>
    /// <exception cref="LastOwner"/>
    public void Deactivate(int otherOwners)
    {
        if (Status is UserStatus.Deactivated) return;
        KeepAnOwner(otherOwners);
        (Status, InvitationHash, EmailConfirmationHash) = (UserStatus.Deactivated, null, null);
        Raise("UserDeactivated");
    }

    public void Reactivate()
    {
        if (Status is not UserStatus.Deactivated) return;
        Status = UserStatus.Active;
        Raise("UserReactivated");
    }

    /// <summary>Notes that the person has signed in; what is noted stands in no event and is no new version.</summary>
    public void RecordLogin(Instant now) => (LastLoginAt, LoginCount) = (now, LoginCount + 1);

    /// <summary>Saving the picture itself is <see cref="Avatars.SetAvatar"/>'s.</summary>
    internal void ShowAvatar(Instant? changedAt) => AvatarChangedAt = changedAt;

    /// <summary>An OpenID provider has sent the person for the first time, which accepts an open invitation.</summary>
    /// <exception cref="InvalidTransition">Deactivated, or invited too long ago.</exception>
    internal void SignInByProvider(Instant now)
    {
        if (Status is UserStatus.Invited && now <= InvitationDueAt)
        {
            (Status, InvitationAcceptedAt, InvitationHash) = (UserStatus.Active, now, null);
            Raise("InvitationAccepted");
        }
        if (Status is not UserStatus.Active) throw new InvalidTransition(FullName, Status.ToString(), nameof(UserStatus.Active));
        AuthType = UserAuthType.OpenId;
        Raise("UserIdentified");
    }

    private void KeepAnOwner(int otherOwners)
    {
        if (IsActiveOwner && otherOwners == 0) throw new LastOwner(FullName);
    }

    private static string Address(string value)
    {
        var text = Check.Text(value, 254, nameof(Email));
        return MailAddress.TryCreate(text, out var parsed) && parsed.Address == text && text.IndexOf('@') == text.LastIndexOf('@')
            ? text.ToLowerInvariant()
            : throw new InvalidValue(nameof(Email), "must be an e-mail address");
    }
}
