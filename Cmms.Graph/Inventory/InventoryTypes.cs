using Cmms.Domain;
using Cmms.Domain.Inventory;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Work;
using Cmms.Graph.Access;
using Cmms.Graph.Events;
using Cmms.Graph.Files;
using Engines.GraphQL.Binding;
using Engines.GraphQL.Data;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Graph.Inventory;

/// <summary>A spare part or consumable.</summary>
[ObjectType<Part>, Authorize(Permission.ViewInventory), Plain(nameof(Part.VendorParts), nameof(Part.StockLevels)), Hide(nameof(Part.LowStockEpoch))]
[Rename(nameof(Part.VendorParts), "vendors")]
[UseSearch(nameof(Part.Name), nameof(Part.Number)), OrderBy(nameof(Part.Name))]
internal static class PartFields
{
    /// <summary>Where the picture of its label is, below this server's address: a PNG for anybody who prints it; null without a label.</summary>
    public static string? QrCodeImageUrl([Parent] Part part) => QrCode.UrlOf(part.QrCode);

    /// <summary>When something of it was last used; null where nothing ever was.</summary>
    public static Task<Dictionary<long, Instant?>> LastUsedAt(IReadOnlyList<long> partIds, CmmsDb db, CancellationToken cancel) =>
        db.StockTransactions.Where(t => t.Kind == StockTransactionKind.Usage && partIds.Contains(t.PartId)).GroupBy(t => t.PartId)
            .Select(g => new { PartId = g.Key, At = g.Max(t => t.CreatedAt) }).ToDictionaryAsync(g => g.PartId, g => (Instant?)g.At, cancel);
}

/// <summary>How much of a part lies in one storeroom.</summary>
[ObjectType<StockLevel>, Authorize(Permission.ViewInventory)]
internal static class StockLevelFields;

/// <summary>One line of a part's stock ledger: never changed, never removed.</summary>
[ObjectType<StockTransaction>, Authorize(Permission.ViewInventory), Hide(nameof(StockTransaction.WorkOrderId)), OrderBy(nameof(StockTransaction.UpdatedAt), Descending = true)]
internal static class StockTransactionFields
{
    /// <summary>The work order that it was for.</summary>
    public static async Task<Dictionary<StockTransaction, WorkOrder>> WorkOrder(
        IReadOnlyList<StockTransaction> transactions, CmmsDb db, CancellationToken cancel)
    {
        var ids = transactions.Select(t => t.WorkOrderId).OfType<long>().Distinct().ToList();
        var orders = ids.Count == 0 ? [] : await db.WorkOrders.Where(o => ids.Contains(o.Id)).ToDictionaryAsync(o => o.Id, cancel);
        return transactions.Where(t => t.WorkOrderId is { } id && orders.ContainsKey(id)).ToDictionary(t => t, t => orders[t.WorkOrderId!.Value]);
    }
}

/// <summary>What parts are sorted into.</summary>
[ObjectType<PartType>, Authorize(Permission.ViewInventory), OrderBy(nameof(PartType.Name))]
internal static class PartTypeFields;

/// <summary>A place where parts are kept.</summary>
[ObjectType<Storeroom>, Authorize(Permission.ViewInventory), OrderBy(nameof(Storeroom.Name))]
internal static class StoreroomFields;

/// <summary>What quantities are counted in.</summary>
[ObjectType<MeasurementUnit>, Authorize(Permission.ViewInventory), OrderBy(nameof(MeasurementUnit.Name))]
internal static class MeasurementUnitFields;

/// <summary>A company that sells parts or does work.</summary>
[ObjectType<Vendor>, Authorize(Permission.ViewInventory), Plain(nameof(Vendor.Contacts), nameof(Vendor.Locations), nameof(Vendor.Categories)), Rename(nameof(Vendor.VendorParts), "parts")]
[OrderBy(nameof(Vendor.Name)), UseSearch(nameof(Vendor.Name), nameof(Vendor.Description))]
internal static class VendorFields
{
    /// <summary>The contact to turn to first.</summary>
    public static Task<Dictionary<long, VendorContact>> PrimaryContact(IReadOnlyList<long> vendorIds, CmmsDb db, CancellationToken cancel) =>
        db.VendorContacts.Where(c => vendorIds.Contains(c.VendorId) && c.IsPrimary).ToDictionaryAsync(c => c.VendorId, cancel);
}

/// <summary>A person at a vendor's.</summary>
[ObjectType<VendorContact>, Authorize(Permission.ViewInventory)]
internal static class VendorContactFields;

/// <summary>That a vendor sells a part.</summary>
[ObjectType<VendorPart>, Authorize(Permission.ViewInventory)]
internal static class VendorPartFields;

/// <summary>That parts are to be bought.</summary>
[ObjectType<PurchaseRequest>, Authorize(Permission.ViewPurchasing), Plain(nameof(PurchaseRequest.Lines)), OrderBy(nameof(PurchaseRequest.CreatedAt), Descending = true)]
internal static class PurchaseRequestFields
{
    /// <summary>Who agreed to it; null while nobody has.</summary>
    [GraphQLType("Actor")]
    public static async Task<Dictionary<PurchaseRequest, object>> ApprovedBy(IReadOnlyList<PurchaseRequest> requests, CmmsDb db, CancellationToken cancel)
    {
        var approved = requests.Where(r => r.ApprovedBy is not null).Distinct().ToList();
        var actors = await Actors.Of([.. approved.Select(r => r.ApprovedBy!.Value)], db, cancel);
        return approved.Zip(actors).ToDictionary(x => x.First, x => x.Second);
    }
}

/// <summary>A part of a purchase request, and how much of it has come.</summary>
[ObjectType<PurchaseLine>, Authorize(Permission.ViewPurchasing)]
internal static class PurchaseLineFields;

/// <summary>A figure that is not what the ledger adds up to.</summary>
[ObjectType<StockDifference>, Hide(nameof(StockDifference.PartId), nameof(StockDifference.StoreroomId))]
internal static class StockDifferenceFields
{
    /// <summary>Of which part.</summary>
    public static async Task<IReadOnlyList<Part>> Part(IReadOnlyList<StockDifference> differences, CmmsDb db, CancellationToken cancel)
    {
        var ids = differences.Select(d => d.PartId).Distinct().ToList();
        var parts = await db.Parts.Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, cancel);
        return [.. differences.Select(d => parts[d.PartId])];
    }

    /// <summary>Where; null for a figure of the part as a whole.</summary>
    public static async Task<IReadOnlyList<Storeroom?>> Storeroom(IReadOnlyList<StockDifference> differences, CmmsDb db, CancellationToken cancel)
    {
        var ids = differences.Select(d => d.StoreroomId).OfType<long>().Distinct().ToList();
        var storerooms = ids.Count == 0 ? [] : await db.Storerooms.Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, cancel);
        return [.. differences.Select(d => d.StoreroomId is { } id ? storerooms.GetValueOrDefault(id) : null)];
    }
}
