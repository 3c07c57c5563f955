using Cmms.Domain;
using Cmms.Domain.Assets;
using Cmms.Domain.Inventory;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Work;
using Cmms.Graph.Access;
using Engines.GraphQL;
using Engines.GraphQL.Binding;

namespace Cmms.Graph.Work;

/// <summary>The life of a work order, one mutation for each thing that people do.</summary>
[MutationType]
internal static class WorkOrderActions
{
    /// <summary>Begins the work (seed 000: iniciar).</summary>
    /// <param name="stopsAssets">Its assets stand still from now on, until the order is done or given up: a downtime of each, but of those that stand still already. None: as the order says.</param>
    [Authorize(Permission.ExecuteWorkOrders), Own<AssignedOrders>, Error<NotFound, InvalidTransition>]
    public static async Task<WorkOrder> StartWorkOrder([ID<WorkOrder>] long id, bool? stopsAssets, SiteCaller caller, CmmsDb db, CancellationToken cancel)
    {
        var order = await db.OrderToWorkOn(id, caller, cancel);
        await db.Take(order, WorkOrderTransition.Start, null, cancel);
        if (stopsAssets ?? order.StopsAssets) await db.StopAssets(order, cancel);
        await db.SaveChangesAsync(cancel);
        return order;
    }

    /// <summary>Finishes the work (seed 000: finalizar): what was reserved for it is used, at its cost of this moment. Where a count has found less than that, the line is to be put right first.</summary>
    /// <param name="notes">What was done; in the place of the notes that were.</param>
    /// <param name="actualEndAt">When it really ended; none: now.</param>
    [Authorize(Permission.ExecuteWorkOrders), Own<AssignedOrders>, Error<NotFound, InvalidTransition, EndBeforeStart, InsufficientStock>]
    public static async Task<WorkOrder> CompleteWorkOrder([ID<WorkOrder>] long id, string? notes, Instant? actualEndAt, SiteCaller caller, CmmsDb db, Instant now, CancellationToken cancel)
    {
        if (actualEndAt > now) throw new InvalidValue(nameof(actualEndAt), "must not be in the future");
        var order = await db.OrderToWorkOn(id, caller, cancel);
        if (order.Transitions().Contains(WorkOrderTransition.Complete))
        {
            if (notes is not null) order.Note(notes);
            if (actualEndAt is not null) order.RecordActuals(order.ActualStartAt, actualEndAt);
        }
        await db.Take(order, WorkOrderTransition.Complete, null, cancel);
        await db.SaveChangesAsync(cancel);
        return order;
    }

    /// <summary>Puts the work on hold.</summary>
    /// <param name="reason">What it waits for.</param>
    [Authorize(Permission.ExecuteWorkOrders), Own<AssignedOrders>, Error<NotFound, InvalidTransition>]
    public static Task<WorkOrder> HoldWorkOrder([ID<WorkOrder>] long id, string? reason, SiteCaller caller, CmmsDb db, CancellationToken cancel) =>
        Take(db, id, caller, WorkOrderTransition.Hold, reason, cancel);

    /// <summary>Takes the work up again after a hold.</summary>
    [Authorize(Permission.ExecuteWorkOrders), Own<AssignedOrders>, Error<NotFound, InvalidTransition>]
    public static Task<WorkOrder> ResumeWorkOrder([ID<WorkOrder>] long id, SiteCaller caller, CmmsDb db, CancellationToken cancel) =>
        Take(db, id, caller, WorkOrderTransition.Resume, null, cancel);

    /// <summary>Gives the work up; what was reserved for it is freed.</summary>
    /// <param name="reason">Why, for the record.</param>
    [Authorize(Permission.ManageWorkOrders), Error<NotFound, InvalidTransition>]
    public static Task<WorkOrder> CancelWorkOrder([ID<WorkOrder>] long id, string? reason, SiteCaller caller, CmmsDb db, CancellationToken cancel) =>
        Take(db, id, caller, WorkOrderTransition.Cancel, reason, cancel);

    /// <summary>Takes a finished or cancelled order up again; what was used returns to stock at what it cost, and is reserved.</summary>
    /// <param name="reason">Why, for the record.</param>
    [Authorize(Permission.ManageWorkOrders), Error<NotFound, InvalidTransition>]
    public static Task<WorkOrder> ReopenWorkOrder([ID<WorkOrder>] long id, string? reason, SiteCaller caller, CmmsDb db, CancellationToken cancel) =>
        Take(db, id, caller, WorkOrderTransition.Reopen, reason, cancel);

    /// <summary>Brings an order into a status, of the site's own ones too, with all effects that the way there has. Giving up and reopening needs MANAGE_WORK_ORDERS.</summary>
    /// <param name="statusId">The status that it goes to.</param>
    /// <param name="note">Why, for the record.</param>
    [Authorize(Permission.ExecuteWorkOrders), Own<AssignedOrders>, Error<NotFound, InvalidTransition, EndBeforeStart, InsufficientStock>]
    public static async Task<WorkOrder> ChangeWorkOrderStatus(
        [ID<WorkOrder>] long id, [ID<WorkOrderStatus>] long statusId, string? note, CmmsDb db, SiteCaller caller, CancellationToken cancel)
    {
        var order = await db.OrderToWorkOn(id, caller, cancel);
        Check.OptionalText(note);
        var status = await db.Find<WorkOrderStatus>(statusId, cancel);
        if (WorkOrderFields.Needs(order.Phase.TransitionTo(status.Phase)) is var needed && !caller.May(needed))
            throw new GraphQLException(CallerGuard.Lacks(needed));
        await db.Move(order, status, note, cancel);
        await db.SaveChangesAsync(cancel);
        return order;
    }

    private static async Task<WorkOrder> Take(CmmsDb db, long id, SiteCaller caller, WorkOrderTransition transition, string? reason, CancellationToken cancel)
    {
        var order = await db.OrderToWorkOn(id, caller, cancel);
        await db.Take(order, transition, reason, cancel);
        await db.SaveChangesAsync(cancel);
        return order;
    }
}
