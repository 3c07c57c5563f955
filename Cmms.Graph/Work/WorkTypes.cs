using Cmms.Domain;
using Cmms.Domain.Organization;
using Cmms.Domain.Work;
using Cmms.Graph.Access;
using Engines.GraphQL.Binding;
using Engines.GraphQL.Data;

namespace Cmms.Graph.Work;

/// <summary>Work to be done on assets or at a location, by people, with parts.</summary>
[ObjectType<WorkOrder>, Plain(nameof(WorkOrder.Assets), nameof(WorkOrder.Technicians), nameof(WorkOrder.Vendors), nameof(WorkOrder.Parts), nameof(WorkOrder.Checklist))]
[UseSearch(nameof(WorkOrder.Code), nameof(WorkOrder.Title)), OrderBy(nameof(WorkOrder.CreatedAt), Descending = true)]
internal static class WorkOrderFields
{
    /// <summary>Past its due time and not done.</summary>
    public static bool IsOverdue([Parent] WorkOrder workOrder, Instant now) => workOrder.IsOverdue(now);

    /// <summary>What may be done with it next, whoever asks.</summary>
    public static IReadOnlyList<WorkOrderTransition> AvailableTransitions([Parent] WorkOrder workOrder) => workOrder.Transitions();

    /// <summary>Whether the caller can start it now.</summary>
    public static bool ViewerCanStart([Parent] WorkOrder workOrder, SiteCaller caller) => Can(workOrder, caller, WorkOrderTransition.Start);

    /// <summary>Whether the caller can put it on hold now.</summary>
    public static bool ViewerCanHold([Parent] WorkOrder workOrder, SiteCaller caller) => Can(workOrder, caller, WorkOrderTransition.Hold);

    /// <summary>Whether the caller can take it up again after a hold.</summary>
    public static bool ViewerCanResume([Parent] WorkOrder workOrder, SiteCaller caller) => Can(workOrder, caller, WorkOrderTransition.Resume);

    /// <summary>Whether the caller can complete it now.</summary>
    public static bool ViewerCanComplete([Parent] WorkOrder workOrder, SiteCaller caller) => Can(workOrder, caller, WorkOrderTransition.Complete);

    /// <summary>Whether the caller can cancel it now.</summary>
    public static bool ViewerCanCancel([Parent] WorkOrder workOrder, SiteCaller caller) => Can(workOrder, caller, WorkOrderTransition.Cancel);

    /// <summary>Whether the caller can reopen it now.</summary>
    public static bool ViewerCanReopen([Parent] WorkOrder workOrder, SiteCaller caller) => Can(workOrder, caller, WorkOrderTransition.Reopen);

    /// <summary>Whether the caller can change what it says, who does it and when.</summary>
    public static bool ViewerCanUpdate([Parent] WorkOrder workOrder, SiteCaller caller) =>
        workOrder.ArchivedAt is null && caller.May(Permission.ManageWorkOrders);

    /// <summary>What a transition asks of its caller: those who do the work begin and end it, those who plan it give it up or take it up again.</summary>
    internal static Permission Needs(WorkOrderTransition? transition) =>
        transition is WorkOrderTransition.Cancel or WorkOrderTransition.Reopen ? Permission.ManageWorkOrders : Permission.ExecuteWorkOrders;

    private static bool Can(WorkOrder workOrder, SiteCaller caller, WorkOrderTransition transition) =>
        caller.May(Needs(transition)) && workOrder.Transitions().Contains(transition);
}

/// <summary>A named status of work orders.</summary>
[ObjectType<WorkOrderStatus>]
internal static class WorkOrderStatusFields;

/// <summary>A part that a work order needs: planned, reserved, and in the end used.</summary>
[ObjectType<WorkOrderPart>]
internal static class WorkOrderPartFields;

/// <summary>One thing to do or to look at in a work order.</summary>
[ObjectType<ChecklistItem>]
internal static class ChecklistItemFields;

/// <summary>What became of one order of many.</summary>
[ObjectType<WorkOrderResult>]
internal static class WorkOrderResultFields;
