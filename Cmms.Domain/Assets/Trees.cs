using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Assets;

/// <summary>What becomes of the children when their parent is archived; it must be said.</summary>
public enum ChildrenOnArchive
{
    /// <summary>There must be none.</summary>
    Refuse,
    /// <summary>The whole subtree is archived.</summary>
    Archive,
    /// <summary>They move to the parent of what is archived.</summary>
    MoveUp,
}

/// <summary>
/// Moves within a tree. Whoever reads or changes places in a site's tree holds that tree first, until the transaction ends: two moves that
/// are each harmless would close a cycle together, and a child born during a move would keep the old path.
/// </summary>
public static class Trees
{
    /// <summary>Finds a node whose name, place or archival is about to change.</summary>
    /// <exception cref="NotFound"/>
    public static async Task<T> FindInTree<T>(this CmmsDb db, long id, CancellationToken cancel) where T : TreeNode
    {
        await db.Hold<T>(cancel);
        return await db.Find<T>(id, cancel);
    }

    /// <summary>Finds the parent for something new; null for the top.</summary>
    /// <exception cref="NotFound"/>
    /// <exception cref="InvalidValue">It is archived.</exception>
    public static async Task<T?> FindParent<T>(this CmmsDb db, long? parentId, CancellationToken cancel) where T : TreeNode
    {
        if (parentId is not { } id) return null;
        await db.Hold<T>(cancel);
        var parent = await db.Find<T>(id, cancel, nameof(parentId));
        return parent.IsArchived ? throw new InvalidValue(nameof(parentId), "is archived") : parent;
    }

    /// <summary>Gives a node another name, another parent or both, and its descendants the paths that follow.</summary>
    /// <exception cref="TreeCycle"/>
    /// <exception cref="InvalidValue">Too deep, or below an archived parent.</exception>
    public static async Task Move<T>(this CmmsDb db, T node, string name, long? parentId, CancellationToken cancel) where T : TreeNode
    {
        await db.Hold<T>(cancel);
        var below = await db.Descendants(node, cancel);
        if (parentId is { } id && (id == node.Id || below.Exists(n => n.Id == id))) throw new TreeCycle(node.Name);
        var parent = parentId == node.ParentId && parentId is not null
            ? await db.Find<T>(parentId.Value, cancel, nameof(parentId))
            : await db.FindParent<T>(parentId, cancel);
        node.Place(name, parent);
        PlaceAll(node, below);
    }

    /// <exception cref="InUse">It has children and the choice is to refuse.</exception>
    public static async Task Archive<T>(this CmmsDb db, T node, ChildrenOnArchive children, CancellationToken cancel) where T : TreeNode
    {
        await db.Hold<T>(cancel);
        var below = await db.Descendants(node, cancel);
        var living = below.Where(n => !n.IsArchived).ToList();
        switch (children)
        {
            case ChildrenOnArchive.Archive:
                living.ForEach(n => n.Archive(db.Now));
                break;
            case ChildrenOnArchive.MoveUp:
                var parent = node.ParentId is { } id ? await db.Find<T>(id, cancel, "parentId") : null;
                foreach (var child in below.Where(n => n.ParentId == node.Id).ToList())
                {
                    child.Place(child.Name, parent);
                    PlaceAll(child, below);
                }
                break;
            default:
                if (living.Count > 0) throw new InUse(node.Name, living.Count);
                break;
        }
        node.Archive(db.Now);
    }

    /// <summary>Brings one node back; what was archived below it stays so until it is asked for.</summary>
    /// <exception cref="InvalidValue">Its parent is archived.</exception>
    public static async Task Restore<T>(this CmmsDb db, T node, CancellationToken cancel) where T : TreeNode
    {
        await db.FindParent<T>(node.ParentId, cancel);
        node.Restore();
    }

    /// <summary>Everything below a node, level by level: at most <see cref="TreeNode.Deepest"/> statements whatever its size.</summary>
    private static async Task<List<T>> Descendants<T>(this CmmsDb db, T node, CancellationToken cancel) where T : TreeNode
    {
        var all = new List<T>();
        var level = new List<long> { node.Id };
        while (level.Count > 0)
        {
            var parents = level;
            var children = await db.Set<T>().Where(n => n.ParentId != null && parents.Contains(n.ParentId.Value)).OrderBy(n => n.Id).ToListAsync(cancel);
            all.AddRange(children);
            level = [.. children.Select(c => c.Id)];
        }
        return all;
    }

    /// <summary>Parents come before children in <paramref name="below"/>, so one pass is enough.</summary>
    private static void PlaceAll<T>(T top, List<T> below) where T : TreeNode
    {
        var placed = new Dictionary<long, T> { [top.Id] = top };
        foreach (var node in below)
        {
            if (node.ParentId is not { } id || !placed.TryGetValue(id, out var parent)) continue;
            node.Place(node.Name, parent);
            placed[node.Id] = node;
        }
    }

    /// <summary>A counter's row is the lock: its update holds it to the end of the transaction, on both databases alike.</summary>
    private static Task<long> Hold<T>(this CmmsDb db, CancellationToken cancel) where T : TreeNode =>
        db.NextNumber($"tree of {typeof(T).Name}", cancel);
}
