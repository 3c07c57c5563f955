using Cmms.Domain.Inventory;
using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Assets;

/// <summary>What assets cost in a span of time, in the site's currency.</summary>
/// <param name="Parts">What was used for their work orders, less what came back, at its cost of then. An order of several assets is shared equally among them.</param>
/// <param name="Downtime">Hours of standing still times what an hour cost; what goes on counts up to now.</param>
public sealed record AssetCosts(Money Parts, Money Downtime)
{
    public static AssetCosts None { get; } = new(Money.Zero, Money.Zero);

    public static AssetCosts operator +(AssetCosts one, AssetCosts other) => new(one.Parts + other.Parts, one.Downtime + other.Downtime);
}

public static class CostReading
{
    extension(CmmsDb db)
    {
        /// <summary>Of each of these assets, in a fixed number of statements.</summary>
        /// <param name="includeChildren">With all that is part of it.</param>
        public async Task<Dictionary<long, AssetCosts>> CostsOf(IReadOnlyCollection<long> assetIds, Instant from, Instant to, Instant now, bool includeChildren, CancellationToken cancel)
        {
            var members = includeChildren ? await db.Members(assetIds, cancel) : assetIds.Distinct().ToDictionary(id => id, id => (IReadOnlyList<long>)[id]);
            var ids = members.Values.SelectMany(m => m).Distinct().ToList();
            var parts = await db.PartsOf(ids, from, to, cancel);
            var stood = (await db.Downtimes.Where(d => ids.Contains(d.AssetId) && d.CostPerHour != null && d.StartedAt < to && (d.EndedAt == null || d.EndedAt > from)).ToListAsync(cancel))
                .ToLookup(d => d.AssetId, d => d.CostWithin(from, Instant.Min(to, now)));
            return members.ToDictionary(m => m.Key, m => m.Value.Aggregate(AssetCosts.None, (sum, id) => sum + new AssetCosts(
                parts[id].Aggregate(Money.Zero, (all, cost) => all + cost), stood[id].Aggregate(Money.Zero, (all, cost) => all + cost))));
        }

        /// <summary>Each asset with all that is part of it, however deep.</summary>
        private async Task<Dictionary<long, IReadOnlyList<long>>> Members(IReadOnlyCollection<long> assetIds, CancellationToken cancel)
        {
            var roots = await db.Assets.Where(a => assetIds.Contains(a.Id)).Select(a => a.RootId ?? a.Id).Distinct().ToListAsync(cancel);
            var children = (await db.Assets.Where(a => a.RootId != null && roots.Contains(a.RootId.Value)).Select(a => new { a.Id, a.ParentId }).ToListAsync(cancel)).ToLookup(a => a.ParentId, a => a.Id);
            return assetIds.Distinct().ToDictionary(id => id, id => (IReadOnlyList<long>)[.. Under(id)]);

            IEnumerable<long> Under(long id) => children[id].SelectMany(Under).Prepend(id);
        }

        private async Task<ILookup<long, Money>> PartsOf(IReadOnlyCollection<long> assetIds, Instant from, Instant to, CancellationToken cancel)
        {
            var booked = await db.StockTransactions
                .Where(t => t.WorkOrderId != null && (t.Kind == StockTransactionKind.Usage || t.Kind == StockTransactionKind.Return) && t.CreatedAt >= from && t.CreatedAt < to)
                .Where(t => db.WorkOrders.Any(o => o.Id == t.WorkOrderId && o.Assets.Any(a => assetIds.Contains(a.Id))))
                .Select(t => new { OrderId = t.WorkOrderId!.Value, t.Kind, t.TotalCost }).ToListAsync(cancel);
            var orders = booked.Select(b => b.OrderId).Distinct().ToList();
            var assets = orders.Count == 0 ? null : (await db.WorkOrders.Where(o => orders.Contains(o.Id)).SelectMany(o => o.Assets, (o, a) => new { OrderId = o.Id, AssetId = a.Id }).ToListAsync(cancel))
                .ToLookup(a => a.OrderId, a => a.AssetId);
            return booked.SelectMany(b => Shares(b.Kind is StockTransactionKind.Return ? -b.TotalCost : b.TotalCost, [.. assets![b.OrderId].Order()])).ToLookup(s => s.AssetId, s => s.Cost);
        }
    }

    /// <summary>Equal parts that add up to the whole: what cannot be divided goes to the first.</summary>
    private static IEnumerable<(long AssetId, Money Cost)> Shares(Money whole, IReadOnlyList<long> assets)
    {
        var (each, rest) = (whole.TenThousandths / assets.Count, whole.TenThousandths % assets.Count);
        return assets.Select((id, i) => (id, Money.FromTenThousandths(i == 0 ? each + rest : each)));
    }
}
