using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Graph.Access;
using Cmms.Tests.Work;

namespace Cmms.Tests.Contract;

/// <summary>For each column of the role table a person, and a stranger who is the same elsewhere or of whom nothing here is.</summary>
internal sealed class RoleStaff
{
    private readonly Dictionary<string, string> _ids = [];

    /// <summary>Who calls for a column: the name of a key; nobody for nobody.</summary>
    public static string? Caller(string column) => column is RoleTable.Nobody ? null : $"own-{column}";

    /// <summary>Somebody else of the column's kind. An admin acts on all of a site, so that one is admin of the neighbour.</summary>
    public static (string Key, bool IsOfSite) Stranger(string column) => column is RoleTable.Owner ? ("admin", true) : ($"other-{column}", column != nameof(Role.Admin));

    /// <summary>The user behind a column; for nobody, some user.</summary>
    public string IdOf(string column) => _ids[column is RoleTable.Nobody ? nameof(Role.Requester) : column];

    /// <summary>A user who has no role on the site.</summary>
    public string Other => _ids["neighbour"];

    public static async Task<RoleStaff> EmployAsync(TestPlant plant)
    {
        RoleStaff staff = new();
        Dictionary<string, User> users = [];
        await plant.Database.WriteAsync(Scope.Customer(plant.CustomerId), async db =>
        {
            var (site, neighbour) = (await db.Find<Site>(plant.SiteId, default), await db.Find<Site>(plant.NeighbourId, default));
            foreach (var role in PermissionTable.Roles)
            {
                users[role.ToString()] = Employ(db, $"own-{role}", site, role);
                Employ(db, $"other-{role}", role is Role.Admin ? neighbour : site, role);
            }
            users[RoleTable.Owner] = Employ(db, $"own-{RoleTable.Owner}", site, Role.Viewer, CustomerRole.Owner);
            users["neighbour"] = Employ(db, "other-neighbour", neighbour, Role.Viewer);
        });
        foreach (var (column, user) in users) staff._ids[column] = Doors.GlobalId(nameof(User), user.Id);
        return staff;
    }

    // Whoever is called Technician is the stories' own.
    private static User Employ(CmmsDb db, string key, Site site, Role role, CustomerRole customerRole = CustomerRole.Member)
    {
        var user = new User("Somebody", "Else", $"{key.Replace(nameof(Role.Technician), "mechanic", StringComparison.Ordinal).ToLowerInvariant()}@example.test", customerRole) { CanBeAssignedToWorkOrders = true };
        db.Users.Add(user);
        db.UserRoles.Add(new UserRole(user, site, role));
        db.ApiKeys.Add(ApiKey.Known(user, "test", $"test-{key}"));
        return user;
    }
}
