using Cmms.Domain;
using Cmms.Domain.Inventory;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Graph.Access;
using Engines.GraphQL.Binding;

namespace Cmms.Graph.Inventory;

[MutationType, Authorize(Permission.ManagePurchasing)]
internal static class PurchaseMutations
{
    /// <summary>Asks for parts to be bought; from now on they count as on order.</summary>
    /// <param name="lines">Which parts, each once, and how much of them.</param>
    [Error<NotFound>]
    public static async Task<PurchaseRequest> CreatePurchaseRequest(
        [ID<Vendor>] long? vendorId, IReadOnlyList<PurchaseLineInput> lines, DateOnly? needByDate, string? note, CmmsDb db, CancellationToken cancel)
    {
        var request = await db.RaisePurchase(vendorId, [.. lines.Select(l => new PartToBuy(l.PartId, l.Quantity, l.UnitCost))], needByDate, note, cancel);
        await db.SaveChangesAsync(cancel);
        return request;
    }

    /// <summary>Agrees to a purchase request; what it asks for may be delivered.</summary>
    [Error<NotFound, InvalidTransition>]
    public static async Task<PurchaseRequest> ApprovePurchaseRequest([ID<PurchaseRequest>] long id, CmmsDb db, Actor actor, Instant now, CancellationToken cancel)
    {
        var request = await db.Find<PurchaseRequest>(id, cancel);
        request.Approve(actor, now);
        await db.SaveChangesAsync(cancel);
        return request;
    }

    /// <summary>Takes what came of a purchase request; each line is a restock. It may come in several deliveries.</summary>
    /// <param name="receipts">What came; left out: all that is still to come.</param>
    /// <param name="storeroomId">Where it goes; none: each part's storeroom, else the site's default.</param>
    [Error<NotFound, InvalidTransition>]
    public static async Task<PurchaseReceipt> ReceivePurchaseRequest(
        [ID<PurchaseRequest>] long id, IReadOnlyList<ReceiptInput>? receipts, [ID<Storeroom>] long? storeroomId, string? note,
        CmmsDb db, CancellationToken cancel)
    {
        var request = await db.Find<PurchaseRequest>(id, cancel);
        var came = receipts is null ? null : receipts.Select(r => new Receipt(r.PartId, r.Quantity, r.UnitCost)).ToList();
        var restocks = await db.ReceivePurchase(request, came, storeroomId, note, cancel);
        await db.SaveChangesAsync(cancel);
        return new PurchaseReceipt(request, restocks);
    }

    /// <summary>Gives up what is still to come of a purchase request; what had come stays.</summary>
    /// <param name="reason">Why, for the record.</param>
    [Error<NotFound, InvalidTransition>]
    public static async Task<PurchaseRequest> CancelPurchaseRequest([ID<PurchaseRequest>] long id, string? reason, CmmsDb db, CancellationToken cancel)
    {
        var request = await db.Find<PurchaseRequest>(id, cancel);
        await db.CancelPurchase(request, reason, cancel);
        await db.SaveChangesAsync(cancel);
        return request;
    }
}

/// <summary>A part to buy.</summary>
/// <param name="PartId">Which.</param>
/// <param name="Quantity">How much, more than zero.</param>
/// <param name="UnitCost">What one is expected to cost.</param>
internal sealed record PurchaseLineInput([property: ID<Part>] long PartId, Quantity Quantity, Money? UnitCost = null);

/// <summary>What came of a part that was to be bought.</summary>
/// <param name="PartId">Which.</param>
/// <param name="Quantity">How much, at most what is still to come.</param>
/// <param name="UnitCost">What one cost; else what the line expected, else the part's unit cost.</param>
internal sealed record ReceiptInput([property: ID<Part>] long PartId, Quantity Quantity, Money? UnitCost = null);

/// <summary>What a delivery changed.</summary>
/// <param name="PurchaseRequest">The request, with what is still to come.</param>
/// <param name="StockTransactions">A ledger line for each part that came.</param>
[Payload]
internal sealed record PurchaseReceipt(PurchaseRequest PurchaseRequest, IReadOnlyList<StockTransaction> StockTransactions);
