using Cmms.Domain.Persistence;
using Cmms.Domain.Work;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Assets;

/// <summary>When downtimes begin and end. Whoever adds to an asset's holds the asset, until the transaction ends; what still slips through, the database refuses.</summary>
public static class Downtimes
{
    extension(CmmsDb db)
    {
        /// <summary>
        /// Changes an asset's operational status, for ever on record with who, when and why (seed 001). Leaving OPERATIONAL begins a downtime, returning to it ends
        /// whatever goes on, and from one kind of standing still to the other one ends and one begins at the same instant.
        /// </summary>
        /// <param name="kind">What the downtime that it begins is; none: by the kind of maintenance, and without that by the status.</param>
        /// <exception cref="StatusUnchanged"/>
        public async Task<StatusChange> ChangeStatus(
            Asset asset, AssetStatus to, Reason reason, Actor by, Instant now, StatusChangeDetails? details, DowntimeKind? kind, CancellationToken cancel)
        {
            var change = asset.ChangeStatus(to, reason, by, now, details);
            var id = asset.Id;
            var last = await db.Downtimes.Where(d => d.AssetId == id).OrderByDescending(d => d.StartedAt).ThenByDescending(d => d.Id).FirstOrDefaultAsync(cancel);
            // Clocks are set back now and then: what is on record comes first.
            var at = last is null ? now : Instant.Max(now, last.EndedAt ?? last.StartedAt);
            if (last is { IsOpen: true }) last.End(at);
            if (to is AssetStatus.Operational) return change;
            // Two open ones at a time cannot be, not even within a transaction.
            if (last is not null) await db.SaveChangesAsync(cancel);
            Downtime downtime = new(asset, kind ?? KindOf(to, details?.MaintenanceKind), DowntimeOrigin.Status, at);
            downtime.ComeFrom(change);
            db.Downtimes.Add(downtime);
            return change;
        }

        /// <summary>Puts a downtime on record by hand, also a past one.</summary>
        /// <param name="endedAt">None: it still goes on.</param>
        /// <exception cref="InvalidValue">It lies in the future.</exception>
        /// <exception cref="EndBeforeStart"/>
        /// <exception cref="OverlappingDowntime"/>
        public async Task<Downtime> RecordDowntime(Asset asset, DowntimeKind kind, Instant startedAt, Instant? endedAt, WorkOrder? order, CancellationToken cancel)
        {
            if (Check.Moment(startedAt) > db.Now) throw new InvalidValue(nameof(startedAt), "must not be in the future");
            if (Check.Moment(endedAt) > db.Now) throw new InvalidValue(nameof(endedAt), "must not be in the future; leave it out while it goes on");
            EndBeforeStart.Check(startedAt, endedAt);
            if (startedAt == endedAt) throw new InvalidValue(nameof(endedAt), "must be after the start");
            var id = asset.Id;
            var other = await db.Downtimes.Where(d => d.AssetId == id && (endedAt == null || d.StartedAt < endedAt) && (d.EndedAt == null || d.EndedAt > startedAt))
                .OrderBy(d => d.StartedAt).FirstOrDefaultAsync(cancel);
            if (other is not null) throw new OverlappingDowntime(asset.Name, other.StartedAt, other.EndedAt);
            Downtime downtime = new(asset, kind, DowntimeOrigin.Manual, startedAt, endedAt);
            downtime.GoWith(order);
            db.Downtimes.Add(downtime);
            return downtime;
        }

        /// <summary>Ends one that goes on. One that a status began ends with that status.</summary>
        /// <exception cref="InvalidTransition"/>
        /// <exception cref="EndBeforeStart"/>
        public async Task CloseDowntime(Downtime downtime, Instant endedAt, CancellationToken cancel)
        {
            if (Check.Moment(endedAt) > db.Now) throw new InvalidValue(nameof(endedAt), "must not be in the future");
            var asset = await db.Find<Asset>(downtime.AssetId, cancel);
            if (downtime is { IsOpen: true, Origin: DowntimeOrigin.Status } && !asset.IsOperational)
                throw new InvalidTransition($"The downtime of {asset.Name}", asset.Status.ToString(), "ended before the status is changed");
            downtime.End(endedAt);
        }

        /// <summary>An order that stops its assets begins a downtime of each that does not stand still already.</summary>
        public async Task StopAssets(WorkOrder order, CancellationToken cancel)
        {
            await db.Entry(order).Collection(o => o.Assets).LoadAsync(cancel);
            var kind = order.Type is WorkOrderType.Corrective ? DowntimeKind.Unplanned : DowntimeKind.Planned;
            foreach (var id in order.Assets.Select(a => a.Id).Order().ToList())
            {
                var asset = await db.Find<Asset>(id, cancel);
                var last = await db.Downtimes.Where(d => d.AssetId == id).OrderByDescending(d => d.StartedAt).ThenByDescending(d => d.Id).FirstOrDefaultAsync(cancel);
                if (last is { IsOpen: true }) continue;
                Downtime downtime = new(asset, kind, DowntimeOrigin.WorkOrder, last?.EndedAt is { } ended ? Instant.Max(db.Now, ended) : db.Now);
                downtime.GoWith(order);
                db.Downtimes.Add(downtime);
            }
        }

        /// <summary>What an order began it ends, and nothing else.</summary>
        internal async Task ReleaseAssets(WorkOrder order, CancellationToken cancel)
        {
            var id = order.Id;
            var begun = await db.Locked(db.Downtimes.Where(d => d.WorkOrderId == id && d.Origin == DowntimeOrigin.WorkOrder && d.EndedAt == null).OrderBy(d => d.Id)).ToListAsync(cancel);
            foreach (var downtime in begun) downtime.End(Instant.Max(db.Now, downtime.StartedAt));
        }
    }

    private static DowntimeKind KindOf(AssetStatus status, MaintenanceKind? maintenance) => maintenance switch
    {
        MaintenanceKind.Corrective or MaintenanceKind.Emergency => DowntimeKind.Unplanned,
        null => status is AssetStatus.OutOfService ? DowntimeKind.Unplanned : DowntimeKind.Planned,
        _ => DowntimeKind.Planned,
    };
}
