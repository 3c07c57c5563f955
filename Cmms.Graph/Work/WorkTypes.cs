using Cmms.Domain;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Work;
using Cmms.Graph.Access;
using Engines.GraphQL.Binding;
using Engines.GraphQL.Data;

namespace Cmms.Graph.Work;

/// <summary>Work to be done on assets or at a location, by people, with parts.</summary>
[ObjectType<WorkOrder>, Authorize(Permission.ViewWorkOrders), Plain(nameof(WorkOrder.Assets), nameof(WorkOrder.Technicians), nameof(WorkOrder.Vendors), nameof(WorkOrder.Parts), nameof(WorkOrder.Checklist))]
[UseSearch(nameof(WorkOrder.Code), nameof(WorkOrder.Title)), OrderBy(nameof(WorkOrder.CreatedAt), Descending = true)]
internal static class WorkOrderFields
{
    /// <summary>Past its due time and not done.</summary>
    public static bool IsOverdue([Parent] WorkOrder workOrder, Instant now) => workOrder.IsOverdue(now);

    /// <summary>What the caller may do with it next.</summary>
    public static async Task<IReadOnlyList<IReadOnlyList<WorkOrderTransition>>> AvailableTransitions(
        IReadOnlyList<WorkOrder> workOrders, SiteCaller caller, CmmsDb db, CancellationToken cancel)
    {
        var allowed = await ToWorkOn(workOrders, caller, db, cancel);
        return [.. workOrders.Select(IReadOnlyList<WorkOrderTransition> (o) => allowed.Contains(o.Id) ? [.. o.Transitions().Where(t => caller.May(Needs(t)))] : [])];
    }

    /// <summary>Whether the caller can start it now.</summary>
    public static Task<IReadOnlyList<bool>> ViewerCanStart(IReadOnlyList<WorkOrder> workOrders, SiteCaller caller, CmmsDb db, CancellationToken cancel) =>
        Can(workOrders, WorkOrderTransition.Start, caller, db, cancel);

    /// <summary>Whether the caller can put it on hold now.</summary>
    public static Task<IReadOnlyList<bool>> ViewerCanHold(IReadOnlyList<WorkOrder> workOrders, SiteCaller caller, CmmsDb db, CancellationToken cancel) =>
        Can(workOrders, WorkOrderTransition.Hold, caller, db, cancel);

    /// <summary>Whether the caller can take it up again after a hold.</summary>
    public static Task<IReadOnlyList<bool>> ViewerCanResume(IReadOnlyList<WorkOrder> workOrders, SiteCaller caller, CmmsDb db, CancellationToken cancel) =>
        Can(workOrders, WorkOrderTransition.Resume, caller, db, cancel);

    /// <summary>Whether the caller can complete it now.</summary>
    public static Task<IReadOnlyList<bool>> ViewerCanComplete(IReadOnlyList<WorkOrder> workOrders, SiteCaller caller, CmmsDb db, CancellationToken cancel) =>
        Can(workOrders, WorkOrderTransition.Complete, caller, db, cancel);

    /// <summary>Whether the caller can cancel it now.</summary>
    public static Task<IReadOnlyList<bool>> ViewerCanCancel(IReadOnlyList<WorkOrder> workOrders, SiteCaller caller, CmmsDb db, CancellationToken cancel) =>
        Can(workOrders, WorkOrderTransition.Cancel, caller, db, cancel);

    /// <summary>Whether the caller can reopen it now.</summary>
    public static Task<IReadOnlyList<bool>> ViewerCanReopen(IReadOnlyList<WorkOrder> workOrders, SiteCaller caller, CmmsDb db, CancellationToken cancel) =>
        Can(workOrders, WorkOrderTransition.Reopen, caller, db, cancel);

    /// <summary>Whether the caller can change what it says, who does it and when.</summary>
    public static bool ViewerCanUpdate([Parent] WorkOrder workOrder, SiteCaller caller) =>
        workOrder.ArchivedAt is null && caller.May(Permission.ManageWorkOrders);

    /// <summary>What a transition asks of its caller: those who do the work begin and end it, those who plan it give it up or take it up again.</summary>
    internal static Permission Needs(WorkOrderTransition? transition) =>
        transition is WorkOrderTransition.Cancel or WorkOrderTransition.Reopen ? Permission.ManageWorkOrders : Permission.ExecuteWorkOrders;

    private static async Task<IReadOnlyList<bool>> Can(IReadOnlyList<WorkOrder> workOrders, WorkOrderTransition transition, SiteCaller caller, CmmsDb db, CancellationToken cancel)
    {
        if (!caller.May(Needs(transition))) return new bool[workOrders.Count];
        var allowed = await ToWorkOn(workOrders, caller, db, cancel);
        return [.. workOrders.Select(o => allowed.Contains(o.Id) && o.Transitions().Contains(transition))];
    }

    private static async Task<IReadOnlySet<long>> ToWorkOn(IReadOnlyList<WorkOrder> workOrders, SiteCaller caller, CmmsDb db, CancellationToken cancel) =>
        caller.May(Permission.ExecuteWorkOrders) ? await AssignedOrders.Rule.Allowed([.. workOrders.Select(o => o.Id).Distinct()], caller, db, cancel) : new HashSet<long>();
}

/// <summary>A named status of work orders.</summary>
[ObjectType<WorkOrderStatus>, Authorize(Permission.ViewWorkOrders)]
internal static class WorkOrderStatusFields;

/// <summary>A part that a work order needs: planned, reserved, and in the end used.</summary>
[ObjectType<WorkOrderPart>, Authorize(Permission.ViewWorkOrders)]
internal static class WorkOrderPartFields;

/// <summary>One thing to do or to look at in a work order.</summary>
[ObjectType<ChecklistItem>, Authorize(Permission.ViewWorkOrders)]
internal static class ChecklistItemFields;

/// <summary>What became of one order of many.</summary>
[ObjectType<WorkOrderResult>]
internal static class WorkOrderResultFields;
