using Cmms.Domain.Assets;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Planning;
using Cmms.Domain.Work;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Production;

/// <summary>What a machine can make in a week: what it can make in an hour, times the hours in which it is there to do so (seed 001).</summary>
/// <param name="Asset">The machine.</param>
/// <param name="Scheduled">The time in which the site works.</param>
/// <param name="Down">Of it, the time in which the machine stood still, or stands still until it is expected back; without such a date, until the end of the week.</param>
/// <param name="Planned">Of the rest, the time for which open work orders that stop the machine are planned.</param>
/// <param name="Produced">What it made in the week, good pieces only, in the unit of its capacity.</param>
public sealed record MachineCapacity(Asset Asset, TimeSpan Scheduled, TimeSpan Down, TimeSpan Planned, Quantity Produced)
{
    public TimeSpan Available => Scheduled - Down - Planned;

    /// <summary>Rounded half to even to three places.</summary>
    public decimal Capacity => decimal.Round(Asset.TheoreticalCapacity!.Value.Value * Available.Ticks / TimeSpan.TicksPerHour, 3, MidpointRounding.ToEven);

    /// <summary>What it made, as a part of what it could; null where it could make nothing.</summary>
    public decimal? Efficiency => Capacity == 0 ? null : decimal.Round(Produced.Value / Capacity, Reliability.Places, MidpointRounding.ToEven);
}

/// <summary>The machines of a site, or of a process, in a week from Monday to Sunday by the site's clock.</summary>
/// <param name="Monday">Its first day.</param>
/// <param name="Machines">Those that were not put away and whose capacity is known, by name.</param>
public sealed record WeeklyCapacity(DateOnly Monday, IReadOnlyList<MachineCapacity> Machines);

public static class WeeklyCapacities
{
    extension(CmmsDb db)
    {
        /// <param name="day">Any day of the week.</param>
        /// <param name="process">Only its machines; none: all of the site.</param>
        public async Task<WeeklyCapacity> WeeklyCapacity(DateOnly day, long? process, Instant now, CancellationToken cancel)
        {
            Check.Day(day, "weekOf");
            var monday = day.AddDays(1 - WorkCalendar.IsoWeekday(day));
            var zone = await db.SiteZone(cancel);
            Span week = new(zone.At(monday, TimeOnly.MinValue), zone.At(monday.AddDays(7), TimeOnly.MinValue));
            var works = await db.WorkingTime(monday, zone, cancel);
            var assets = await db.Assets.Where(a => !a.IsArchived && a.TheoreticalCapacity != null && (process == null || a.ProcessId == process)).OrderBy(a => EF.Property<string>(a, "NameFolded")).ThenBy(a => a.Id)
                .ToListAsync(cancel);
            var ids = assets.Select(a => a.Id).ToList();
            var down = await db.KnownDowntime(ids, week, now, cancel);
            var planned = await db.PlannedStops(ids, week, now, cancel);
            var produced = (await db.ProductionRecords.Where(r => ids.Contains(r.AssetId) && r.EndedAt >= week.From && r.EndedAt < week.To)
                .Select(r => new { r.AssetId, r.Unit, r.Quantity }).ToListAsync(cancel)).ToLookup(r => r.AssetId);
            return new WeeklyCapacity(monday, [.. assets.Select(Of)]);

            MachineCapacity Of(Asset asset)
            {
                var stands = Spans.Of(down[asset.Id]).Within(works);
                var stops = Spans.Of(planned[asset.Id]).Within(works);
                var unit = asset.CapacityUnit?.Split('/')[0].Trim();
                var made = produced[asset.Id].Where(r => r.Unit == unit).Aggregate(Quantity.Zero, (sum, r) => sum + r.Quantity);
                return new MachineCapacity(asset, works.Length, stands.Length, stands.And(stops).Length - stands.Length, made);
            }
        }

        /// <summary>When the site works in a week: in its shifts; without any, in its working hours; without those, always. Never on a non-working day.</summary>
        private async Task<Spans> WorkingTime(DateOnly monday, SiteZone zone, CancellationToken cancel)
        {
            var calendar = await db.WorkCalendar(cancel);
            var shifts = await db.Shifts.Where(s => !s.IsArchived).ToListAsync(cancel);
            var hours = shifts.Count > 0 ? [] : await db.WorkingHours.ToListAsync(cancel);
            // The shift of Sunday before may reach into the week.
            var days = Enumerable.Range(-1, 8).Select(monday.AddDays).ToList();
            var spans = shifts.Count > 0 ? days.SelectMany(day => shifts.Where(s => s.RunsOn(day, calendar)).Select(s => s.On(day, zone)))
                : days.Where(calendar.IsWorking).SelectMany(day => hours.Count == 0 ? [Span.Of(day, TimeOnly.MinValue, TimeOnly.MinValue, zone)]
                    : hours.Where(h => h.Weekday == WorkCalendar.IsoWeekday(day)).Select(h => Span.Of(day, h.From, h.To, zone)));
            return Spans.Of(spans).Within(Spans.Of([new Span(zone.At(monday, TimeOnly.MinValue), zone.At(monday.AddDays(7), TimeOnly.MinValue))]));
        }

        private async Task<ILookup<long, Span>> KnownDowntime(IReadOnlyCollection<long> assetIds, Span week, Instant now, CancellationToken cancel)
        {
            var (from, to) = (week.From, week.To);
            var downtimes = await db.Downtimes.Where(d => assetIds.Contains(d.AssetId) && d.StartedAt < to && (d.EndedAt == null || d.EndedAt > from))
                .Select(d => new { d.AssetId, d.StartedAt, d.EndedAt, ExpectedReturnAt = d.StatusChange == null ? null : d.StatusChange.ExpectedReturnAt }).ToListAsync(cancel);
            return downtimes.ToLookup(d => d.AssetId, d => new Span(d.StartedAt, d.EndedAt ?? (d.ExpectedReturnAt > now ? d.ExpectedReturnAt.Value : to)));
        }

        private async Task<ILookup<long, Span>> PlannedStops(IReadOnlyCollection<long> assetIds, Span week, Instant now, CancellationToken cancel)
        {
            var (from, to) = (Instant.Max(now, week.From), week.To);
            var stops = await db.WorkOrders.Where(o => o.StopsAssets && o.ArchivedAt == null && o.ScheduledStartAt < to && o.ScheduledEndAt > from
                    && (o.Phase == WorkOrderPhase.Pending || o.Phase == WorkOrderPhase.InProgress || o.Phase == WorkOrderPhase.OnHold))
                .SelectMany(o => o.Assets, (o, a) => new { a.Id, o.ScheduledStartAt, o.ScheduledEndAt }).Where(s => assetIds.Contains(s.Id)).ToListAsync(cancel);
            return stops.ToLookup(s => s.Id, s => new Span(Instant.Max(now, s.ScheduledStartAt!.Value), s.ScheduledEndAt!.Value));
        }
    }
}
