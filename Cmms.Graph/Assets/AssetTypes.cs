using Cmms.Domain;
using Cmms.Domain.Assets;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Work;
using Cmms.Graph.Access;
using Cmms.Graph.Events;
using Cmms.Graph.Files;
using Engines.GraphQL.Binding;
using Engines.GraphQL.Data;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Graph.Assets;

/// <summary>A machine, vehicle or installation that is maintained.</summary>
[ObjectType<Asset>, Authorize(Permission.ViewMachines), Plain(nameof(Asset.AssetTypes), nameof(Asset.Technicians), nameof(Asset.Vendors))]
[OrderBy(nameof(Asset.Name))]
[UseSearch(nameof(Asset.Name), nameof(Asset.Code), nameof(Asset.Path), nameof(Asset.Description), nameof(Asset.Model), nameof(Asset.Manufacturer), nameof(Asset.SerialNumber))]
internal static class AssetFields
{
    /// <summary>Where the picture of its label is, below this server's address: a PNG for anybody who prints it; null without a label.</summary>
    public static string? QrCodeImageUrl([Parent] Asset asset) => QrCode.UrlOf(asset.QrCode);

    /// <summary>Whether any asset that was not put away is part of it.</summary>
    public static Task<Dictionary<long, bool>> HasChildren(IReadOnlyList<long> assetIds, CmmsDb db, CancellationToken cancel) =>
        db.Assets.Where(a => !a.IsArchived && a.ParentId != null && assetIds.Contains(a.ParentId.Value))
            .Select(a => a.ParentId!.Value).Distinct().ToDictionaryAsync(id => id, _ => true, cancel);

    /// <summary>The downtime that goes on now; null while it does its work.</summary>
    public static Task<Dictionary<long, Downtime>> OpenDowntime(IReadOnlyList<long> assetIds, CmmsDb db, CancellationToken cancel) =>
        db.Downtimes.Where(d => d.EndedAt == null && assetIds.Contains(d.AssetId)).ToDictionaryAsync(d => d.AssetId, cancel);

    /// <summary>When it should be operational again, as was said when its status was last changed; null while it is operational, and where nobody said.</summary>
    public static async Task<Dictionary<long, Instant?>> ExpectedReturnAt(IReadOnlyList<long> assetIds, CmmsDb db, CancellationToken cancel)
    {
        var open = await db.Downtimes.Where(d => d.EndedAt == null && d.StatusChange != null && assetIds.Contains(d.AssetId)).Select(d => new { d.AssetId, d.StatusChange!.ExpectedReturnAt }).ToListAsync(cancel);
        return open.ToDictionary(d => d.AssetId, d => d.ExpectedReturnAt);
    }

    /// <summary>What stands in its way although it is not broken itself: the assets above it that are not operational, the nearest first, then those below it, level by level.</summary>
    public static Task<Dictionary<long, IReadOnlyList<Asset>>> ImpactedBy(IReadOnlyList<long> assetIds, CmmsDb db, CancellationToken cancel) =>
        db.ImpactedBy(assetIds, cancel);
}

/// <summary>A place: a plant, a building, a room.</summary>
[ObjectType<Location>, Authorize(Permission.ViewMachines), OrderBy(nameof(Location.Name))]
[UseSearch(nameof(Location.Name), nameof(Location.Code), nameof(Location.Path), nameof(Location.Description), nameof(Location.Address))]
internal static class LocationFields
{
    /// <summary>Where the picture of its label is, below this server's address: a PNG for anybody who prints it; null without a label.</summary>
    public static string? QrCodeImageUrl([Parent] Location location) => QrCode.UrlOf(location.QrCode);

    /// <summary>Whether any place that was not put away lies in it.</summary>
    public static Task<Dictionary<long, bool>> HasChildren(IReadOnlyList<long> locationIds, CmmsDb db, CancellationToken cancel) =>
        db.Locations.Where(l => !l.IsArchived && l.ParentId != null && locationIds.Contains(l.ParentId.Value))
            .Select(l => l.ParentId!.Value).Distinct().ToDictionaryAsync(id => id, _ => true, cancel);
}

/// <summary>What assets are sorted into.</summary>
[ObjectType<AssetType>, Authorize(Permission.ViewMachines), OrderBy(nameof(AssetType.Name)), UseSearch(nameof(AssetType.Name))]
internal static class AssetTypeFields;

/// <summary>A span of time in which an asset did not do its work.</summary>
[ObjectType<Downtime>, Authorize(Permission.ViewMachines), OrderBy(nameof(Downtime.StartedAt), Descending = true)]
[UseSearch(nameof(Downtime.Cause), nameof(Downtime.Description), "Asset.Name", "Asset.Code")]
internal static class DowntimeFields
{
    /// <summary>How long it took, or has taken so far.</summary>
    public static TimeSpan Duration([Parent] Downtime downtime, Instant now) => downtime.Length(now);

    /// <summary>What it has cost so far, in the site's currency: hours times the cost of one, rounded half to even to two places; null where no cost is known.</summary>
    public static Money? Cost([Parent] Downtime downtime, Instant now) => downtime.Cost(now) is { } cost ? Money.Round(decimal.Round(cost.Value, 2, MidpointRounding.ToEven)) : null;
}

/// <summary>A change of an asset's operational status, kept for ever.</summary>
[ObjectType<StatusChange>, Authorize(Permission.ViewMachines), Hide(nameof(StatusChange.WorkOrderId)), OrderBy(nameof(StatusChange.ChangedAt), Descending = true)]
internal static class StatusChangeFields
{
    /// <summary>Who changed it.</summary>
    [GraphQLType("Actor!")]
    public static Task<IReadOnlyList<object>> ChangedBy(IReadOnlyList<StatusChange> changes, CmmsDb db, CancellationToken cancel) =>
        Actors.Of([.. changes.Select(c => c.ChangedBy)], db, cancel);

    /// <summary>The work order that goes with it.</summary>
    public static async Task<Dictionary<StatusChange, WorkOrder>> WorkOrder(IReadOnlyList<StatusChange> changes, CmmsDb db, CancellationToken cancel)
    {
        var ids = changes.Select(c => c.WorkOrderId).OfType<long>().Distinct().ToList();
        var orders = ids.Count == 0 ? [] : await db.WorkOrders.Where(o => ids.Contains(o.Id)).ToDictionaryAsync(o => o.Id, cancel);
        return changes.Where(c => c.WorkOrderId is { } id && orders.ContainsKey(id)).ToDictionary(c => c, c => orders[c.WorkOrderId!.Value]);
    }
}
