using Cmms.Domain;
using Cmms.Domain.Assets;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Persistence.Sql;
using Cmms.Domain.Production;
using Cmms.Graph.Access;
using Engines.GraphQL.Binding;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Graph.Assets;

/// <summary>How reliably assets worked in a window of time; what cannot be said is null.</summary>
[ObjectType<Reliability>, Hide(nameof(Reliability.Required), nameof(Reliability.Down), nameof(Reliability.FailureDown), nameof(Reliability.Operating), nameof(Reliability.Stops), nameof(Reliability.EndedFailures))]
internal static class ReliabilityFields
{
    /// <summary>Hours in which they were needed: of the window, up to now, while each was in service, less what was NOT_REQUIRED.</summary>
    public static decimal RequiredHours([Parent] Reliability reliability) => Hours.Of(reliability.Required);

    /// <summary>Hours in which they were needed and worked.</summary>
    public static decimal OperatingHours([Parent] Reliability reliability) => Hours.Of(reliability.Operating);

    /// <summary>Hours in which they were needed and stood still, planned or not; what goes on counts up to now.</summary>
    public static decimal DowntimeHours([Parent] Reliability reliability) => Hours.Of(reliability.Down);

    /// <summary>By which standards the words are meant.</summary>
    public static string Standard([Parent] Reliability _) =>
        "MTBF: SMRP 3.5.1, EN 15341 T17 (unverified); MTTR: SMRP 3.5.2, detection included, other than ISO 14224 (unverified); availability: EN 15341 M12";
}

[ObjectType<Asset>]
internal static class ReliableAssetFields
{
    /// <summary>How reliably it worked, by itself and without what it is made of; null where it was not there.</summary>
    /// <param name="from">The beginning of the window; none: 30 days before its end. At most 732 days.</param>
    /// <param name="to">The end of the window; none, or later than now: now.</param>
    public static Task<Dictionary<long, Reliability>> Reliability(IReadOnlyList<long> assetIds, Instant? from, Instant? to, CmmsDb db, Instant now, CancellationToken cancel) =>
        db.ReliabilityOf(assetIds.Distinct().ToList(), BadInput.Refused(() => ReliabilityWindow.Of(from, to, now)), cancel);
}

[QueryType]
internal static class ReliabilityQueries
{
    /// <summary>How reliably assets worked, in groups; first what stood still for longest. An asset of two types counts in both.</summary>
    /// <param name="from">The beginning of the window; none: 30 days before its end. At most 732 days.</param>
    /// <param name="to">The end of the window; none, or later than now: now.</param>
    /// <param name="assetId">Only this asset.</param>
    /// <param name="groupBy">What is added up together.</param>
    /// <param name="includeDescendants">With assetId: also all that is part of it.</param>
    /// <param name="assetTypeId">Only what is of this type.</param>
    /// <param name="locationId">Only what stands there, or anywhere below it.</param>
    /// <param name="processId">Only what belongs to this step of production.</param>
    /// <param name="first">So many groups at most, 1 to 500.</param>
    [Authorize(Permission.ViewMachines)]
    public static async Task<IReadOnlyList<ReliabilityGroup>> Reliability(
        Instant? from, Instant? to, [ID<Asset>] long? assetId, [ID<AssetType>] long? assetTypeId, [ID<Location>] long? locationId, [ID<Process>] long? processId, CmmsDb db, Instant now, CancellationToken cancel,
        ReliabilityGrouping groupBy = ReliabilityGrouping.Site, bool includeDescendants = false, int first = 100)
    {
        var window = BadInput.Refused(() => ReliabilityWindow.Of(from, to, now));
        if (first is < 1 or > 500) throw new Engines.GraphQL.GraphQLException("'first' must be between 1 and 500.", Engines.GraphQL.ErrorCodes.BadUserInput);
        IQueryable<Asset> assets = db.Assets;
        if (assetTypeId is { } type) assets = assets.Where(a => a.AssetTypes.Any(t => t.Id == type));
        if (processId is { } process) assets = assets.Where(a => a.ProcessId == process);
        if (locationId is { } place)
        {
            var places = await db.WithDescendants<Location>(place, cancel);
            assets = assets.Where(a => a.LocationId != null && places.Contains(a.LocationId.Value));
        }
        if (assetId is { } one)
        {
            var ids = includeDescendants ? await db.WithDescendants<Asset>(one, cancel) : [one];
            assets = assets.Where(a => ids.Contains(a.Id));
        }
        var members = groupBy is ReliabilityGrouping.AssetType
            ? await assets.SelectMany(a => a.AssetTypes, (a, t) => new Member(a.Id, t.Id)).ToListAsync(cancel)
            : await assets.Select(a => new Member(a.Id, groupBy == ReliabilityGrouping.Asset ? a.Id : groupBy == ReliabilityGrouping.Root ? a.RootId ?? a.Id : groupBy == ReliabilityGrouping.Location ? a.LocationId : groupBy == ReliabilityGrouping.Process ? a.ProcessId : 0)).ToListAsync(cancel);
        var found = await db.ReliabilityOf(members.Select(m => m.AssetId).Distinct().ToList(), window, cancel);
        return
        [
            .. members.Where(m => found.ContainsKey(m.AssetId)).GroupBy(m => m.Group)
                .Select(g => new ReliabilityGroup(g.Count(), g.Aggregate(Domain.Assets.Reliability.None, (sum, m) => sum + found[m.AssetId])) { Grouping = groupBy, Id = g.Key })
                .OrderByDescending(g => g.Reliability.Down).ThenBy(g => g.Id).Take(first),
        ];
    }

    private sealed record Member(long AssetId, long? Group);
}

/// <summary>What reliability is added up by.</summary>
internal enum ReliabilityGrouping
{
    /// <summary>All of it.</summary>
    Site,
    /// <summary>Asset by asset.</summary>
    Asset,
    /// <summary>By the tops of trees: a line, with all that is part of it.</summary>
    Root,
    /// <summary>By type.</summary>
    AssetType,
    /// <summary>By where they stand.</summary>
    Location,
    /// <summary>By the step of production that they belong to.</summary>
    Process,
}

/// <summary>Assets that are looked at together.</summary>
/// <param name="Assets">How many they are.</param>
/// <param name="Reliability">How reliably they worked.</param>
internal sealed record ReliabilityGroup(int Assets, Reliability Reliability)
{
    internal ReliabilityGrouping Grouping { get; init; }
    internal long? Id { get; init; }
}

/// <summary>Assets that are looked at together.</summary>
[ObjectType<ReliabilityGroup>]
internal static class ReliabilityGroupFields
{
    /// <summary>The asset, or the top of the tree; null where they are grouped otherwise.</summary>
    public static Task<IReadOnlyList<Asset?>> Asset(IReadOnlyList<ReliabilityGroup> groups, CmmsDb db, CancellationToken cancel) =>
        OfAsync(groups, [ReliabilityGrouping.Asset, ReliabilityGrouping.Root], db.Assets, cancel);

    /// <summary>The type; null where they are grouped otherwise.</summary>
    public static Task<IReadOnlyList<AssetType?>> AssetType(IReadOnlyList<ReliabilityGroup> groups, CmmsDb db, CancellationToken cancel) =>
        OfAsync(groups, [ReliabilityGrouping.AssetType], db.AssetTypes, cancel);

    /// <summary>The place; null where they are grouped otherwise, and of assets that stand nowhere.</summary>
    public static Task<IReadOnlyList<Location?>> Location(IReadOnlyList<ReliabilityGroup> groups, CmmsDb db, CancellationToken cancel) =>
        OfAsync(groups, [ReliabilityGrouping.Location], db.Locations, cancel);

    /// <summary>The step of production; null where they are grouped otherwise, and of assets that belong to none.</summary>
    [Authorize(Permission.ViewProduction)]
    public static Task<IReadOnlyList<Process?>> Process(IReadOnlyList<ReliabilityGroup> groups, CmmsDb db, CancellationToken cancel) =>
        OfAsync(groups, [ReliabilityGrouping.Process], db.Processes, cancel);

    private static async Task<IReadOnlyList<T?>> OfAsync<T>(IReadOnlyList<ReliabilityGroup> groups, ReliabilityGrouping[] groupings, IQueryable<T> rows, CancellationToken cancel) where T : Entity
    {
        var ids = groups.Where(g => groupings.Contains(g.Grouping)).Select(g => g.Id).OfType<long>().Distinct().ToList();
        var found = ids.Count == 0 ? [] : await rows.Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, cancel);
        return [.. groups.Select(g => groupings.Contains(g.Grouping) && g.Id is { } id ? found.GetValueOrDefault(id) : null)];
    }
}
