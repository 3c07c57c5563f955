using Cmms.Domain;
using Cmms.Domain.Files;
using Cmms.Domain.Inventory;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Graph.Access;
using Cmms.Graph.Files;
using Engines.GraphQL;
using Engines.GraphQL.Binding;

namespace Cmms.Graph.Inventory;

/// <summary>What moves stock or its cost: each answers the part and the ledger line that it appended.</summary>
[MutationType]
internal static class StockMutations
{
    /// <summary>Puts bought stock on the shelf. The unit cost becomes this price, and the average follows (seed 003).</summary>
    /// <param name="quantity">How much, at most three decimal places.</param>
    /// <param name="unitCost">What one of it cost, at most two decimal places.</param>
    /// <param name="storeroomId">Where it goes; none: the part's storeroom, else the site's default.</param>
    /// <param name="files">Receipts and other files that belong to it, as for attachFiles.</param>
    [Authorize(Permission.ManageInventory), Error<NotFound, NonStockPart, FileTooLarge>]
    public static Task<StockMovement> RestockPart(
        [ID<Part>] long id, Quantity quantity, Money unitCost, string? note, [ID<Storeroom>] long? storeroomId, IReadOnlyList<UploadedFile>? files, CmmsDb db, CancellationToken cancel) =>
        Moved(db, db.Stock.Restock(id, quantity, unitCost, note, storeroomId, cancel), cancel, files);

    /// <summary>Corrects what is on hand after a count. The result must not be below zero; it may be below what is reserved (seed 003).</summary>
    /// <param name="quantity">The difference, above or below zero.</param>
    /// <param name="note">Why.</param>
    /// <param name="storeroomId">Where it was counted; none: the part's storeroom, else the site's default.</param>
    /// <param name="files">Receipts and other files that belong to it, as for attachFiles.</param>
    [Authorize(Permission.ManageInventory), Error<NotFound, NegativeStock, NonStockPart, FileTooLarge>]
    public static Task<StockMovement> ReconcilePart(
        [ID<Part>] long id, Quantity quantity, string note, [ID<Storeroom>] long? storeroomId, IReadOnlyList<UploadedFile>? files, CmmsDb db, CancellationToken cancel) =>
        Moved(db, db.Stock.Reconcile(id, quantity, note, storeroomId, cancel), cancel, files);

    /// <summary>Sets the price of the last purchase by hand (seed 003).</summary>
    /// <param name="cost">At most two decimal places.</param>
    /// <param name="files">Receipts and other files that belong to it, as for attachFiles.</param>
    [Authorize(Permission.ManageInventory), Error<NotFound, FileTooLarge>]
    public static Task<StockMovement> UpdatePartUnitCost([ID<Part>] long id, Money cost, string? note, IReadOnlyList<UploadedFile>? files, CmmsDb db, CancellationToken cancel) =>
        Moved(db, db.Stock.UpdateUnitCost(id, cost, note, cancel), cancel, files);

    /// <summary>Sets the average cost by hand, and with it what the stock is worth (seed 003).</summary>
    /// <param name="cost">At most two decimal places.</param>
    /// <param name="files">Receipts and other files that belong to it, as for attachFiles.</param>
    [Authorize(Permission.ManageInventory), Error<NotFound, FileTooLarge>]
    public static Task<StockMovement> UpdatePartAverageUnitCost([ID<Part>] long id, Money cost, string? note, IReadOnlyList<UploadedFile>? files, CmmsDb db, CancellationToken cancel) =>
        Moved(db, db.Stock.UpdateAverageUnitCost(id, cost, note, cancel), cancel, files);

    /// <summary>Takes stock from the shelf for use, at its average cost of this moment.</summary>
    /// <param name="storeroomId">From where; none: the part's storeroom, else the site's default.</param>
    [Authorize(Permission.MoveStock), Error<NotFound, InsufficientStock, NonStockPart>]
    public static Task<StockMovement> IssuePart(
        [ID<Part>] long id, Quantity quantity, string? note, [ID<Storeroom>] long? storeroomId, CmmsDb db, CancellationToken cancel) =>
        Moved(db, db.Stock.Use(id, quantity, workOrderId: null, storeroomId, note, cancel), cancel);

    /// <summary>Brings back what was taken, at the average cost.</summary>
    /// <param name="storeroomId">Where it goes; none: the part's storeroom, else the site's default.</param>
    [Authorize(Permission.MoveStock), Error<NotFound, NonStockPart>]
    public static Task<StockMovement> ReturnPart(
        [ID<Part>] long id, Quantity quantity, string? note, [ID<Storeroom>] long? storeroomId, CmmsDb db, CancellationToken cancel) =>
        Moved(db, db.Stock.Return(id, quantity, unitCost: null, workOrderId: null, storeroomId, note, cancel), cancel);

    /// <summary>Moves stock from one storeroom to another; the part as a whole keeps its quantity and value.</summary>
    [Authorize(Permission.MoveStock), Error<NotFound, InsufficientStock, NonStockPart>]
    public static Task<StockMovement> TransferStock(
        [ID<Part>] long partId, [ID<Storeroom>] long fromStoreroomId, [ID<Storeroom>] long toStoreroomId, Quantity quantity, string? note,
        CmmsDb db, CancellationToken cancel) =>
        Moved(db, db.Stock.Transfer(partId, fromStoreroomId, toStoreroomId, quantity, note, cancel), cancel);

    private static async Task<StockMovement> Moved(CmmsDb db, Task<StockTransaction> movement, CancellationToken cancel, IReadOnlyList<UploadedFile>? files = null)
    {
        var line = await movement;
        await db.SaveChangesAsync(cancel);
        await db.Attach(line, await Arrivals.Of(files, cancel), cancel);
        return new StockMovement(line.Part, line);
    }
}

/// <summary>What a movement of stock changed.</summary>
/// <param name="Part">The part, with its figures afterwards.</param>
/// <param name="StockTransaction">The ledger line that it appended.</param>
[Payload]
internal sealed record StockMovement(Part Part, StockTransaction StockTransaction);
