using Cmms.Domain;
using Cmms.Domain.Assets;
using Cmms.Domain.Inventory;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Graph.Access;
using Engines.GraphQL.Binding;

namespace Cmms.Graph.Inventory;

[MutationType, Authorize(Permission.ManageInventory)]
internal static class PartMutations
{
    /// <summary>Adds a part to the catalogue, with what is there of it already.</summary>
    /// <param name="number">The part number; unique on the site.</param>
    /// <param name="onHand">What is on the shelf now; becomes the first line of its ledger.</param>
    /// <param name="minimum">At or below this it counts as low.</param>
    /// <param name="desired">Up to this it is reordered.</param>
    /// <param name="unitCost">What one costs, at most two decimal places.</param>
    /// <param name="leadTime">Days from order to delivery.</param>
    /// <param name="isNonStock">Bought when it is needed: it has a cost, but no quantities.</param>
    /// <param name="vendorParts">Who sells it.</param>
    /// <param name="generateQrCode">Give it a new code for its label.</param>
    [Error<NotFound, Duplicate, NonStockPart>]
    public static async Task<Part> CreatePart(
        string name, string? description, string? number, string? area, bool? isNonStock, Quantity? onHand, Quantity? minimum, Quantity? desired,
        Money? unitCost, int? leadTime, string? qrCode, [ID<PartType>] long? partTypeId, [ID<Storeroom>] long? storeroomId,
        [ID<MeasurementUnit>] long? measurementUnitId, [ID<Asset>] IReadOnlyList<long>? assetIds, IReadOnlyList<VendorPartInput>? vendorParts,
        CmmsDb db, CancellationToken cancel, bool generateQrCode = false)
    {
        if (onHand is { } there) Check.NotNegative(there, nameof(onHand));
        Part part = new(name, isNonStock ?? false, unitCost ?? Money.Zero)
        {
            Description = description, Number = number, Area = area, LeadTime = leadTime,
            PartType = await db.FindOptional<PartType>(partTypeId, cancel),
            Storeroom = await db.FindOptional<Storeroom>(storeroomId, cancel),
            MeasurementUnit = await db.FindOptional<MeasurementUnit>(measurementUnitId, cancel),
        };
        part.SetLevels(minimum, desired);
        part.QrCode = await db.LabelOf(part, null, qrCode, generateQrCode, remove: false, cancel);
        db.Parts.Add(part);
        await db.SaveChangesAsync(cancel);
        await db.SetAssets(part, assetIds ?? [], cancel);
        await db.SetVendorParts(part, VendorPartInput.Offers(vendorParts), cancel);
        if (onHand > Quantity.Zero) await db.Stock.Initial(part, onHand.Value, storeroomId, cancel);
        await db.SaveChangesAsync(cancel);
        return part;
    }

    /// <summary>Changes what is known about a part. Stock and cost move only through their own mutations (seed 003).</summary>
    /// <param name="version">The version that was read: the change is refused if the part has changed since.</param>
    /// <param name="vendorParts">Who sells it; replaces those that were named before.</param>
    /// <param name="generateQrCode">Give it a new code for its label.</param>
    /// <param name="removeQrCode">Take its code away.</param>
    [Error<NotFound, Duplicate, NonStockPart, Conflict>]
    public static async Task<Part> UpdatePart(
        [ID<Part>] long id, int? version, Optional<string> name, Optional<string?> description, Optional<string?> number, Optional<string?> area,
        Optional<Quantity?> minimum, Optional<Quantity?> desired, Optional<int?> leadTime, Optional<string?> qrCode,
        [ID<PartType>] Optional<long?> partTypeId, [ID<Storeroom>] Optional<long?> storeroomId, [ID<MeasurementUnit>] Optional<long?> measurementUnitId,
        [ID<Asset>] Optional<IReadOnlyList<long>> assetIds, Optional<IReadOnlyList<VendorPartInput>> vendorParts,
        CmmsDb db, CancellationToken cancel, bool generateQrCode = false, bool removeQrCode = false)
    {
        var part = await db.FindVersion<Part>(id, version, cancel);
        part.Name = name.Or(part.Name);
        part.Description = description.Or(part.Description);
        part.Number = number.Or(part.Number);
        part.Area = area.Or(part.Area);
        part.LeadTime = leadTime.Or(part.LeadTime);
        part.QrCode = await db.LabelOf(part, part.QrCode, qrCode.Or(part.QrCode), generateQrCode, removeQrCode, cancel);
        if (minimum.IsSet || desired.IsSet) part.SetLevels(minimum.Or(part.Minimum), desired.Or(part.Desired));
        if (partTypeId.IsSet) part.PartType = await db.FindOptional<PartType>(partTypeId.Value, cancel);
        if (storeroomId.IsSet) part.Storeroom = await db.FindOptional<Storeroom>(storeroomId.Value, cancel);
        if (measurementUnitId.IsSet) part.MeasurementUnit = await db.FindOptional<MeasurementUnit>(measurementUnitId.Value, cancel);
        if (assetIds.IsSet) await db.SetAssets(part, assetIds.Value ?? [], cancel);
        if (vendorParts.IsSet) await db.SetVendorParts(part, VendorPartInput.Offers(vendorParts.Value), cancel);
        await db.SaveChangesAsync(cancel);
        return part;
    }

    /// <summary>Puts a part away: kept for its history, offered for nothing new.</summary>
    [Error<NotFound>]
    public static async Task<Part> ArchivePart([ID<Part>] long id, CmmsDb db, CancellationToken cancel)
    {
        var part = await db.Find<Part>(id, cancel);
        part.Archive();
        await db.SaveChangesAsync(cancel);
        return part;
    }

    /// <summary>Takes an archived part up again.</summary>
    [Error<NotFound>]
    public static async Task<Part> RestorePart([ID<Part>] long id, CmmsDb db, CancellationToken cancel)
    {
        var part = await db.Find<Part>(id, cancel);
        part.Restore();
        await db.SaveChangesAsync(cancel);
        return part;
    }
}

/// <summary>A vendor that sells a part.</summary>
/// <param name="VendorId">Who.</param>
/// <param name="VendorPartNumber">The vendor's own number for it.</param>
/// <param name="IsPreferred">Whether reorders go there; one vendor at most.</param>
internal sealed record VendorPartInput([property: ID<Vendor>] long VendorId, string? VendorPartNumber = null, bool IsPreferred = false)
{
    public static IReadOnlyCollection<VendorOffer> Offers(IReadOnlyList<VendorPartInput>? vendors) =>
        [.. (vendors ?? []).Select(v => new VendorOffer(v.VendorId, v.VendorPartNumber, v.IsPreferred))];
}
