using Cmms.Domain;
using Cmms.Domain.Work;
using Engines.GraphQL.Binding;

namespace Cmms.Graph.Work;

/// <summary>Work to be done on assets or at a location, by people, with parts.</summary>
[ObjectType<WorkOrder>, Plain(nameof(WorkOrder.Assets), nameof(WorkOrder.Technicians), nameof(WorkOrder.Vendors), nameof(WorkOrder.Parts), nameof(WorkOrder.Checklist))]
internal static class WorkOrderFields
{
    /// <summary>Past its due time and not done.</summary>
    public static bool IsOverdue([Parent] WorkOrder workOrder, Instant now) => workOrder.IsOverdue(now);

    /// <summary>What may be done with it next.</summary>
    public static IReadOnlyList<WorkOrderTransition> AvailableTransitions([Parent] WorkOrder workOrder) =>
        workOrder.ArchivedAt is null ? workOrder.Phase.Transitions : [];
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
