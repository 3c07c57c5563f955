using System.Collections.Frozen;
using static Cmms.Domain.Organization.Permission;

namespace Cmms.Domain.Organization;

/// <summary>What a user is on a site.</summary>
public enum Role
{
    /// <summary>May do everything on the site.</summary>
    Admin,
    /// <summary>Plans and directs: everything but roles and keys.</summary>
    Manager,
    /// <summary>Does the work: sees what it needs, executes work orders, changes machine states and moves stock.</summary>
    Technician,
    /// <summary>Asks for maintenance and follows it.</summary>
    Requester,
    /// <summary>Sees and changes nothing.</summary>
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
