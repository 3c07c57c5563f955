using Cmms.Domain;
using Cmms.Domain.Assets;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Work;
using Cmms.Graph.Access;
using Engines.GraphQL.Binding;

namespace Cmms.Graph.Assets;

[MutationType]
internal static class StatusMutations
{
    /// <summary>Changes an asset's operational status and keeps the change on record for ever, with who, when and why (seed 001).</summary>
    /// <param name="status">Another than it has.</param>
    /// <param name="reason">At least ten characters, blanks at the ends not counted.</param>
    /// <param name="version">The version of the asset that was read: the change is refused if the asset has changed since, so that of several people one decides.</param>
    /// <param name="downtimeKind">What the downtime is that it begins. Otherwise: unplanned for CORRECTIVE and EMERGENCY maintenance and for OUT_OF_SERVICE, planned for the rest.</param>
    [Authorize(Permission.ManageMachines), Error<NotFound, StatusUnchanged, ReasonRequired, ReasonTooShort, Conflict>]
    public static async Task<AssetStatusChange> ChangeAssetStatus(
        [ID<Asset>] long id, int? version, AssetStatus status, Reason reason, MaintenanceKind? maintenanceKind, DowntimeKind? downtimeKind, string? failureDescription, string? workPerformed,
        Instant? expectedReturnAt, [ID<WorkOrder>] long? workOrderId, CmmsDb db, Actor actor, Instant now, CancellationToken cancel)
    {
        var asset = await db.FindVersion<Asset>(id, version, cancel);
        await db.FindOptional<WorkOrder>(workOrderId, cancel);
        StatusChangeDetails details = new(maintenanceKind, failureDescription, workPerformed, expectedReturnAt, workOrderId);
        var change = await db.ChangeStatus(asset, status, reason, actor, now, details, downtimeKind, cancel);
        await db.SaveChangesAsync(cancel);
        return new AssetStatusChange(asset, change);
    }
}

/// <summary>What a change of status changed.</summary>
/// <param name="Asset">The asset, with its status from now on.</param>
/// <param name="StatusChange">The entry of its history.</param>
[Payload]
internal sealed record AssetStatusChange(Asset Asset, StatusChange StatusChange);
