using Cmms.Domain;
using Cmms.Domain.Assets;
using Cmms.Domain.Inventory;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Production;
using Cmms.Graph.Access;
using Engines.GraphQL.Binding;

namespace Cmms.Graph.Assets;

[MutationType, Authorize(Permission.ManageAssets)]
internal static class AssetMutations
{
    /// <summary>Adds an asset, operational from now on.</summary>
    /// <param name="warrantyNoticeDays">How many days before the warranty expires somebody is told; 30 unless said.</param>
    /// <param name="parentId">What it is a part of; nothing: it stands at the top.</param>
    /// <param name="processId">The step of production that it belongs to.</param>
    /// <param name="generateQrCode">Give it a new code for its label.</param>
    [Error<NotFound, Duplicate>]
    public static async Task<Asset> CreateAsset(
        string name, string? code, string? description, string? model, string? manufacturer, string? serialNumber, DateOnly? purchaseDate,
        DateOnly? warrantyExpirationDate, int? warrantyNoticeDays, int? lifeExpectancyMonths, Money? purchaseCost, Money? replacementCost,
        Money? salvageValue, Money? downtimeCostPerHour, Instant? inServiceAt, Quantity? theoreticalCapacity, string? capacityUnit, AssetCondition? condition, string? qrCode,
        [ID<Location>] long? locationId, [ID<Process>] long? processId, [ID<Asset>] long? parentId, [ID<AssetType>] IReadOnlyList<long>? assetTypeIds,
        [ID<User>] IReadOnlyList<long>? technicianIds, [ID<Part>] IReadOnlyList<long>? partIds, [ID<Vendor>] IReadOnlyList<long>? vendorIds,
        CmmsDb db, Instant now, CancellationToken cancel, bool generateQrCode = false)
    {
        Asset asset = new(name, now, await db.FindParent<Asset>(parentId, cancel))
        {
            Code = code, Description = description, Model = model, Manufacturer = manufacturer, SerialNumber = serialNumber, PurchaseDate = purchaseDate,
            WarrantyExpirationDate = warrantyExpirationDate, LifeExpectancyMonths = lifeExpectancyMonths, PurchaseCost = purchaseCost,
            ReplacementCost = replacementCost, SalvageValue = salvageValue, DowntimeCostPerHour = downtimeCostPerHour, InServiceAt = inServiceAt, TheoreticalCapacity = theoreticalCapacity, CapacityUnit = capacityUnit,
            Condition = condition ?? AssetCondition.Working,
        };
        if (warrantyNoticeDays is { } days) asset.WarrantyNoticeDays = days;
        asset.StandAt(await db.FindOptional<Location>(locationId, cancel));
        asset.RunIn(await db.FindOptional<Process>(processId, cancel));
        asset.QrCode = await db.LabelOf(asset, null, qrCode, generateQrCode, remove: false, cancel);
        db.Assets.Add(asset);
        await db.SetAssetTypes(asset, assetTypeIds ?? [], cancel);
        await db.SetTechnicians(asset, technicianIds ?? [], cancel);
        await db.SetParts(asset, partIds ?? [], cancel);
        await db.SetVendors(asset, vendorIds ?? [], cancel);
        await db.SaveChangesAsync(cancel);
        return asset;
    }

    /// <summary>Changes what is known about an asset; its status changes by changeAssetStatus alone.</summary>
    /// <param name="version">The version that was read: the change is refused if the asset has changed since.</param>
    /// <param name="parentId">What it is a part of; null: nothing, it moves to the top.</param>
    /// <param name="processId">The step of production that it belongs to.</param>
    /// <param name="generateQrCode">Give it a new code for its label.</param>
    /// <param name="removeQrCode">Take its code away.</param>
    [Error<NotFound, Duplicate, TreeCycle, Conflict>]
    public static async Task<Asset> UpdateAsset(
        [ID<Asset>] long id, int? version, Optional<string> name, Optional<string?> code, Optional<string?> description, Optional<string?> model,
        Optional<string?> manufacturer, Optional<string?> serialNumber, Optional<DateOnly?> purchaseDate, Optional<DateOnly?> warrantyExpirationDate,
        Optional<int> warrantyNoticeDays, Optional<int?> lifeExpectancyMonths, Optional<Money?> purchaseCost, Optional<Money?> replacementCost,
        Optional<Money?> salvageValue, Optional<Money?> downtimeCostPerHour, Optional<Instant?> inServiceAt,
        Optional<Quantity?> theoreticalCapacity, Optional<string?> capacityUnit, Optional<AssetCondition> condition,
        Optional<string?> qrCode, [ID<Location>] Optional<long?> locationId, [ID<Process>] Optional<long?> processId, [ID<Asset>] Optional<long?> parentId,
        [ID<AssetType>] Optional<IReadOnlyList<long>> assetTypeIds, [ID<User>] Optional<IReadOnlyList<long>> technicianIds,
        [ID<Part>] Optional<IReadOnlyList<long>> partIds, [ID<Vendor>] Optional<IReadOnlyList<long>> vendorIds,
        CmmsDb db, CancellationToken cancel, bool generateQrCode = false, bool removeQrCode = false)
    {
        if (name.IsSet || parentId.IsSet) await db.FindInTree<Asset>(id, cancel);
        var asset = await db.FindVersion<Asset>(id, version, cancel);
        if (name.IsSet || parentId.IsSet) await db.Move(asset, name.Or(asset.Name), parentId.Or(asset.ParentId), cancel);
        asset.Code = code.Or(asset.Code);
        asset.Description = description.Or(asset.Description);
        asset.Model = model.Or(asset.Model);
        asset.Manufacturer = manufacturer.Or(asset.Manufacturer);
        asset.SerialNumber = serialNumber.Or(asset.SerialNumber);
        asset.PurchaseDate = purchaseDate.Or(asset.PurchaseDate);
        asset.WarrantyExpirationDate = warrantyExpirationDate.Or(asset.WarrantyExpirationDate);
        asset.WarrantyNoticeDays = warrantyNoticeDays.Or(asset.WarrantyNoticeDays);
        asset.LifeExpectancyMonths = lifeExpectancyMonths.Or(asset.LifeExpectancyMonths);
        asset.PurchaseCost = purchaseCost.Or(asset.PurchaseCost);
        asset.ReplacementCost = replacementCost.Or(asset.ReplacementCost);
        asset.SalvageValue = salvageValue.Or(asset.SalvageValue);
        asset.DowntimeCostPerHour = downtimeCostPerHour.Or(asset.DowntimeCostPerHour);
        asset.InServiceAt = inServiceAt.Or(asset.InServiceAt);
        asset.TheoreticalCapacity = theoreticalCapacity.Or(asset.TheoreticalCapacity);
        asset.CapacityUnit = capacityUnit.Or(asset.CapacityUnit);
        asset.Condition = condition.Or(asset.Condition);
        asset.QrCode = await db.LabelOf(asset, asset.QrCode, qrCode.Or(asset.QrCode), generateQrCode, removeQrCode, cancel);
        if (locationId.IsSet) asset.StandAt(await db.FindOptional<Location>(locationId.Value, cancel));
        if (processId.IsSet) asset.RunIn(await db.FindOptional<Process>(processId.Value, cancel, nameof(processId)));
        if (assetTypeIds.IsSet) await db.SetAssetTypes(asset, assetTypeIds.Value ?? [], cancel);
        if (technicianIds.IsSet) await db.SetTechnicians(asset, technicianIds.Value ?? [], cancel);
        if (partIds.IsSet) await db.SetParts(asset, partIds.Value ?? [], cancel);
        if (vendorIds.IsSet) await db.SetVendors(asset, vendorIds.Value ?? [], cancel);
        await db.SaveChangesAsync(cancel);
        return asset;
    }

    /// <summary>Puts an asset away: kept for its history, offered for nothing new.</summary>
    /// <param name="children">What becomes of its own parts.</param>
    [Error<NotFound, InUse>]
    public static async Task<Asset> ArchiveAsset(
        [ID<Asset>] long id, CmmsDb db, CancellationToken cancel, ChildrenOnArchive children = ChildrenOnArchive.Refuse)
    {
        var asset = await db.FindInTree<Asset>(id, cancel);
        await db.Archive(asset, children, cancel);
        await db.SaveChangesAsync(cancel);
        return asset;
    }

    /// <summary>Takes an archived asset up again; what was archived below it stays so until it is asked for.</summary>
    [Error<NotFound>]
    public static async Task<Asset> RestoreAsset([ID<Asset>] long id, CmmsDb db, CancellationToken cancel)
    {
        var asset = await db.FindInTree<Asset>(id, cancel);
        await db.Restore(asset, cancel);
        await db.SaveChangesAsync(cancel);
        return asset;
    }
}
