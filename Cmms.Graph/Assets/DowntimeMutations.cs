using Cmms.Domain;
using Cmms.Domain.Assets;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Work;
using Cmms.Graph.Access;
using Engines.GraphQL.Binding;

namespace Cmms.Graph.Assets;

[MutationType, Authorize(Permission.ManageMachines)]
internal static class DowntimeMutations
{
    /// <summary>Puts a downtime on record by hand, also a past one. When it was never changes afterwards, and it is never removed.</summary>
    /// <param name="startedAt">When it began, not in the future; none: now.</param>
    /// <param name="endedAt">When it was over; none: it still goes on.</param>
    /// <param name="cause">What it came from, in a word or two: mechanical, electrical, no material.</param>
    /// <param name="costPerHour">What an hour of it costs; none: what the asset says.</param>
    /// <param name="workOrderId">The order that it goes with.</param>
    [Error<NotFound, EndBeforeStart, OverlappingDowntime>]
    public static async Task<Downtime> RecordDowntime(
        [ID<Asset>] long assetId, DowntimeKind kind, Instant? startedAt, Instant? endedAt, string? cause, string? description, Money? costPerHour,
        [ID<WorkOrder>] long? workOrderId, CmmsDb db, Instant now, CancellationToken cancel)
    {
        var asset = await db.Find<Asset>(assetId, cancel);
        var downtime = await db.RecordDowntime(asset, kind, startedAt ?? now, endedAt, await db.FindOptional<WorkOrder>(workOrderId, cancel), cancel);
        downtime.Describe(kind, cause, description, costPerHour ?? downtime.CostPerHour);
        await db.SaveChangesAsync(cancel);
        return downtime;
    }

    /// <summary>Changes what is said about a downtime; when it was and of what is history and stays.</summary>
    /// <param name="version">The version that was read: the change is refused if the downtime has changed since.</param>
    /// <param name="kind">Whether it was foreseen.</param>
    /// <param name="cause">What it came from, in a word or two.</param>
    /// <param name="costPerHour">What an hour of it costs.</param>
    /// <param name="workOrderId">The order that it goes with; that of a downtime that an order began stays.</param>
    [Error<NotFound, Conflict>]
    public static async Task<Downtime> UpdateDowntime(
        [ID<Downtime>] long id, int? version, Optional<DowntimeKind> kind, Optional<string?> cause, Optional<string?> description, Optional<Money?> costPerHour,
        [ID<WorkOrder>] Optional<long?> workOrderId, CmmsDb db, CancellationToken cancel)
    {
        var downtime = await db.FindVersion<Downtime>(id, version, cancel);
        downtime.Describe(kind.Or(downtime.Kind), cause.Or(downtime.Cause), description.Or(downtime.Description), costPerHour.Or(downtime.CostPerHour));
        if (workOrderId.IsSet)
        {
            if (downtime.Origin is DowntimeOrigin.WorkOrder) throw new InvalidValue(nameof(workOrderId), "is that of the order that began it, and stays");
            downtime.GoWith(await db.FindOptional<WorkOrder>(workOrderId.Value, cancel));
        }
        await db.SaveChangesAsync(cancel);
        return downtime;
    }

    /// <summary>Ends a downtime that goes on. One that a change of status began ends by changeAssetStatus.</summary>
    /// <param name="endedAt">When it was over, not in the future; none: now.</param>
    [Error<NotFound, InvalidTransition, EndBeforeStart>]
    public static async Task<Downtime> CloseDowntime([ID<Downtime>] long id, Instant? endedAt, CmmsDb db, Instant now, CancellationToken cancel)
    {
        var downtime = await db.Find<Downtime>(id, cancel);
        await db.CloseDowntime(downtime, endedAt ?? now, cancel);
        await db.SaveChangesAsync(cancel);
        return downtime;
    }
}
