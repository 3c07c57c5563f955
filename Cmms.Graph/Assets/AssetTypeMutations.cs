using Cmms.Domain;
using Cmms.Domain.Assets;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Graph.Access;
using Engines.GraphQL.Binding;

namespace Cmms.Graph.Assets;

[MutationType, Authorize(Permission.ManageAssets)]
internal static class AssetTypeMutations
{
    /// <summary>Adds a type that assets can be of.</summary>
    [Error<Duplicate>]
    public static async Task<AssetType> CreateAssetType(string name, string? description, CmmsDb db, CancellationToken cancel)
    {
        var type = new AssetType(name, description);
        db.AssetTypes.Add(type);
        await db.SaveChangesAsync(cancel);
        return type;
    }

    /// <summary>Renames or describes a type.</summary>
    /// <param name="version">The version that was read: the change is refused if the type has changed since.</param>
    [Error<NotFound, Duplicate, Conflict>]
    public static async Task<AssetType> UpdateAssetType(
        [ID<AssetType>] long id, int? version, Optional<string> name, Optional<string?> description, CmmsDb db, CancellationToken cancel)
    {
        var type = await db.FindVersion<AssetType>(id, version, cancel);
        type.Name = name.Or(type.Name);
        type.Description = description.Or(type.Description);
        await db.SaveChangesAsync(cancel);
        return type;
    }

    /// <summary>Removes a type that no asset is of; the answer shows it as it was.</summary>
    [Error<NotFound, InUse>]
    public static async Task<AssetType> DeleteAssetType([ID<AssetType>] long id, CmmsDb db, CancellationToken cancel)
    {
        var type = await db.Find<AssetType>(id, cancel);
        await db.RemoveUnused(type, cancel);
        await db.SaveChangesAsync(cancel);
        return type;
    }
}
