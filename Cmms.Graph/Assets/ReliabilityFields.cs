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

/// <summary>How reliably assets worked in a window of time, and which they are.</summary>
internal sealed record ReliabilityReport(Reliability Figures, IReadOnlyCollection<long> AssetIds, ReliabilityWindow Window);

/// <summary>How reliably assets worked in a window of time; what cannot be said is null.</summary>
[ObjectType<ReliabilityReport>(Name = "Reliability"), Hide(nameof(ReliabilityReport.Figures), nameof(ReliabilityReport.AssetIds), nameof(ReliabilityReport.Window))]
internal static class ReliabilityFields
{
    /// <summary>Mean time between failures: operating time by failure; null without one.</summary>
    public static TimeSpan? Mtbf([Parent] ReliabilityReport report) => report.Figures.Mtbf;

    /// <summary>Mean time to restore: from a failure to working again, of the failures that are over; null without one.</summary>
    public static TimeSpan? Mttr([Parent] ReliabilityReport report) => report.Figures.Mttr;

    /// <summary>Mean downtime: of all that stood still, planned too; null where nothing did.</summary>
    public static TimeSpan? Mdt([Parent] ReliabilityReport report) => report.Figures.Mdt;

    /// <summary>The part of the required time in which they worked; null where nothing was required.</summary>
    public static decimal? Availability([Parent] ReliabilityReport report) => report.Figures.Availability;

    /// <summary>What failures alone leave of it: MTBF by MTBF and MTTR together; null without either.</summary>
    public static decimal? InherentAvailability([Parent] ReliabilityReport report) => report.Figures.InherentAvailability;

    /// <summary>Unplanned downtimes that began in the window.</summary>
    public static int Failures([Parent] ReliabilityReport report) => report.Figures.Failures;

    /// <summary>Hours in which they were needed: of the window, up to now, while each was in service, less what was NOT_REQUIRED.</summary>
    public static decimal RequiredHours([Parent] ReliabilityReport report) => Hours.Of(report.Figures.Required);

    /// <summary>Hours in which they were needed and worked.</summary>
    public static decimal OperatingHours([Parent] ReliabilityReport report) => Hours.Of(report.Figures.Operating);

    /// <summary>Hours in which they were needed and stood still, planned or not; what goes on counts up to now.</summary>
    public static decimal DowntimeHours([Parent] ReliabilityReport report) => Hours.Of(report.Figures.Down);

    /// <summary>By which standards the words are meant.</summary>
    public static string Standard([Parent] ReliabilityReport _) =>
        "MTBF: SMRP 3.5.1, EN 15341 T17 (unverified); MTTR: SMRP 3.5.2, detection included, other than ISO 14224 (unverified); availability: EN 15341 M12";

    /// <summary>The downtimes behind the figures, each cut to the window, the latest first.</summary>
    /// <param name="first">So many of each asset at most, 1 to 100.</param>
    public static async Task<IReadOnlyList<IReadOnlyList<ReliabilityInterval>>> Intervals(IReadOnlyList<ReliabilityReport> reports, CmmsDb db, CancellationToken cancel, int first = 50)
    {
        if (first is < 1 or > 100) throw new Engines.GraphQL.GraphQLException("'first' must be between 1 and 100.", Engines.GraphQL.ErrorCodes.BadUserInput);
        var window = reports[0].Window;
        var (from, to) = (window.From, window.To);
        var ids = reports.SelectMany(r => r.AssetIds).Distinct().ToList();
        var rows = await db.Assets.Where(a => ids.Contains(a.Id)).Select(a => new
        {
            a.Id, Since = a.InServiceAt ?? a.CreatedAt, a.ArchivedAt,
            Downtimes = a.Downtimes.Where(d => d.StartedAt < to && (d.EndedAt == null || (d.EndedAt > from && d.EndedAt > d.StartedAt))).OrderByDescending(d => d.StartedAt).Take(first).ToList(),
        }).ToListAsync(cancel);
        var intervals = rows.ToDictionary(a => a.Id, a => a.Downtimes.Select(d => ReliabilityInterval.Of(d, Instant.Max(from, a.Since), a.ArchivedAt is { } gone ? Instant.Min(to, gone) : to)).OfType<ReliabilityInterval>().ToList());
        return [.. reports.Select(r => r.AssetIds.SelectMany(id => intervals.GetValueOrDefault(id, [])).OrderByDescending(i => i.StartedAt).ThenByDescending(i => i.Downtime.Id).ToList())];
    }
}

/// <summary>A downtime as far as it lies in a window of time.</summary>
/// <param name="Downtime">The whole of it.</param>
/// <param name="StartedAt">When it began within the window.</param>
/// <param name="EndedAt">When it ended within the window; where it goes on, the end of the window.</param>
/// <param name="BeganWithin">Whether it counts here: it began in the window.</param>
internal sealed record ReliabilityInterval(Downtime Downtime, Instant StartedAt, Instant EndedAt, bool BeganWithin)
{
    /// <summary>How much of it lies in the window.</summary>
    public TimeSpan Duration => EndedAt - StartedAt;

    /// <summary>Whether it is a failure: it was not foreseen.</summary>
    public bool IsFailure => Downtime.Kind is DowntimeKind.Unplanned;

    /// <returns>Null where nothing of it lies in the window.</returns>
    internal static ReliabilityInterval? Of(Downtime downtime, Instant from, Instant to)
    {
        var (start, end) = (Instant.Max(downtime.StartedAt, from), Instant.Min(downtime.EndedAt ?? to, to));
        return start < end ? new ReliabilityInterval(downtime, start, end, downtime.StartedAt >= from) : null;
    }
}

/// <summary>A downtime as far as it lies in a window of time.</summary>
[ObjectType<ReliabilityInterval>]
internal static class ReliabilityIntervalFields;

[ObjectType<Asset>]
internal static class ReliableAssetFields
{
    /// <summary>How reliably it worked, by itself and without what it is made of; null where it was not there.</summary>
    /// <param name="from">The beginning of the window; none: 30 days before its end. At most 732 days.</param>
    /// <param name="to">The end of the window; none, or later than now: now.</param>
    public static async Task<Dictionary<long, ReliabilityReport>> Reliability(IReadOnlyList<long> assetIds, Instant? from, Instant? to, CmmsDb db, Instant now, CancellationToken cancel)
    {
        var window = BadInput.Refused(() => ReliabilityWindow.Of(from, to, now));
        return (await db.ReliabilityOf(assetIds.Distinct().ToList(), window, cancel)).ToDictionary(r => r.Key, r => new ReliabilityReport(r.Value, [r.Key], window));
    }
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
                .Select(g => new ReliabilityGroup(g.Count(), new ReliabilityReport(g.Aggregate(Domain.Assets.Reliability.None, (sum, m) => sum + found[m.AssetId]), [.. g.Select(m => m.AssetId)], window)) { Grouping = groupBy, Id = g.Key })
                .OrderByDescending(g => g.Reliability.Figures.Down).ThenBy(g => g.Id).Take(first),
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
internal sealed record ReliabilityGroup(int Assets, ReliabilityReport Reliability)
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
