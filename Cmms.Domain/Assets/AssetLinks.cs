using System.Linq.Expressions;
using Cmms.Domain.Inventory;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Assets;

/// <summary>Replaces what an asset is linked to. What it had is loaded first: a list that is replaced unseen would only grow.</summary>
public static class AssetLinks
{
    /// <exception cref="NotFound"/>
    /// <exception cref="InvalidValue">Somebody cannot be assigned.</exception>
    public static async Task SetTechnicians(this CmmsDb db, Asset asset, IReadOnlyCollection<long> technicianIds, CancellationToken cancel)
    {
        await db.Known(asset, a => a.Technicians, cancel);
        asset.Assign(await db.FindAll<User>(technicianIds, cancel));
    }

    /// <exception cref="NotFound"/>
    public static async Task SetAssetTypes(this CmmsDb db, Asset asset, IReadOnlyCollection<long> assetTypeIds, CancellationToken cancel)
    {
        await db.Known(asset, a => a.AssetTypes, cancel);
        asset.Classify(await db.FindAll<AssetType>(assetTypeIds, cancel));
    }

    /// <exception cref="NotFound"/>
    public static async Task SetParts(this CmmsDb db, Asset asset, IReadOnlyCollection<long> partIds, CancellationToken cancel)
    {
        await db.Known(asset, a => a.Parts, cancel);
        asset.Fit(await db.FindAll<Part>(partIds, cancel));
    }

    /// <exception cref="NotFound"/>
    public static async Task SetVendors(this CmmsDb db, Asset asset, IReadOnlyCollection<long> vendorIds, CancellationToken cancel)
    {
        await db.Known(asset, a => a.Vendors, cancel);
        asset.SupplyFrom(await db.FindAll<Vendor>(vendorIds, cancel));
    }

    /// <summary>A new asset has nothing to load.</summary>
    private static Task Known<T>(this CmmsDb db, Asset asset, Expression<Func<Asset, IEnumerable<T>>> links, CancellationToken cancel) where T : class =>
        db.Entry(asset) is { State: not EntityState.Added } entry ? entry.Collection(links).LoadAsync(cancel) : Task.CompletedTask;
}
