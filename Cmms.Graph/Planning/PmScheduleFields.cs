using Cmms.Domain.Assets;
using Cmms.Domain.Inventory;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Planning;
using Cmms.Domain.Work;
using Cmms.Graph.Access;
using Engines.GraphQL;
using Engines.GraphQL.Binding;
using Engines.GraphQL.Data;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Graph.Planning;

/// <summary>Maintenance that comes round again.</summary>
[ObjectType<PmSchedule>, Authorize(Permission.ViewPlanning), Plain(nameof(PmSchedule.Assets), nameof(PmSchedule.Technicians), nameof(PmSchedule.Vendors), nameof(PmSchedule.Parts), nameof(PmSchedule.Checklist))]
[UseSearch(nameof(PmSchedule.Code), nameof(PmSchedule.Title)), OrderBy(nameof(PmSchedule.Title))]
internal static class PmScheduleFields
{
    private const int LongestDays = 3660, MostDates = 1000;

    /// <summary>What its orders are made of.</summary>
    public static WorkOrderTemplate TemplateWorkOrder([Parent] PmSchedule pmSchedule) =>
        new(pmSchedule.Id, pmSchedule.Title, pmSchedule.Description, pmSchedule.Priority);

    /// <summary>Its dates in a span of time: what became of those behind, and those still to come; at most 1,000.</summary>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day, at most ten years later.</param>
    public static async Task<IReadOnlyList<IReadOnlyList<PmDate>>> Occurrences(
        IReadOnlyList<PmSchedule> pmSchedules, DateOnly from, DateOnly to, CmmsDb db, CancellationToken cancel)
    {
        if (to < from || to.DayNumber - from.DayNumber > LongestDays) throw new GraphQLException("'to' must not be before 'from', nor more than ten years after it.", ErrorCodes.BadUserInput);
        var distinct = pmSchedules.DistinctBy(s => s.Id).ToList();
        var ids = distinct.Select(s => s.Id).ToList();
        var series = await db.SeriesOf(distinct, cancel);
        var progress = await db.ProgressOf(distinct, series.Values.First().Zone, cancel);
        var behind = (await db.DatedOccurrences.Include(o => o.WorkOrder)
            .Where(o => ids.Contains(o.PmScheduleId) && o.ScheduledFor >= from && o.ScheduledFor <= to).OrderBy(o => o.ScheduledFor).ThenBy(o => o.Id).ToListAsync(cancel))
            .ToLookup(o => o.PmScheduleId);
        return [.. pmSchedules.Select(Of)];

        IReadOnlyList<PmDate> Of(PmSchedule schedule)
        {
            var own = series[schedule.Id];
            var known = behind[schedule.Id].GroupBy(o => o.ScheduledFor).Select(d => PmDate.Of(schedule, own, d)).ToList();
            var dated = known.Select(d => d.ScheduledFor).ToHashSet();
            var ahead = schedule.ArchivedAt is not null || schedule.Status is PmStatus.Done ? [] : own.Projected(progress[schedule.Id])
                .SkipWhile(o => o.ScheduledFor < from).TakeWhile(o => o.ScheduledFor <= to).Where(o => !dated.Contains(o.ScheduledFor))
                .Take(MostDates).Select(o => PmDate.Projected(o, schedule.TimeToComplete));
            return [.. known.Concat(ahead).OrderBy(d => d.ScheduledFor).Take(MostDates)];
        }
    }

    /// <summary>Whether an order of it is still open.</summary>
    public static Task<Dictionary<long, bool>> HasUncompletedWorkOrder(IReadOnlyList<long> pmScheduleIds, CmmsDb db, CancellationToken cancel) =>
        db.DatedOccurrences.Where(o => pmScheduleIds.Contains(o.PmScheduleId) && o.WorkOrder!.ArchivedAt == null
                && o.WorkOrder.Phase != WorkOrderPhase.Done && o.WorkOrder.Phase != WorkOrderPhase.Cancelled && o.WorkOrderId != null)
            .Select(o => o.PmScheduleId).Distinct().ToDictionaryAsync(id => id, _ => true, cancel);

    /// <summary>The order that was made of it last (seed 003: last_active_work_order).</summary>
    public static async Task<Dictionary<long, WorkOrder>> LastWorkOrder(IReadOnlyList<long> pmScheduleIds, CmmsDb db, CancellationToken cancel)
    {
        var last = await db.DatedOccurrences.Where(o => pmScheduleIds.Contains(o.PmScheduleId) && o.WorkOrderId != null && o.WorkOrder!.ArchivedAt == null)
            .GroupBy(o => o.PmScheduleId).Select(g => new { g.Key, Id = g.Max(o => o.WorkOrderId!.Value) }).ToDictionaryAsync(g => g.Key, g => g.Id, cancel);
        var ids = last.Values.ToList();
        var orders = await db.WorkOrders.Where(o => ids.Contains(o.Id)).ToDictionaryAsync(o => o.Id, cancel);
        return last.Where(l => orders.ContainsKey(l.Value)).ToDictionary(l => l.Key, l => orders[l.Value]);
    }

    /// <summary>How much of its last order is done, in percent: of its checklist, or all once it is completed; null without an order (seed 003: progression).</summary>
    public static async Task<Dictionary<long, int?>> Progress(IReadOnlyList<long> pmScheduleIds, CmmsDb db, CancellationToken cancel)
    {
        var last = await LastWorkOrder(pmScheduleIds, db, cancel);
        var ids = last.Values.Select(o => o.Id).ToList();
        var items = (await db.ChecklistItems.Where(i => ids.Contains(i.WorkOrderId)).Select(i => new { i.WorkOrderId, i.IsChecked }).ToListAsync(cancel)).ToLookup(i => i.WorkOrderId, i => i.IsChecked);
        return last.ToDictionary(l => l.Key, l => (int?)(l.Value.Phase is WorkOrderPhase.Done ? 100
            : items[l.Value.Id].Any() ? items[l.Value.Id].Count(done => done) * 100 / items[l.Value.Id].Count() : 0));
    }
}

/// <summary>What the orders of a schedule are made of.</summary>
/// <param name="Id">The schedule's.</param>
/// <param name="Title">The title of the orders.</param>
/// <param name="Description">The description of the orders.</param>
/// <param name="Priority">The priority of the orders.</param>
internal sealed record WorkOrderTemplate(long Id, string Title, string? Description, WorkOrderPriority Priority);

/// <summary>What the orders of a schedule are made of.</summary>
[ObjectType<WorkOrderTemplate>, Hide(nameof(WorkOrderTemplate.Id))]
internal static class WorkOrderTemplateFields
{
    /// <summary>The asset that the orders are mainly about.</summary>
    public static async Task<Dictionary<long, Asset>> Asset(IReadOnlyList<long> ids, CmmsDb db, CancellationToken cancel) =>
        (await Assets(ids, db, cancel)).ToDictionary(assets => assets.Key, assets => assets.First());

    /// <summary>What is maintained.</summary>
    public static async Task<ILookup<long, Asset>> Assets(IReadOnlyList<long> ids, CmmsDb db, CancellationToken cancel) =>
        (await db.PmSchedules.Where(s => ids.Contains(s.Id)).SelectMany(s => s.Assets, (s, a) => new { s.Id, Item = a }).OrderBy(x => x.Item.Id).ToListAsync(cancel)).ToLookup(x => x.Id, x => x.Item);

    /// <summary>Where.</summary>
    public static Task<Dictionary<long, Location>> Location(IReadOnlyList<long> ids, CmmsDb db, CancellationToken cancel) =>
        db.PmSchedules.Where(s => ids.Contains(s.Id) && s.LocationId != null).Select(s => new { s.Id, s.Location }).ToDictionaryAsync(x => x.Id, x => x.Location!, cancel);

    /// <summary>Who does it.</summary>
    public static async Task<ILookup<long, User>> Technicians(IReadOnlyList<long> ids, CmmsDb db, CancellationToken cancel) =>
        (await db.PmSchedules.Where(s => ids.Contains(s.Id)).SelectMany(s => s.Technicians, (s, u) => new { s.Id, Item = u }).OrderBy(x => x.Item.Id).ToListAsync(cancel)).ToLookup(x => x.Id, x => x.Item);

    /// <summary>Which companies help.</summary>
    public static async Task<ILookup<long, Vendor>> Vendors(IReadOnlyList<long> ids, CmmsDb db, CancellationToken cancel) =>
        (await db.PmSchedules.Where(s => ids.Contains(s.Id)).SelectMany(s => s.Vendors, (s, v) => new { s.Id, Item = v }).OrderBy(x => x.Item.Id).ToListAsync(cancel)).ToLookup(x => x.Id, x => x.Item);

    /// <summary>What the orders need.</summary>
    public static async Task<ILookup<long, PmPart>> Parts(IReadOnlyList<long> ids, CmmsDb db, CancellationToken cancel) =>
        (await db.PmParts.Where(p => ids.Contains(p.PmScheduleId)).OrderBy(p => p.Id).ToListAsync(cancel)).ToLookup(p => p.PmScheduleId);

    /// <summary>What to do and to look at, in its order.</summary>
    public static async Task<ILookup<long, PmChecklistItem>> Checklist(IReadOnlyList<long> ids, CmmsDb db, CancellationToken cancel) =>
        (await db.PmChecklistItems.Where(c => ids.Contains(c.PmScheduleId)).OrderBy(c => c.Order).ToListAsync(cancel)).ToLookup(c => c.PmScheduleId);
}
