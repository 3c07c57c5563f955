using Cmms.Domain.Assets;
using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Production;

/// <summary>Putting on record what was made. While a machine is not operational it makes nothing (seed 001).</summary>
public static class ProductionLog
{
    extension(CmmsDb db)
    {
        /// <param name="asset">The machine; it is held until the transaction ends, so that its status stays.</param>
        /// <exception cref="AssetNotOperational">It was not operational at some time of it.</exception>
        /// <exception cref="InvalidTransition">The order is paused or finished.</exception>
        /// <exception cref="InvalidValue"/>
        public async Task<ProductionRecord> RecordProduction(Asset asset, ProductionOrder? order, Output made, CancellationToken cancel)
        {
            made.Verify(db.Now);
            if (order is not null && order.AssetId != asset.Id) throw new InvalidValue("assetId", "is not the machine that the order is assigned to");
            if (await db.NotOperational(asset, made.StartedAt, made.EndedAt, cancel) is { } status) throw new AssetNotOperational(asset.Name, status);
            ProductionRecord record = new(asset, order, made);
            order?.Count(record);
            db.ProductionRecords.Add(record);
            return record;
        }

        /// <summary>The first status other than operational that it had within a span of time, or at that moment; null: it was operational all the time.</summary>
        private async Task<AssetStatus?> NotOperational(Asset asset, Instant from, Instant to, CancellationToken cancel)
        {
            if (!asset.IsOperational && asset.StatusChangedAt <= from) return asset.Status;
            var id = asset.Id;
            var before = await db.StatusChanges.Where(c => c.AssetId == id && c.ChangedAt <= from).OrderByDescending(c => c.ChangedAt).ThenByDescending(c => c.Id)
                .Select(c => (AssetStatus?)c.To).FirstOrDefaultAsync(cancel);
            if (before is { } was && was != AssetStatus.Operational) return was;
            return await db.StatusChanges.Where(c => c.AssetId == id && c.ChangedAt > from && c.ChangedAt < to && c.To != AssetStatus.Operational)
                .OrderBy(c => c.ChangedAt).Select(c => (AssetStatus?)c.To).FirstOrDefaultAsync(cancel);
        }
    }
}
