using Cmms.Domain.Inventory;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;

namespace Cmms.Domain.Assets;

/// <summary>Replaces what an asset is linked to. What it had is loaded first: a list that is replaced unseen would only grow.</summary>
public static class AssetLinks
{
    /// <exception cref="NotFound"/>
    /// <exception cref="InvalidValue">Somebody cannot be assigned.</exception>
    public static async Task SetTechnicians(this CmmsDb db, Asset asset, IReadOnlyCollection<long> technicianIds, CancellationToken cancel)
    {
        await db.Entry(asset).Collection(a => a.Technicians).LoadAsync(cancel);
        asset.Assign(await db.FindAll<User>(technicianIds, cancel));
    }

    /// <exception cref="NotFound"/>
    public static async Task SetAssetTypes(this CmmsDb db, Asset asset, IReadOnlyCollection<long> assetTypeIds, CancellationToken cancel)
    {
        await db.Entry(asset).Collection(a => a.AssetTypes).LoadAsync(cancel);
        asset.Classify(await db.FindAll<AssetType>(assetTypeIds, cancel));
    }

    /// <exception cref="NotFound"/>
    public static async Task SetParts(this CmmsDb db, Asset asset, IReadOnlyCollection<long> partIds, CancellationToken cancel)
    {
        await db.Entry(asset).Collection(a => a.Parts).LoadAsync(cancel);
        asset.Fit(await db.FindAll<Part>(partIds, cancel));
    }

    /// <exception cref="NotFound"/>
    public static async Task SetVendors(this CmmsDb db, Asset asset, IReadOnlyCollection<long> vendorIds, CancellationToken cancel)
    {
        await db.Entry(asset).Collection(a => a.Vendors).LoadAsync(cancel);
        asset.SupplyFrom(await db.FindAll<Vendor>(vendorIds, cancel));
    }
}
