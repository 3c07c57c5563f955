using Cmms.Domain.Assets;
using Cmms.Domain.Inventory;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Work;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Planning;

/// <summary>Making orders of schedules, by the policy and by hand alike, and keeping what a schedule waits for.</summary>
public static class PmGeneration
{
    /// <summary>Before any date, and far enough from the first day for every time zone.</summary>
    private static readonly Instant s_beginning = Instant.From(DateTimeOffset.MinValue.AddDays(2));

    extension(CmmsDb db)
    {
        /// <summary>The series of a schedule in the site's zone and calendar, with its moved dates.</summary>
        public async Task<PmSeries> SeriesOf(PmSchedule schedule, CancellationToken cancel)
        {
            var zone = await db.SiteZone(cancel);
            var moved = await db.MovedOccurrences.Where(m => m.PmScheduleId == schedule.Id).ToDictionaryAsync(m => m.ScheduledFor, m => m.Date, cancel);
            return new PmSeries(schedule.Kind, schedule.CatchUp, schedule.Recurrence, zone, await db.WorkCalendar(cancel)) { Moved = moved };
        }

        /// <summary>How far a schedule has come: its last date, and whether and when its order was finished.</summary>
        public async Task<PmProgress> ProgressOf(PmSchedule schedule, SiteZone zone, CancellationToken cancel)
        {
            if (schedule.Kind is not PmKind.Floating) return new PmProgress(schedule.LastScheduledFor);
            var orders = await db.WorkOrders.Where(o => o.PmScheduleId == schedule.Id)
                .Select(o => new { o.Phase, o.FinishedAt }).ToListAsync(cancel);
            return new PmProgress(
                schedule.LastScheduledFor,
                orders.Exists(o => o.Phase != WorkOrderPhase.Done && o.Phase != WorkOrderPhase.Cancelled),
                orders.Max(o => o.FinishedAt) is { } finished ? zone.Today(finished) : null);
        }

        /// <summary>Puts down what a schedule waits for, after anything that bears on it.</summary>
        public async Task Replan(PmSchedule schedule, CancellationToken cancel)
        {
            await db.SaveChangesAsync(cancel);
            if (schedule.ArchivedAt is not null) return;
            var series = await db.SeriesOf(schedule, cancel);
            var progress = await db.ProgressOf(schedule, series.Zone, cancel);
            // At the beginning of time nothing is due: what comes next is the first date that is not dealt with.
            var next = series.Due(progress, s_beginning).Next;
            schedule.Await(next, mayFollow: schedule.Kind is PmKind.Floating && progress.HasUncompleted);
        }

        /// <summary>
        /// The order of a date of a schedule, made now for those of its assets that have none yet; where all have one, the order that is there.
        /// </summary>
        /// <param name="assetIds">Some of the schedule's assets; none: all.</param>
        /// <exception cref="NotFound">One of them is none of the schedule's.</exception>
        /// <exception cref="InvalidValue">The date is none of the schedule's.</exception>
        public async Task<Generated> Generate(PmSchedule schedule, DateOnly date, IReadOnlyList<long>? assetIds, CancellationToken cancel)
        {
            await db.LoadTemplate(schedule, cancel);
            var series = await db.SeriesOf(schedule, cancel);
            var occurrence = series.Place(date, schedule.LastScheduledFor);
            var there = await db.DatedOccurrences.Where(o => o.PmScheduleId == schedule.Id && o.ScheduledFor == date).ToListAsync(cancel);
            List<Asset?> wanted = assetIds is { Count: > 0 }
                ? [.. assetIds.Distinct().Select((id, i) => schedule.Assets.FirstOrDefault(a => a.Id == id) ?? throw new NotFound("Asset", $"assetIds[{i}]"))]
                : schedule.Assets.Count > 0 ? [.. schedule.Assets] : [null];
            var missing = wanted.Where(a => !there.Exists(o => o.AssetKey == (a?.Id ?? 0) && o.Outcome is OccurrenceOutcome.Generated)).ToList();
            if (missing.Count == 0)
            {
                var orderId = there.First(o => wanted.Exists(a => (a?.Id ?? 0) == o.AssetKey)).WorkOrderId;
                return new Generated(await db.WorkOrders.FirstAsync(o => o.Id == orderId, cancel), IsNew: false);
            }

            var order = await db.OrderOf(schedule, occurrence, [.. missing.OfType<Asset>()], series.Zone, cancel);
            db.DatedOccurrences.RemoveRange(there.Where(o => o.Outcome is not OccurrenceOutcome.Generated && missing.Exists(a => (a?.Id ?? 0) == o.AssetKey)));
            await db.SaveChangesAsync(cancel);
            db.DatedOccurrences.AddRange(missing.Select(asset => new DatedOccurrence(schedule, date, asset, OccurrenceOutcome.Generated, order)));
            await db.SaveChangesAsync(cancel);
            return new Generated(order, IsNew: true);
        }

        /// <summary>Puts on record that a date gets no order.</summary>
        public async Task PassOver(PmSchedule schedule, DateOnly date, OccurrenceOutcome outcome, string? reason, CancellationToken cancel)
        {
            await db.Entry(schedule).Collection(s => s.Assets).LoadAsync(cancel);
            var there = await db.DatedOccurrences.Where(o => o.PmScheduleId == schedule.Id && o.ScheduledFor == date).Select(o => o.AssetKey).ToListAsync(cancel);
            List<Asset?> assets = schedule.Assets.Count > 0 ? [.. schedule.Assets] : [null];
            db.DatedOccurrences.AddRange(assets.Where(a => !there.Contains(a?.Id ?? 0)).Select(a => new DatedOccurrence(schedule, date, a, outcome, reason: reason)));
        }

        /// <summary>After an order has reached or left its end: the schedule that it came from may go on, or must wait again.</summary>
        internal async Task FollowSchedule(WorkOrder order, CancellationToken cancel)
        {
            if (order.PmScheduleId is not { } id) return;
            await db.SaveChangesAsync(cancel);
            var schedule = await db.Find<PmSchedule>(id, cancel);
            if (schedule.Kind is PmKind.Floating) await db.Replan(schedule, cancel);
        }

        private async Task<WorkOrder> OrderOf(PmSchedule schedule, PmOccurrence occurrence, IReadOnlyList<Asset> assets, SiteZone zone, CancellationToken cancel)
        {
            WorkOrder order = new(await db.NextWorkOrderCode(cancel), schedule.Title, WorkOrderType.Preventive, await db.DefaultStatus(WorkOrderPhase.Pending, cancel));
            order.Describe(schedule.Title, schedule.Description, schedule.Priority);
            var due = schedule.TimeToComplete is { } time ? occurrence.OrderAt + time : (Instant?)null;
            order.Schedule(occurrence.OrderAt, due, due);
            order.WorkOn(assets, schedule.Location, zone.Today(db.Now));
            order.AssignTechnicians([.. schedule.Technicians.Where(t => t.IsAssignable)]);
            order.AssignVendors(schedule.Vendors);
            order.SetChecklist([.. schedule.Checklist.OrderBy(c => c.Order).Select(c => new ChecklistLine(c.Text))]);
            order.ComeFrom(schedule, occurrence.ScheduledFor);
            db.WorkOrders.Add(order);
            await db.SaveChangesAsync(cancel);
            // What is short never holds maintenance up: the line says what is missing, and the part counts it as demand.
            foreach (var line in schedule.Parts.OrderBy(p => p.PartId))
                await db.PlanPart(order, await db.Find<Part>(line.PartId, cancel), null, line.Quantity, allowShortage: true, cancel);
            return order;
        }

        private async Task LoadTemplate(PmSchedule schedule, CancellationToken cancel)
        {
            await db.Entry(schedule).Reference(s => s.Location).LoadAsync(cancel);
            await db.Entry(schedule).Collection(s => s.Assets).LoadAsync(cancel);
            await db.Entry(schedule).Collection(s => s.Technicians).LoadAsync(cancel);
            await db.Entry(schedule).Collection(s => s.Vendors).LoadAsync(cancel);
            await db.Entry(schedule).Collection(s => s.Parts).LoadAsync(cancel);
            await db.Entry(schedule).Collection(s => s.Checklist).LoadAsync(cancel);
        }
    }
}

/// <summary>The order of an occurrence.</summary>
/// <param name="IsNew">Whether it was made just now.</param>
public sealed record Generated(WorkOrder WorkOrder, bool IsNew);
