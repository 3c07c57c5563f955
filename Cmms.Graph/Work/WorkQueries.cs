using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Work;
using Cmms.Graph.Access;
using Engines.GraphQL.Binding;
using Engines.GraphQL.Data;

namespace Cmms.Graph.Work;

[QueryType]
internal static class WorkQueries
{
    /// <summary>Work orders of the site, newest first (seed 000: search-ordenes).</summary>
    /// <param name="includeDeleted">Also those that were taken out of sight.</param>
    [Authorize(Permission.ViewWorkOrders)]
    [UsePaging, UseFiltering, UseSorting, UseSearch(nameof(WorkOrder.Code), nameof(WorkOrder.Title), nameof(WorkOrder.Description), "Asset.Name", "Location.Name")]
    [OrderBy(nameof(WorkOrder.CreatedAt), Descending = true)]
    public static IQueryable<WorkOrder> WorkOrders(CmmsDb db, bool includeDeleted = false) =>
        includeDeleted ? db.WorkOrders : db.WorkOrders.Where(o => o.ArchivedAt == null);

    /// <summary>Work orders that the caller is assigned to, newest first.</summary>
    [Authorize(Permission.ViewWorkOrders)]
    [UsePaging, UseFiltering, UseSorting, UseSearch(nameof(WorkOrder.Code), nameof(WorkOrder.Title), nameof(WorkOrder.Description), "Asset.Name", "Location.Name")]
    [OrderBy(nameof(WorkOrder.CreatedAt), Descending = true)]
    public static IQueryable<WorkOrder> MyWorkOrders(CmmsDb db, SiteCaller caller)
    {
        var userId = caller.UserId;
        return db.WorkOrders.Where(o => o.ArchivedAt == null && o.Technicians.Any(t => t.Id == userId));
    }

    /// <summary>One work order, by its id or its code; null when there is none.</summary>
    /// <param name="code">Its code, instead of the id.</param>
    [Authorize(Permission.ViewWorkOrders)]
    [UseFirstOrDefault]
    public static IQueryable<WorkOrder> GetWorkOrder([ID<WorkOrder>] long? id, string? code, CmmsDb db)
    {
        OneOf.Require(("id", id), ("code", code));
        return id is { } key ? db.WorkOrders.Where(o => o.Id == key) : db.WorkOrders.Where(o => o.Code == code);
    }

    /// <summary>The statuses that work orders of the site can have, by name.</summary>
    [Authorize(Permission.ViewWorkOrders)]
    [UsePaging, UseFiltering, UseSorting, UseSearch(nameof(WorkOrderStatus.Name)), OrderBy(nameof(WorkOrderStatus.Name))]
    public static IQueryable<WorkOrderStatus> WorkOrderStatuses(CmmsDb db) => db.WorkOrderStatuses;
}
