using System.Collections.Frozen;
using static Cmms.Domain.Organization.Permission;

namespace Cmms.Domain.Organization;

/// <summary>What a user is on a site.</summary>
public enum Role
{
    /// <summary>Answers for the site: may do everything there, and says who else may. For whoever runs the system.</summary>
    Admin,
    /// <summary>Plans and directs the work: everything but roles. For planners, supervisors and those who buy.</summary>
    Manager,
    /// <summary>Does the work: sees what it needs, works on the orders assigned to them, changes machine states and moves stock. For mechanics and electricians.</summary>
    Technician,
    /// <summary>Asks for maintenance and follows it; sees machines and places, and nothing of how the work is organised. For operators and tenants.</summary>
    Requester,
    /// <summary>Sees the plant and changes nothing of it. For auditors, management and screens on a wall.</summary>
    Viewer,
}

/// <summary>The one table of what each role allows.</summary>
public static class RolePermissions
{
    private static readonly FrozenSet<Permission> Nothing = [];

    private static readonly FrozenDictionary<Role, FrozenSet<Permission>> Table = new Dictionary<Role, FrozenSet<Permission>>
    {
        [Role.Admin] = [.. Enum.GetValues<Permission>()],
        [Role.Manager] = [.. Enum.GetValues<Permission>().Except([ManageOrganization])],
        [Role.Technician] =
        [
            ViewOrganization, ViewMachines, ManageMachines, ViewProduction, ViewInventory, MoveStock, ViewPurchasing,
            ViewRequests, SubmitRequests, ViewWorkOrders, ExecuteWorkOrders, ViewPlanning, ViewProjects,
        ],
        [Role.Requester] = [ViewOrganization, ViewMachines, SubmitRequests],
        [Role.Viewer] =
        [
            ViewOrganization, ViewMachines, ViewProduction, ViewInventory, ViewPurchasing, ViewRequests, ViewWorkOrders, ViewPlanning, ViewProjects, ViewPolicies,
        ],
    }.ToFrozenDictionary();

    extension(Role role)
    {
        public FrozenSet<Permission> Permissions => Table.GetValueOrDefault(role, Nothing);

        public bool Allows(Permission permission) => role.Permissions.Contains(permission);
    }
}
