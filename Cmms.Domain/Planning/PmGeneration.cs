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
    extension(CmmsDb db)
    {
        /// <summary>The series of a schedule in the site's zone and calendar, with its moved and skipped dates.</summary>
        public async Task<PmSeries> SeriesOf(PmSchedule schedule, CancellationToken cancel) => (await db.SeriesOf([schedule], cancel))[schedule.Id];

        /// <summary>The series of many schedules, by their ids.</summary>
        public async Task<IReadOnlyDictionary<long, PmSeries>> SeriesOf(IReadOnlyCollection<PmSchedule> schedules, CancellationToken cancel)
        {
            var ids = schedules.Select(s => s.Id).ToList();
            var (zone, calendar) = (await db.SiteZone(cancel), await db.WorkCalendar(cancel));
            var moved = (await db.MovedOccurrences.Where(m => ids.Contains(m.PmScheduleId)).Select(m => new { m.PmScheduleId, m.ScheduledFor, m.Date }).ToListAsync(cancel))
                .ToLookup(m => m.PmScheduleId);
            var skipped = (await db.DatedOccurrences.Where(o => ids.Contains(o.PmScheduleId) && o.Outcome == OccurrenceOutcome.Skipped && o.WorkOrderId == null)
                .Where(o => o.PmSchedule.LastScheduledFor == null || o.ScheduledFor > o.PmSchedule.LastScheduledFor)
                .Select(o => new { o.PmScheduleId, o.ScheduledFor }).ToListAsync(cancel)).ToLookup(o => o.PmScheduleId, o => o.ScheduledFor);
            return schedules.ToDictionary(s => s.Id, s => new PmSeries(s.Kind, s.CatchUp, s.Recurrence, zone, calendar)
            {
                Moved = moved[s.Id].ToDictionary(m => m.ScheduledFor, m => m.Date), Skipped = skipped[s.Id].ToHashSet(),
            });
        }

        /// <summary>How far a schedule has come: its last date, and whether and when its order was finished.</summary>
        public async Task<PmProgress> ProgressOf(PmSchedule schedule, SiteZone zone, CancellationToken cancel) => (await db.ProgressOf([schedule], zone, cancel))[schedule.Id];

        /// <summary>How far many schedules have come, by their ids.</summary>
        public async Task<IReadOnlyDictionary<long, PmProgress>> ProgressOf(IReadOnlyCollection<PmSchedule> schedules, SiteZone zone, CancellationToken cancel)
        {
            var ids = schedules.Where(s => s.Kind is PmKind.Floating).Select(s => s.Id).ToList();
            // By the occurrences: they know in which order the work goes on after a split or a merge.
            var orders = ids.Count == 0 ? null : (await db.DatedOccurrences.Where(o => ids.Contains(o.PmScheduleId) && o.WorkOrderId != null)
                .Select(o => new { o.PmScheduleId, o.WorkOrder!.Phase, o.WorkOrder.FinishedAt, o.WorkOrder.ArchivedAt }).ToListAsync(cancel)).ToLookup(o => o.PmScheduleId);
            return schedules.ToDictionary(s => s.Id, s => orders is null ? new PmProgress(s.LastScheduledFor) : new PmProgress(
                s.LastScheduledFor,
                orders[s.Id].Any(o => !o.Phase.IsFinal && o.ArchivedAt is null),
                orders[s.Id].Max(o => o.FinishedAt) is { } finished ? zone.Today(finished) : null));
        }

        /// <summary>Puts down what a schedule waits for, after anything that bears on it.</summary>
        public async Task Replan(PmSchedule schedule, CancellationToken cancel)
        {
            await db.SaveChangesAsync(cancel);
            if (schedule.ArchivedAt is not null) return;
            var series = await db.SeriesOf(schedule, cancel);
            var progress = await db.ProgressOf(schedule, series.Zone, cancel);
            schedule.Await(series.Next(progress), mayFollow: schedule.Kind is PmKind.Floating && progress.HasUncompleted);
        }

        /// <summary>
        /// The order of a date of a schedule, made now for those of its assets that have none yet; where all have one, the order that is there.
        /// </summary>
        /// <param name="assetIds">Some of the schedule's assets; none: all.</param>
        /// <exception cref="NotFound">One of them is none of the schedule's.</exception>
        /// <exception cref="InvalidValue">The date is none of the schedule's, or a floating one waits for an order of another date.</exception>
        /// <exception cref="InvalidTransition">The schedule is deleted.</exception>
        public async Task<Generated> Generate(PmSchedule schedule, DateOnly date, IReadOnlyList<long>? assetIds, CancellationToken cancel)
        {
            schedule.RequireKept();
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
                var orderId = there.First(o => o.Outcome is OccurrenceOutcome.Generated && wanted.Exists(a => (a?.Id ?? 0) == o.AssetKey)).WorkOrderId;
                return new Generated(await db.WorkOrders.FirstAsync(o => o.Id == orderId, cancel), IsNew: false);
            }

            if (schedule.Kind is PmKind.Floating && !there.Exists(o => o.Outcome is OccurrenceOutcome.Generated) && (await db.ProgressOf(schedule, series.Zone, cancel)).HasUncompleted)
                throw new InvalidValue(nameof(date), "cannot be generated while the order before is open");
            var order = await db.OrderOf(schedule, occurrence, [.. missing.OfType<Asset>()], series.Zone, cancel);
            db.DatedOccurrences.RemoveRange(there.Where(o => o.Outcome is not OccurrenceOutcome.Generated && missing.Exists(a => (a?.Id ?? 0) == o.AssetKey)));
            await db.SaveChangesAsync(cancel);
            db.DatedOccurrences.AddRange(missing.Select(asset => new DatedOccurrence(schedule, date, asset, OccurrenceOutcome.Generated, order)));
            // Only the persistent ones come back to their series, whatever was made ahead of it.
            if (schedule.Kind is not PmKind.Persistent) schedule.Advance(date);
            await db.SaveChangesAsync(cancel);
            return new Generated(order, IsNew: true);
        }

        /// <summary>Skips a date that has no order yet: nothing is made for it, and what follows it comes as it would have.</summary>
        /// <exception cref="InvalidValue">The date is none of the schedule's that are still to come.</exception>
        /// <exception cref="InvalidTransition">The schedule is deleted.</exception>
        public async Task Skip(PmSchedule schedule, DateOnly scheduledFor, string? reason, CancellationToken cancel)
        {
            await db.Ahead(schedule, scheduledFor, cancel);
            await db.PassOver(schedule, scheduledFor, OccurrenceOutcome.Skipped, reason, cancel);
            schedule.OccurrenceSkipped(Check.OptionalText(reason));
            if (schedule.NextScheduledFor == scheduledFor) schedule.Advance(scheduledFor);
            await db.Replan(schedule, cancel);
        }

        /// <summary>
        /// Executes a date on another day, from today on. The series stays as it is, and the order of its dates too: a date cannot be moved past
        /// the one before or the one after it.
        /// </summary>
        /// <exception cref="InvalidValue"/>
        /// <exception cref="InvalidTransition">The schedule is deleted.</exception>
        public async Task Reschedule(PmSchedule schedule, DateOnly scheduledFor, DateOnly date, string? reason, CancellationToken cancel)
        {
            var series = await db.Ahead(schedule, scheduledFor, cancel);
            if (date < series.Zone.Today(db.Now)) throw new InvalidValue(nameof(date), "must not be in the past");
            var (after, before) = series.Around(scheduledFor, schedule.LastScheduledFor);
            if (date < after || date > before) throw new InvalidValue(nameof(date), $"must not pass the dates before and after it ({after:yyyy-MM-dd} to {before:yyyy-MM-dd})");
            var moved = await db.MovedOccurrences.SingleOrDefaultAsync(m => m.PmScheduleId == schedule.Id && m.ScheduledFor == scheduledFor, cancel);
            if (moved is null) db.MovedOccurrences.Add(new MovedOccurrence(schedule, scheduledFor, date, reason));
            else moved.To(date, reason);
            schedule.OccurrenceMoved(Check.OptionalText(reason));
            await db.Replan(schedule, cancel);
        }

        /// <summary>Puts on record that a date gets no order.</summary>
        public async Task PassOver(PmSchedule schedule, DateOnly date, OccurrenceOutcome outcome, string? reason, CancellationToken cancel)
        {
            await db.Entry(schedule).Collection(s => s.Assets).LoadAsync(cancel);
            var there = await db.DatedOccurrences.Where(o => o.PmScheduleId == schedule.Id && o.ScheduledFor == date).Select(o => o.AssetKey).ToListAsync(cancel);
            List<Asset?> assets = schedule.Assets.Count > 0 ? [.. schedule.Assets] : [null];
            db.DatedOccurrences.AddRange(assets.Where(a => !there.Contains(a?.Id ?? 0)).Select(a => new DatedOccurrence(schedule, date, a, outcome, reason: reason)));
        }

        /// <summary>
        /// After an order has reached or left its end: its dates count as skipped or generated, and the floating schedules behind it, held until
        /// the end of the transaction, may go on or must wait again.
        /// </summary>
        internal async Task<IReadOnlyList<PmSchedule>> SchedulesBehind(WorkOrder order, WorkOrderTransition transition, CancellationToken cancel)
        {
            await db.SaveChangesAsync(cancel);
            var occurrences = await db.DatedOccurrences.Where(o => o.WorkOrderId == order.Id).ToListAsync(cancel);
            var schedules = await db.FindAll<PmSchedule>([.. occurrences.Select(o => o.PmScheduleId).Distinct()], cancel);
            foreach (var occurrence in occurrences) occurrence.Follow(transition);
            return [.. schedules.Where(s => s.Kind is PmKind.Floating).OrderBy(s => s.Id)];
        }

        /// <summary>The series, if this is a date of it that is not dealt with.</summary>
        private async Task<PmSeries> Ahead(PmSchedule schedule, DateOnly scheduledFor, CancellationToken cancel)
        {
            schedule.RequireKept();
            var series = await db.SeriesOf(schedule, cancel);
            var isAhead = schedule.Kind is PmKind.Persistent
                ? !(scheduledFor <= schedule.LastScheduledFor) && series.Recurrence.DatesFrom(scheduledFor).FirstOrDefault() == scheduledFor
                : scheduledFor == schedule.NextScheduledFor;
            if (!isAhead) throw new InvalidValue(nameof(scheduledFor), "is no date of the schedule that is still to come");
            if (await db.DatedOccurrences.AnyAsync(o => o.PmScheduleId == schedule.Id && o.ScheduledFor == scheduledFor && o.Outcome == OccurrenceOutcome.Generated, cancel))
                throw new InvalidValue(nameof(scheduledFor), "has its order already");
            return series;
        }

        private async Task<WorkOrder> OrderOf(PmSchedule schedule, PmOccurrence occurrence, IReadOnlyList<Asset> assets, SiteZone zone, CancellationToken cancel)
        {
            WorkOrder order = new(await db.NextWorkOrderCode(cancel), schedule.Title, WorkOrderType.Preventive, await db.DefaultStatus(WorkOrderPhase.Pending, cancel));
            order.Describe(schedule.Title, schedule.Description, schedule.Priority);
            order.StopsAssets = schedule.StopsAssets;
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
