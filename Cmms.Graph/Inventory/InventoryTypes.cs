using Cmms.Domain.Inventory;
using Engines.GraphQL.Binding;
using Engines.GraphQL.Data;

namespace Cmms.Graph.Inventory;

/// <summary>A spare part or consumable.</summary>
[ObjectType<Part>, Plain(nameof(Part.VendorParts), nameof(Part.StockLevels)), Hide(nameof(Part.LowStockEpoch))]
[UseSearch(nameof(Part.Name), nameof(Part.Number)), OrderBy(nameof(Part.Name))]
internal static class PartFields;

/// <summary>How much of a part lies in one storeroom.</summary>
[ObjectType<StockLevel>]
internal static class StockLevelFields;

/// <summary>One line of a part's stock ledger: never changed, never removed.</summary>
[ObjectType<StockTransaction>]
internal static class StockTransactionFields;

/// <summary>What parts are sorted into.</summary>
[ObjectType<PartType>]
internal static class PartTypeFields;

/// <summary>A place where parts are kept.</summary>
[ObjectType<Storeroom>]
internal static class StoreroomFields;

/// <summary>What quantities are counted in.</summary>
[ObjectType<MeasurementUnit>]
internal static class MeasurementUnitFields;

/// <summary>A company that sells parts or does work.</summary>
[ObjectType<Vendor>, Plain(nameof(Vendor.Contacts), nameof(Vendor.Locations))]
internal static class VendorFields
{
    /// <summary>The contact to turn to first.</summary>
    public static async Task<Dictionary<long, VendorContact>> PrimaryContact(IReadOnlyList<long> vendorIds, Domain.Persistence.CmmsDb db, CancellationToken cancel) =>
        await Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.ToDictionaryAsync(
            db.VendorContacts.Where(c => vendorIds.Contains(c.VendorId) && c.IsPrimary), c => c.VendorId, cancel);
}

/// <summary>A person at a vendor's.</summary>
[ObjectType<VendorContact>]
internal static class VendorContactFields;

/// <summary>That a vendor sells a part.</summary>
[ObjectType<VendorPart>]
internal static class VendorPartFields;

/// <summary>That parts are to be bought.</summary>
[ObjectType<PurchaseRequest>, Plain(nameof(PurchaseRequest.Lines))]
internal static class PurchaseRequestFields;

/// <summary>A part of a purchase request, and how much of it has come.</summary>
[ObjectType<PurchaseLine>]
internal static class PurchaseLineFields;

/// <summary>A figure that is not what the ledger adds up to.</summary>
[ObjectType<StockDifference>]
internal static class StockDifferenceFields;
