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
    [Authorize(Permission.ManageMachines), Error<NotFound, StatusUnchanged, ReasonRequired, ReasonTooShort>]
    public static async Task<AssetStatusChange> ChangeAssetStatus(
        [ID<Asset>] long id, AssetStatus status, Reason reason, MaintenanceKind? maintenanceKind, string? failureDescription, string? workPerformed,
        Instant? expectedReturnAt, [ID<WorkOrder>] long? workOrderId, CmmsDb db, Actor actor, Instant now, CancellationToken cancel)
    {
        var asset = await db.Find<Asset>(id, cancel);
        await db.FindOptional<WorkOrder>(workOrderId, cancel);
        var change = asset.ChangeStatus(
            status, reason, actor, now, new StatusChangeDetails(maintenanceKind, failureDescription, workPerformed, expectedReturnAt, workOrderId));
        await db.SaveChangesAsync(cancel);
        return new AssetStatusChange(asset, change);
    }
}

/// <summary>What a change of status changed.</summary>
/// <param name="Asset">The asset, with its status from now on.</param>
/// <param name="StatusChange">The entry of its history.</param>
[Payload]
internal sealed record AssetStatusChange(Asset Asset, StatusChange StatusChange);
