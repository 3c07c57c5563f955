using Cmms.Domain;
using Cmms.Domain.Inventory;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Graph.Access;
using Engines.GraphQL.Binding;
using Engines.GraphQL.Data;

namespace Cmms.Graph.Inventory;

[QueryType]
internal static class InventoryQueries
{
    /// <summary>Spare parts of the site, by name.</summary>
    /// <param name="includeArchived">Also those that were put away.</param>
    [Authorize(Permission.ViewInventory)]
    [UsePaging, UseFiltering, UseSorting, UseSearch(nameof(Part.Name), nameof(Part.Number), nameof(Part.Description)), OrderBy(nameof(Part.Name))]
    public static IQueryable<Part> Parts(CmmsDb db, bool includeArchived = false) =>
        includeArchived ? db.Parts : db.Parts.Where(p => !p.IsArchived);

    /// <summary>One part, by its id or its number; null when there is none.</summary>
    /// <param name="number">Its number, instead of the id.</param>
    [Authorize(Permission.ViewInventory)]
    [UseFirstOrDefault]
    public static IQueryable<Part> GetPart([ID<Part>] long? id, string? number, CmmsDb db)
    {
        OneOf.Require(("id", id), ("number", number));
        return id is { } key ? db.Parts.Where(p => p.Id == key) : db.Parts.Where(p => p.Number == number);
    }

    /// <summary>Parts whose available stock is at or below their minimum, by name.</summary>
    [Authorize(Permission.ViewInventory)]
    [UsePaging, UseFiltering, UseSorting, UseSearch(nameof(Part.Name), nameof(Part.Number)), OrderBy(nameof(Part.Name))]
    public static IQueryable<Part> LowStockParts(CmmsDb db) => db.Parts.Where(p => p.IsLow && !p.IsArchived && !p.IsNonStock);

    /// <summary>Parts that lie in stock and are not used, what is worth most first.</summary>
    /// <param name="days">For how many days nothing of them was used, 1 to 3650; what came later is left out.</param>
    [Authorize(Permission.ViewInventory)]
    [UsePaging, UseFiltering, UseSorting, UseSearch(nameof(Part.Name), nameof(Part.Number)), OrderBy(nameof(Part.StockValue), Descending = true)]
    public static IQueryable<Part> SlowMovingParts(CmmsDb db, Instant now, int days = 180) =>
        db.SlowMoving(now, BadInput.Refused(() => Check.Between(days, 1, 3650)));

    /// <summary>What parts are sorted into, by name.</summary>
    [Authorize(Permission.ViewInventory)]
    [UsePaging, UseFiltering, UseSorting, UseSearch(nameof(PartType.Name)), OrderBy(nameof(PartType.Name))]
    public static IQueryable<PartType> PartTypes(CmmsDb db) => db.PartTypes;

    /// <summary>Where parts are kept, by name.</summary>
    [Authorize(Permission.ViewInventory)]
    [UsePaging, UseFiltering, UseSorting, UseSearch(nameof(Storeroom.Name)), OrderBy(nameof(Storeroom.Name))]
    public static IQueryable<Storeroom> Storerooms(CmmsDb db) => db.Storerooms;

    /// <summary>What quantities are counted in, by name.</summary>
    [Authorize(Permission.ViewInventory)]
    [UsePaging, UseFiltering, UseSorting, UseSearch(nameof(MeasurementUnit.Name)), OrderBy(nameof(MeasurementUnit.Name))]
    public static IQueryable<MeasurementUnit> MeasurementUnits(CmmsDb db) => db.MeasurementUnits;

    /// <summary>The stock ledger of the whole site, newest first (seed 003: transaction_history).</summary>
    [Authorize(Permission.ViewInventory)]
    [UsePaging, UseFiltering, UseSorting, UseSearch(nameof(StockTransaction.Note)), OrderBy(nameof(StockTransaction.UpdatedAt), Descending = true)]
    public static IQueryable<StockTransaction> StockTransactions(CmmsDb db) => db.StockTransactions;

    /// <summary>One line of the stock ledger; null when there is none.</summary>
    [Authorize(Permission.ViewInventory)]
    [UseFirstOrDefault]
    public static IQueryable<StockTransaction> GetStockTransaction([ID<StockTransaction>] long id, CmmsDb db) => db.StockTransactions.Where(t => t.Id == id);

    /// <summary>Adds up the whole stock ledger and names every figure that differs from what is kept: none, ever.</summary>
    [Authorize(Permission.ManageInventory)]
    public static Task<IReadOnlyList<StockDifference>> VerifyStock(CmmsDb db, CancellationToken cancel) => db.VerifyStock(cancel);

    /// <summary>Who sells parts and does work, by name.</summary>
    /// <param name="includeArchived">Also those that are no longer active.</param>
    [Authorize(Permission.ViewInventory)]
    [UsePaging, UseFiltering, UseSorting, UseSearch(nameof(Vendor.Name), nameof(Vendor.Description)), OrderBy(nameof(Vendor.Name))]
    public static IQueryable<Vendor> Vendors(CmmsDb db, bool includeArchived = false) =>
        includeArchived ? db.Vendors : db.Vendors.Where(v => v.IsActive);

    /// <summary>One vendor; null when there is none.</summary>
    [Authorize(Permission.ViewInventory)]
    [UseFirstOrDefault]
    public static IQueryable<Vendor> GetVendor([ID<Vendor>] long id, CmmsDb db) => db.Vendors.Where(v => v.Id == id);

    /// <summary>What is to be bought, newest first.</summary>
    [Authorize(Permission.ViewPurchasing)]
    [UsePaging, UseFiltering, UseSorting, UseSearch(nameof(PurchaseRequest.Code)), OrderBy(nameof(PurchaseRequest.CreatedAt), Descending = true)]
    public static IQueryable<PurchaseRequest> PurchaseRequests(CmmsDb db) => db.PurchaseRequests;

    /// <summary>One purchase request; null when there is none.</summary>
    [Authorize(Permission.ViewPurchasing)]
    [UseFirstOrDefault]
    public static IQueryable<PurchaseRequest> GetPurchaseRequest([ID<PurchaseRequest>] long id, CmmsDb db) => db.PurchaseRequests.Where(r => r.Id == id);
}
