using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Assets;

public static class AssetTypes
{
    /// <summary>Removes a type that no asset has.</summary>
    /// <exception cref="InUse"/>
    public static async Task RemoveUnused(this CmmsDb db, AssetType type, CancellationToken cancel)
    {
        var uses = await db.Assets.CountAsync(a => a.AssetTypes.Any(t => t.Id == type.Id), cancel);
        if (uses > 0) throw new InUse($"Asset type {type.Name}", uses);
        db.Remove(type);
    }
}
