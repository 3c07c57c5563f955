using Cmms.Domain.Persistence;

namespace Cmms.Domain.Inventory;

/// <summary>A part to buy.</summary>
public sealed record PartToBuy(long PartId, Quantity Quantity, Money? UnitCost = null);

/// <summary>What came of a line of a purchase request.</summary>
/// <param name="UnitCost">What one cost; else what the line expected, else the part's unit cost.</param>
public sealed record Receipt(long PartId, Quantity Quantity, Money? UnitCost = null);

/// <summary>Raising, receiving and giving up purchase requests: what they change beyond themselves is what is on order and in stock.</summary>
public static class Purchasing
{
    /// <exception cref="NotFound"/>
    /// <exception cref="InvalidValue"/>
    public static async Task<PurchaseRequest> RaisePurchase(
        this CmmsDb db, long? vendorId, IReadOnlyList<PartToBuy> lines, DateOnly? needByDate, string? note, CancellationToken cancel)
    {
        if (lines.Count == 0) throw new InvalidValue(nameof(lines), "must not be empty");
        if (lines.Select((line, i) => (line, i)).FirstOrDefault(x => lines.Take(x.i).Any(l => l.PartId == x.line.PartId)) is { line: not null } twice)
            throw new InvalidValue($"lines[{twice.i}].partId", "stands there twice");
        var vendor = vendorId is { } id ? await db.Find<Vendor>(id, cancel, nameof(vendorId)) : null;
        if (vendor is { IsActive: false }) throw new InvalidValue(nameof(vendorId), "is archived");
        var parts = (await db.FindAll<Part>([.. lines.Select(l => l.PartId)], i => $"lines[{i}].partId", cancel)).ToDictionary(p => p.Id);
        var request = new PurchaseRequest(await db.NextRequestCode(cancel), vendor, needByDate) { Note = note };
        foreach (var (i, line) in lines.Index()) request.Add(parts[line.PartId], Check.Positive(line.Quantity, $"lines[{i}].quantity"), line.UnitCost);
        await db.Order(request, cancel);
        return request;
    }

    /// <summary>Requests of policies to a vendor that nobody has agreed to yet, and that do not ask for a part: what else is missing of the vendor goes with them.</summary>
    internal static IQueryable<PurchaseRequest> OpenTo(this CmmsDb db, long? vendorId, long partId) =>
        db.PurchaseRequests.Where(r => vendorId != null && r.VendorId == vendorId && r.Status == PurchaseRequestStatus.Requested && r.Explanation != null && !r.Lines.Any(l => l.PartId == partId)).OrderBy(r => r.Id);

    /// <summary>As a policy raises it, for one part that it holds already.</summary>
    /// <param name="with">The request that it goes with, if that is still open.</param>
    /// <param name="claimKey">What it is raised for: a second one for the same, still to come, is a <see cref="Duplicate"/>.</param>
    internal static async Task RaisePurchase(
        this CmmsDb db, Vendor? vendor, Part part, Quantity quantity, DateOnly? needByDate, string explanation, string claimKey, long? with, CancellationToken cancel)
    {
        var request = with is { } id ? await db.Find<PurchaseRequest>(id, cancel) : null;
        if (request is not { Status: PurchaseRequestStatus.Requested }) request = new PurchaseRequest(await db.NextRequestCode(cancel), vendor, needByDate);
        request.Add(part, quantity, needByDate, explanation, claimKey);
        if (request.Id == 0) db.PurchaseRequests.Add(request);
        else db.PurchaseLines.Add(request.Lines[^1]);
        await db.Stock.ChangeOnOrder(part, quantity, cancel);
    }

    /// <summary>Takes what came, each a restock; without receipts, all that is still to come.</summary>
    /// <exception cref="NotFound"/>
    /// <exception cref="InvalidValue"/>
    /// <exception cref="InvalidTransition"/>
    public static async Task<IReadOnlyList<StockTransaction>> ReceivePurchase(
        this CmmsDb db, PurchaseRequest request, IReadOnlyList<Receipt>? receipts, long? storeroomId, string? note, CancellationToken cancel)
    {
        request.RequireReceivable();
        var lines = await db.LinesOf(request, cancel);
        receipts ??= [.. lines.Values.Where(l => l.Outstanding > Quantity.Zero).Select(l => new Receipt(l.PartId, l.Outstanding))];
        if (receipts.Count == 0) throw new InvalidValue(nameof(receipts), "must not be empty");

        var restocks = new List<StockTransaction>();
        foreach (var (i, receipt) in receipts.Index())
        {
            var line = lines.GetValueOrDefault(receipt.PartId) ?? throw new NotFound("Line of the purchase request", $"receipts[{i}].partId");
            line.Receive(receipt.Quantity, $"receipts[{i}].quantity");
            await db.Stock.ChangeOnOrder(line.Part, -receipt.Quantity, cancel);
            var cost = receipt.UnitCost ?? line.UnitCost ?? line.Part.UnitCost;
            restocks.Add(line.Part.IsNonStock
                ? await db.Stock.UpdateUnitCost(line.PartId, cost, note, cancel)
                : await db.Stock.Restock(line.PartId, receipt.Quantity, cost, note, storeroomId, cancel, received: request));
        }
        request.Take(note, db.Now);
        return restocks;
    }

    /// <summary>Gives up what is still to come.</summary>
    /// <exception cref="InvalidTransition"/>
    public static async Task CancelPurchase(this CmmsDb db, PurchaseRequest request, string? reason, CancellationToken cancel)
    {
        var lines = await db.LinesOf(request, cancel);
        request.Cancel(reason, db.Now);
        foreach (var line in lines.Values) await db.Stock.ChangeOnOrder(line.Part, -line.Outstanding, cancel);
    }

    private static async Task<string> NextRequestCode(this CmmsDb db, CancellationToken cancel) => $"PR-{await db.NextNumber("purchase_request", cancel):D6}";

    private static async Task Order(this CmmsDb db, PurchaseRequest request, CancellationToken cancel)
    {
        db.PurchaseRequests.Add(request);
        foreach (var line in request.Lines) await db.Stock.ChangeOnOrder(line.Part, line.Quantity, cancel);
    }

    /// <summary>The lines by part, the parts held in the order of their ids.</summary>
    private static async Task<Dictionary<long, PurchaseLine>> LinesOf(this CmmsDb db, PurchaseRequest request, CancellationToken cancel)
    {
        await db.Entry(request).Collection(r => r.Lines).LoadAsync(cancel);
        await db.FindAll<Part>([.. request.Lines.Select(l => l.PartId)], cancel);
        return request.Lines.OrderBy(l => l.PartId).ToDictionary(l => l.PartId);
    }
}
