using Cmms.Domain.Assets;
using Cmms.Domain.Inventory;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Graph.Access;
using Engines.GraphQL.Binding;
using Engines.GraphQL.Data;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Graph.Assets;

[QueryType, Authorize(Permission.ViewMachines)]
internal static class AssetQueries
{
    /// <summary>What is maintained on the site, by name.</summary>
    /// <param name="includeArchived">Also those that were put away.</param>
    [UsePaging, UseFiltering, UseSorting]
    public static IQueryable<Asset> Assets(CmmsDb db, bool includeArchived = false) =>
        includeArchived ? db.Assets : db.Assets.Where(a => !a.IsArchived);

    /// <summary>One asset, by its id or its code; null when there is none.</summary>
    /// <param name="code">Its code, instead of the id.</param>
    [UseFirstOrDefault]
    public static IQueryable<Asset> GetAsset([ID<Asset>] long? id, string? code, CmmsDb db)
    {
        OneOf.Require(("id", id), ("code", code));
        return id is { } key ? db.Assets.Where(a => a.Id == key) : db.Assets.Where(a => a.Code == code);
    }

    /// <summary>Places of the site, by name.</summary>
    /// <param name="includeArchived">Also those that were put away.</param>
    [UsePaging, UseFiltering, UseSorting]
    public static IQueryable<Location> Locations(CmmsDb db, bool includeArchived = false) =>
        includeArchived ? db.Locations : db.Locations.Where(l => !l.IsArchived);

    /// <summary>One place; null when there is none.</summary>
    [UseFirstOrDefault]
    public static IQueryable<Location> GetLocation([ID<Location>] long id, CmmsDb db) => db.Locations.Where(l => l.Id == id);

    /// <summary>What assets are sorted into, by name.</summary>
    [UsePaging, UseFiltering, UseSorting]
    public static IQueryable<AssetType> AssetTypes(CmmsDb db) => db.AssetTypes;

    /// <summary>When assets of the site stood still, the latest first (seed 001: paros).</summary>
    [UsePaging, UseFiltering, UseSorting]
    public static IQueryable<Downtime> Downtimes(CmmsDb db) => db.Downtimes;

    /// <summary>One downtime; null when there is none.</summary>
    [UseFirstOrDefault]
    public static IQueryable<Downtime> GetDowntime([ID<Downtime>] long id, CmmsDb db) => db.Downtimes.Where(d => d.Id == id);

    /// <summary>What the label with this code is on: an asset, a location or a part of the site; null when it is on none (seed 003).</summary>
    /// <param name="qrCode">As it was scanned.</param>
    [GraphQLType("Scannable")]
    public static async Task<object?> Scan(string qrCode, CmmsDb db, CancellationToken cancel)
    {
        var code = qrCode.Trim();
        if (await db.Assets.FirstOrDefaultAsync(a => a.QrCode == code, cancel) is { } asset) return asset;
        if (await db.Locations.FirstOrDefaultAsync(l => l.QrCode == code, cancel) is { } location) return location;
        return await db.Parts.FirstOrDefaultAsync(p => p.QrCode == code, cancel);
    }

    /// <summary>The assets that new maintenance work can be planned for, by name, whatever their status (seed 000: the assets wizard).</summary>
    /// <param name="locationId">Only what stands there, or anywhere below it.</param>
    /// <param name="assetTypeId">Only what is of this type.</param>
    [UsePaging(MaxPageSize = 200), UseFiltering, UseSorting]
    public static async Task<IQueryable<Asset>> EligibleAssets(
        [ID<Location>] long? locationId, [ID<AssetType>] long? assetTypeId, CmmsDb db, CancellationToken cancel)
    {
        var assets = db.Assets.Where(a => !a.IsArchived);
        if (assetTypeId is { } type) assets = assets.Where(a => a.AssetTypes.Any(t => t.Id == type));
        if (locationId is not { } top) return assets;
        var places = await db.WithDescendants<Location>(top, cancel);
        return assets.Where(a => a.LocationId != null && places.Contains(a.LocationId.Value));
    }
}

/// <summary>What a label can be on.</summary>
[UnionType(typeof(Asset), typeof(Location), typeof(Part))]
internal static class Scannable;
