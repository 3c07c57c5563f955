using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Assets;

/// <summary>What is above and below in a tree, for many at once: a statement a level, never one a node.</summary>
public static class TreeReading
{
    /// <summary>A node and all below it: what a filter by location means.</summary>
    public static async Task<IReadOnlyList<long>> WithDescendants<T>(this CmmsDb db, long id, CancellationToken cancel) where T : TreeNode
    {
        List<long> all = [id], level = [id];
        while (level.Count > 0)
        {
            var parents = level;
            level = await db.Set<T>().Where(n => n.ParentId != null && parents.Contains(n.ParentId.Value)).Select(n => n.Id).ToListAsync(cancel);
            all.AddRange(level);
        }
        return all;
    }

    /// <summary>
    /// For each asset what stands in its way although its own status says nothing of it: the assets above it that are not operational, the nearest first, then
    /// those below it, level by level. Derived, never stored: the child of a machine that stands still is not broken itself, nor is the machine whose child is.
    /// </summary>
    public static async Task<Dictionary<long, IReadOnlyList<Asset>>> ImpactedBy(this CmmsDb db, IReadOnlyCollection<long> assetIds, CancellationToken cancel)
    {
        // What stands still is little, and has few above it: so both ways are found by climbing.
        var still = await db.Assets.AsNoTracking().Where(a => a.Status != AssetStatus.Operational && !a.IsArchived && a.ParentId != null)
            .OrderBy(a => a.Depth).ThenBy(a => a.Name).ThenBy(a => a.Id).ToListAsync(cancel);
        var known = still.ToDictionary(a => a.Id);
        List<long> wanted = [.. assetIds.Concat(still.Select(a => a.ParentId!.Value)).Where(id => !known.ContainsKey(id)).Distinct()];
        while (wanted.Count > 0)
        {
            var ids = wanted;
            foreach (var asset in await db.Assets.AsNoTracking().Where(a => ids.Contains(a.Id)).ToListAsync(cancel)) known[asset.Id] = asset;
            wanted = [.. ids.Select(id => known.GetValueOrDefault(id)?.ParentId).OfType<long>().Where(id => !known.ContainsKey(id)).Distinct()];
        }
        var below = still.SelectMany(a => Above(a.Id), (asset, above) => (asset, above)).ToLookup(pair => pair.above.Id, pair => pair.asset);
        return assetIds.Distinct().ToDictionary(id => id, id => (IReadOnlyList<Asset>)[.. Above(id).Where(a => !a.IsOperational), .. below[id]]);

        IEnumerable<Asset> Above(long id)
        {
            for (var at = known.GetValueOrDefault(id); at?.ParentId is { } parent && known.TryGetValue(parent, out at);) yield return at;
        }
    }
}
