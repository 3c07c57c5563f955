using Cmms.Domain.Organization;
using Xunit;

namespace Cmms.Tests.Organization;

public sealed class RoleTests
{
    [Theory]
    [InlineData(Role.Admin, Permission.ManageOrganization, true)]
    [InlineData(Role.Manager, Permission.ManageOrganization, false)]
    [InlineData(Role.Manager, Permission.ManageInventory, true)]
    [InlineData(Role.Technician, Permission.ManageMachines, true)]
    [InlineData(Role.Technician, Permission.ManageAssets, false)]
    [InlineData(Role.Technician, Permission.ExecuteWorkOrders, true)]
    [InlineData(Role.Requester, Permission.SubmitRequests, true)]
    [InlineData(Role.Requester, Permission.ViewWorkOrders, false)]
    [InlineData(Role.Viewer, Permission.ViewMachines, true)]
    [InlineData(Role.Viewer, Permission.ManageMachines, false)]
    public void A_role_allows_what_the_table_says(Role role, Permission permission, bool allowed) => Assert.Equal(allowed, role.Allows(permission));

    [Fact]
    public void A_viewer_only_sees() =>
        Assert.All(Role.Viewer.Permissions, permission => Assert.StartsWith("View", permission.ToString(), StringComparison.Ordinal));

    [Fact]
    public void Whatever_a_role_may_do_a_manager_may_do_too() =>
        Assert.All([Role.Technician, Role.Requester, Role.Viewer], role => Assert.Subset(Role.Manager.Permissions.ToHashSet(), role.Permissions.ToHashSet()));
}
