using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Inventory;

/// <summary>A figure that is not what the ledger adds up to.</summary>
/// <param name="StoreroomId">Where; null for a figure of the part as a whole.</param>
/// <param name="Figure">Its name in the schema, such as <c>onHand</c>.</param>
/// <param name="Ledger">What the lines add up to.</param>
/// <param name="Kept">What is kept beside the part or its level.</param>
public sealed record StockDifference(long PartId, long? StoreroomId, string Figure, decimal Ledger, decimal Kept);

/// <summary>Adds up every ledger and compares: stock can be rebuilt from it, so any difference is a fault.</summary>
public static class StockVerification
{
    public static async Task<IReadOnlyList<StockDifference>> VerifyStock(this CmmsDb db, CancellationToken cancel)
    {
        var sums = new Dictionary<(long Part, long? Storeroom, string Figure), decimal>();
        var lines = db.StockTransactions.AsNoTracking().Select(t => new { t.PartId, t.StoreroomId, t.Kind, t.Quantity, t.OnHandChange, t.ReservedChange, t.ValueChange });
        await foreach (var line in lines.AsAsyncEnumerable().WithCancellation(cancel))
        {
            Add(line.PartId, null, "onHand", line.OnHandChange.Value);
            Add(line.PartId, null, "reserved", line.ReservedChange.Value);
            Add(line.PartId, null, "stockValue", line.ValueChange.Value);
            if (line.Kind is StockTransactionKind.Usage) Add(line.PartId, null, "totalUsed", line.Quantity.Value);
            if (line.Kind is StockTransactionKind.Return) Add(line.PartId, null, "totalUsed", -line.Quantity.Value);
            if (line.StoreroomId is null) continue;
            Add(line.PartId, line.StoreroomId, "onHand", line.OnHandChange.Value);
            Add(line.PartId, line.StoreroomId, "reserved", line.ReservedChange.Value);
        }
        var orders = db.PurchaseLines.AsNoTracking()
            .Where(l => l.PurchaseRequest.ClosedAt == null && !l.Part.IsNonStock).Select(l => new { l.PartId, l.Quantity, l.Received });
        await foreach (var line in orders.AsAsyncEnumerable().WithCancellation(cancel)) Add(line.PartId, null, "onOrder", (line.Quantity - line.Received).Value);

        var differences = new List<StockDifference>();
        var parts = db.Parts.AsNoTracking().OrderBy(p => p.Id).Select(p => new { p.Id, p.OnHand, p.Reserved, p.Available, p.StockValue, p.TotalUsed, p.OnOrder });
        await foreach (var part in parts.AsAsyncEnumerable().WithCancellation(cancel))
        {
            Compare(part.Id, null, "onHand", part.OnHand.Value);
            Compare(part.Id, null, "reserved", part.Reserved.Value);
            Compare(part.Id, null, "stockValue", part.StockValue.Value);
            Compare(part.Id, null, "totalUsed", part.TotalUsed.Value);
            Compare(part.Id, null, "onOrder", part.OnOrder.Value);
            if (part.Available != part.OnHand - part.Reserved)
                differences.Add(new StockDifference(part.Id, null, "available", (part.OnHand - part.Reserved).Value, part.Available.Value));
        }
        var levels = db.StockLevels.AsNoTracking().OrderBy(l => l.Id).Select(l => new { l.PartId, l.StoreroomId, l.OnHand, l.Reserved });
        await foreach (var level in levels.AsAsyncEnumerable().WithCancellation(cancel))
        {
            Compare(level.PartId, level.StoreroomId, "onHand", level.OnHand.Value);
            Compare(level.PartId, level.StoreroomId, "reserved", level.Reserved.Value);
        }
        differences.AddRange(sums.Where(left => left.Value != 0).Select(left => new StockDifference(left.Key.Part, left.Key.Storeroom, left.Key.Figure, left.Value, 0)));
        return differences;

        void Add(long part, long? storeroom, string figure, decimal value) =>
            sums[(part, storeroom, figure)] = sums.GetValueOrDefault((part, storeroom, figure)) + value;

        void Compare(long part, long? storeroom, string figure, decimal kept)
        {
            sums.Remove((part, storeroom, figure), out var ledger);
            if (ledger != kept) differences.Add(new StockDifference(part, storeroom, figure, ledger, kept));
        }
    }
}
