using Cmms.Domain;
using Cmms.Domain.Inventory;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Work;
using Cmms.Graph.Access;
using Engines.GraphQL.Binding;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Graph.Work;

/// <summary>What an open order needs and what of it is ticked off: whoever does the work says so.</summary>
[MutationType, Authorize(Permission.ExecuteWorkOrders), Own<AssignedOrders>]
internal static class WorkOrderPartMutations
{
    /// <summary>Adds a quantity of a part to what the order needs, and reserves it (seed 003).</summary>
    /// <param name="quantity">How much more, at most three decimal places.</param>
    /// <param name="storeroomId">From where; none: the part's storeroom, else the site's default.</param>
    /// <param name="allowShortage">Reserve only what is there; the rest waits and counts as demand.</param>
    [Error<NotFound, InsufficientStock, InvalidTransition>]
    public static Task<PlannedPart> AddWorkOrderPart(
        [ID<WorkOrder>] long workOrderId, [ID<Part>] long partId, Quantity quantity, [ID<Storeroom>] long? storeroomId, SiteCaller caller, CmmsDb db, CancellationToken cancel, bool allowShortage = false) =>
        Plan(db, caller, workOrderId, partId, storeroomId, there => there + Check.Positive(quantity, nameof(quantity)), allowShortage, cancel);

    /// <summary>Says how much of a part the order needs in all, in the place of what was planned of it (seed 003).</summary>
    /// <param name="quantity">How much in all, at most three decimal places.</param>
    /// <param name="storeroomId">From where; none: as before, else the part's storeroom, else the site's default.</param>
    /// <param name="allowShortage">Reserve only what is there; the rest waits and counts as demand.</param>
    [Error<NotFound, InsufficientStock, InvalidTransition>]
    public static Task<PlannedPart> SetWorkOrderPart(
        [ID<WorkOrder>] long workOrderId, [ID<Part>] long partId, Quantity quantity, [ID<Storeroom>] long? storeroomId, SiteCaller caller, CmmsDb db, CancellationToken cancel, bool allowShortage = false) =>
        Plan(db, caller, workOrderId, partId, storeroomId, _ => quantity, allowShortage, cancel);

    /// <summary>Takes a part off what the order needs; what was reserved of it is freed (seed 003).</summary>
    [Error<NotFound, InvalidTransition>]
    public static async Task<WorkOrder> RemoveWorkOrderPart([ID<WorkOrder>] long workOrderId, [ID<Part>] long partId, SiteCaller caller, CmmsDb db, CancellationToken cancel)
    {
        var order = await db.OrderToWorkOn(workOrderId, caller, cancel);
        var line = order.Parts.FirstOrDefault(l => l.PartId == partId) ?? throw new NotFound("Part of the work order", nameof(partId));
        await db.RemovePart(order, line, cancel);
        await db.SaveChangesAsync(cancel);
        return order;
    }

    /// <summary>Ticks an item of an order's checklist, or takes the tick away.</summary>
    /// <param name="id">The item of the checklist.</param>
    [Error<NotFound, InvalidTransition>]
    public static async Task<TickedItem> SetChecklistItem([ID<ChecklistItem>] long id, bool isChecked, SiteCaller caller, CmmsDb db, Instant now, CancellationToken cancel)
    {
        var orderId = await db.ChecklistItems.Where(i => i.Id == id).Select(i => i.WorkOrderId).FirstOrDefaultAsync(cancel);
        if (orderId == 0) throw new NotFound("Checklist item", nameof(id));
        var order = await db.OrderToWorkOn(orderId, caller, cancel);
        var item = await db.Find<ChecklistItem>(id, cancel);
        item.Tick(isChecked, now);
        await db.SaveChangesAsync(cancel);
        return new TickedItem(order, item);
    }

    private static async Task<PlannedPart> Plan(
        CmmsDb db, SiteCaller caller, long workOrderId, long partId, long? storeroomId, Func<Quantity, Quantity> inAll, bool allowShortage, CancellationToken cancel)
    {
        var order = await db.OrderToWorkOn(workOrderId, caller, cancel);
        var part = await db.Find<Part>(partId, cancel);
        var storeroom = await db.FindOptional<Storeroom>(storeroomId, cancel);
        var there = order.Parts.FirstOrDefault(l => l.PartId == partId)?.Quantity ?? Quantity.Zero;
        var line = await db.PlanPart(order, part, storeroom, inAll(there), allowShortage, cancel);
        await db.SaveChangesAsync(cancel);
        return new PlannedPart(order, line);
    }
}

/// <summary>What is planned of a part now.</summary>
/// <param name="WorkOrder">The order.</param>
/// <param name="WorkOrderPart">Its line of the part.</param>
[Payload]
internal sealed record PlannedPart(WorkOrder WorkOrder, WorkOrderPart WorkOrderPart);

/// <summary>What is ticked off now.</summary>
/// <param name="WorkOrder">The order.</param>
/// <param name="ChecklistItem">The item of its checklist.</param>
[Payload]
internal sealed record TickedItem(WorkOrder WorkOrder, ChecklistItem ChecklistItem);
