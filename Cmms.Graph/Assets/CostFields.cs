using Cmms.Domain;
using Cmms.Domain.Assets;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Graph.Access;
using Engines.GraphQL.Binding;

namespace Cmms.Graph.Assets;

[ObjectType<Asset>]
internal static class CostlyAssetFields
{
    /// <summary>What it cost in a span of time, in the site's currency: parts by when they were used, downtime by when it stood still.</summary>
    /// <param name="from">The beginning of the span; none: a year before its end.</param>
    /// <param name="to">The end of the span; none: now.</param>
    /// <param name="includeChildren">With all that is part of it, however deep; a work order on several of them still counts once.</param>
    [Authorize(Permission.ViewWorkOrders)]
    public static Task<Dictionary<long, AssetCosts>> Costs(IReadOnlyList<long> assetIds, Instant? from, Instant? to, CmmsDb db, Instant now, CancellationToken cancel, bool includeChildren = false)
    {
        var end = BadInput.Refused(() => Check.Moment(to)) ?? now;
        var start = BadInput.Refused(() => Check.Moment(from)) ?? end - TimeSpan.FromDays(365);
        BadInput.Refused(() => { EndBeforeStart.Check(from, to); return true; });
        return db.CostsOf(assetIds, start, end, now, includeChildren, cancel);
    }
}

/// <summary>What assets cost in a span of time, in the site's currency, rounded half to even to two places.</summary>
[ObjectType<AssetCosts>]
internal static class AssetCostsFields
{
    /// <summary>What was used for their work orders, less what came back, at its cost of then. An order of several assets is shared equally among them.</summary>
    public static decimal Parts([Parent] AssetCosts costs) => Shown(costs.Parts);

    /// <summary>Hours of standing still times what an hour cost; what goes on counts up to now.</summary>
    public static decimal Downtime([Parent] AssetCosts costs) => Shown(costs.Downtime);

    /// <summary>All of it.</summary>
    public static decimal Total([Parent] AssetCosts costs) => Shown(costs.Parts + costs.Downtime);

    private static decimal Shown(Money money) => decimal.Round(money.Value, 2, MidpointRounding.ToEven);
}
