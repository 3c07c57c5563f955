namespace Cmms.Domain.Organization;

/// <summary>What a role on a site allows.</summary>
#pragma warning disable CA1711 // The suffix means code access security there; here it is the word of the seeds.
public enum Permission
#pragma warning restore CA1711
{
    /// <summary>See the site, its users and its calendar.</summary>
    ViewOrganization,
    /// <summary>Give and take roles on the site.</summary>
    ManageOrganization,
    /// <summary>See assets, locations, their status and history.</summary>
    ViewMachines,
    /// <summary>Change the operational status of machines and record their downtime.</summary>
    ManageMachines,
    /// <summary>Create, change and archive assets, locations and their types.</summary>
    ManageAssets,
    /// <summary>See processes, production orders and records.</summary>
    ViewProduction,
    /// <summary>Plan and record production.</summary>
    ManageProduction,
    /// <summary>See parts, storerooms, stock and vendors.</summary>
    ViewInventory,
    /// <summary>Issue, return and transfer stock.</summary>
    MoveStock,
    /// <summary>Create and change parts, storerooms and vendors; restock, reconcile and revalue.</summary>
    ManageInventory,
    /// <summary>See purchase requests.</summary>
    ViewPurchasing,
    /// <summary>Raise, approve, receive and cancel purchase requests.</summary>
    ManagePurchasing,
    /// <summary>See every work request; without it, only one's own.</summary>
    ViewRequests,
    /// <summary>Ask for maintenance, and follow and withdraw one's own requests.</summary>
    SubmitRequests,
    /// <summary>Approve, decline and change every work request.</summary>
    ManageRequests,
    /// <summary>See work orders, their labour and costs.</summary>
    ViewWorkOrders,
    /// <summary>Start, hold and complete work orders; log labour, parts and answers on them.</summary>
    ExecuteWorkOrders,
    /// <summary>Create, change, split, merge, cancel and delete work orders.</summary>
    ManageWorkOrders,
    /// <summary>See routines, procedures and preventive schedules.</summary>
    ViewPlanning,
    /// <summary>Change routines, procedures and preventive schedules, and generate from them.</summary>
    ManagePlanning,
    /// <summary>See projects, resources and their assignments.</summary>
    ViewProjects,
    /// <summary>Change projects; assign and release resources.</summary>
    ManageProjects,
    /// <summary>See policies, their runs and previews.</summary>
    ViewPolicies,
    /// <summary>Change and run policies; manage webhooks.</summary>
    ManagePolicies,
    /// <summary>Read the audit trail.</summary>
    ViewEvents,
}
