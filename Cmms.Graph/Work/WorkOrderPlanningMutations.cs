using Cmms.Domain;
using Cmms.Domain.Assets;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Work;
using Cmms.Graph.Access;
using Engines.GraphQL.Binding;

namespace Cmms.Graph.Work;

/// <summary>Moving, splitting, merging and deleting orders.</summary>
[MutationType, Authorize(Permission.ManageWorkOrders)]
internal static class WorkOrderPlanningMutations
{
    /// <summary>Moves a work order to a day: its start keeps its time of day, end and due time move by the same delta (seed 000: update-ot-date).</summary>
    /// <param name="date">The day of its start, in the site's time zone.</param>
    /// <param name="reason">Why, for the record.</param>
    [Error<NotFound, InvalidTransition>]
    public static async Task<WorkOrder> RescheduleWorkOrder([ID<WorkOrder>] long id, DateOnly date, string? reason, CmmsDb db, CancellationToken cancel)
    {
        var order = await db.WorkOrder(id, null, cancel);
        order.Reschedule(date, await db.SiteZone(cancel), reason);
        await db.SaveChangesAsync(cancel);
        return order;
    }

    /// <summary>Moves many work orders, each to its day, all in one transaction; one that cannot move is reported and holds nothing else up (seed 000: bulk-update-ot-dates).</summary>
    /// <param name="changes">Which order moves to which day.</param>
    [Payload("results")]
    public static async Task<IReadOnlyList<WorkOrderResult>> RescheduleWorkOrders(IReadOnlyList<WorkOrderDateInput> changes, CmmsDb db, CancellationToken cancel)
    {
        var zone = await db.SiteZone(cancel);
        return await Each(db, [.. changes.Select(c => c.Id)], (order, i) =>
        {
            order.Reschedule(changes[i].Date, zone, changes[i].Reason);
            return Task.CompletedTask;
        }, cancel);
    }

    /// <summary>Gives assets of an order orders of their own (seed 000: split-ot-asset). What is planned of parts and what is done stays with the order that is split.</summary>
    /// <param name="assetIds">The assets that leave; none: all but the first.</param>
    [Error<NotFound, InvalidTransition, NothingToSplit>]
    public static async Task<SplitOrder> SplitWorkOrder([ID<WorkOrder>] long id, [ID<Asset>] IReadOnlyList<long>? assetIds, CmmsDb db, CancellationToken cancel)
    {
        var order = await db.WorkOrder(id, null, cancel);
        var created = await db.Split(order, assetIds ?? [], (await db.SiteZone(cancel)).Today(db.Now), cancel);
        await db.SaveChangesAsync(cancel);
        return new SplitOrder(order, created);
    }

    /// <summary>Brings open orders of one type together in one of them (seed 000: merge-ots). The others are cancelled and lead to it; nothing is deleted.</summary>
    /// <param name="ids">All orders, the one that remains too.</param>
    /// <param name="survivorId">The one that remains.</param>
    /// <param name="targetDate">The day by whose end it is due, in the site's time zone; none: the earliest due time of all.</param>
    [Error<NotFound, NothingToMerge, InvalidTransition>]
    public static async Task<WorkOrder> MergeWorkOrders(
        [ID<WorkOrder>] IReadOnlyList<long> ids, [ID<WorkOrder>] long survivorId, DateOnly? targetDate, CmmsDb db, CancellationToken cancel)
    {
        await db.FindAll<WorkOrder>(ids, cancel); // locks them in the order of their ids
        await db.Find<WorkOrder>(survivorId, cancel);
        List<WorkOrder> orders = [];
        foreach (var id in ids.Distinct()) orders.Add(await db.WorkOrder(id, null, cancel));
        var survivor = orders.Find(o => o.Id == survivorId) ?? throw new InvalidValue(nameof(survivorId), "must be one of the orders that are merged");
        Check.Day(targetDate);
        var zone = await db.SiteZone(cancel);
        Instant? dueAt = targetDate is { } day ? zone.At(day, new TimeOnly(23, 59)) : null;
        await db.Merge(orders, survivor, dueAt, cancel);
        await db.SaveChangesAsync(cancel);
        return survivor;
    }

    /// <summary>
    /// Takes orders out of sight that nobody has worked on, all in one transaction: what was reserved is freed, and their dates of a schedule count as
    /// skipped. One that has work on record is reported and stays (seeds 000 and 003).
    /// </summary>
    [Payload("results")]
    public static Task<IReadOnlyList<WorkOrderResult>> DeleteWorkOrders([ID<WorkOrder>] IReadOnlyList<long> ids, CmmsDb db, CancellationToken cancel) =>
        Each(db, ids, (order, _) => db.Delete(order, cancel), cancel);

    /// <summary>Each for itself: what an order refuses, it refuses before anything of it has changed.</summary>
    private static async Task<IReadOnlyList<WorkOrderResult>> Each(CmmsDb db, IReadOnlyList<long> ids, Func<WorkOrder, int, Task> change, CancellationToken cancel)
    {
        if (ids.Distinct().Count() < ids.Count) throw new InvalidValue("ids", "must name a work order once only");
        Dictionary<int, WorkOrderResult> results = [];
        foreach (var (i, id) in ids.Index().OrderBy(item => item.Item))
        {
            try
            {
                var order = await db.WorkOrder(id, null, cancel);
                await change(order, i);
                results[i] = new WorkOrderResult(id, order, null);
            }
            catch (DomainError error)
            {
                results[i] = new WorkOrderResult(id, null, ItemError.Of(error));
            }
        }
        await db.SaveChangesAsync(cancel);
        return [.. ids.Select((_, i) => results[i])];
    }
}

/// <summary>What a split led to.</summary>
/// <param name="WorkOrder">The order that was split, with the assets that stayed.</param>
/// <param name="Created">The orders of the assets that left.</param>
[Payload]
internal sealed record SplitOrder(WorkOrder WorkOrder, IReadOnlyList<WorkOrder> Created);
