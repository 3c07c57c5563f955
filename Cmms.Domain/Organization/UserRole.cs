namespace Cmms.Domain.Organization;

/// <summary>What a user is on one site, and so what the user may do there. One role a user and site.</summary>
public sealed class UserRole : CustomerEntity
{
    private UserRole() { } // EF Core

    public UserRole(User user, Site site, Role role)
    {
        User = user;
        Site = site;
        Role = role;
    }

    public long UserId { get; private set; }

    /// <summary>Who has it.</summary>
    public User User { get; private set; } = null!;

    public long SiteId { get; private set; }

    /// <summary>Where it counts.</summary>
    public Site Site { get; private set; } = null!;

    /// <summary>What the person may do there.</summary>
    public Role Role { get; private set; }

    public void ChangeTo(Role role) => Role = role;
}
