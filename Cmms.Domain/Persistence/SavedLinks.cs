using Cmms.Domain.Events;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Cmms.Domain.Persistence;

/// <summary>The changed many-to-many links of a save, as changes of the entities that declare them: <c>technicians: [[1, 2], [2, 3]]</c>.</summary>
internal static class SavedLinks
{
    public static Dictionary<Entity, List<LinkChange>> Of(IReadOnlyList<EntityEntry> entries)
    {
        var changes = new Dictionary<Entity, List<LinkChange>>(ReferenceEqualityComparer.Instance);
        var links = entries.Where(entry => entry.Metadata.HasSharedClrType).ToLookup(entry => entry.Metadata);
        foreach (var table in links.Where(table => table.Any(link => link.State is EntityState.Added or EntityState.Deleted)))
        {
            if (Declared(table.Key) is not { } declared) continue;
            var byOwner = table.ToLookup(link => (long)link.CurrentValues[declared.Mine]!);
            foreach (var owner in entries.Where(entry => entry.Metadata == declared.Navigation.DeclaringEntityType && entry.State is not EntityState.Deleted))
            {
                var own = byOwner[(long)owner.CurrentValues[nameof(Entity.Id)]!];
                if (own.All(link => link.State is EntityState.Unchanged)) continue;
                Add(changes, (Entity)owner.Entity, new LinkChange(declared.Name, declared.Theirs,
                    LinkChange.Ids(own.Where(link => link.State is EntityState.Unchanged or EntityState.Deleted), declared.Theirs),
                    [.. own.Where(link => link.State is EntityState.Unchanged or EntityState.Added)]));
            }
        }
        return changes;
    }

    /// <summary>The links of what is about to be deleted: the database takes them away with it, whether or not anybody has read them.</summary>
    public static async Task AddGoneAsync(CmmsDb db, Dictionary<Entity, List<LinkChange>> changes, IReadOnlyList<EntityEntry> entries, CancellationToken cancel)
    {
        foreach (var gone in entries)
        {
            if (gone is not { State: EntityState.Deleted, Entity: Entity entity }) continue;
            foreach (var link in LoggedType.Of(gone.Metadata).Links)
                if (await link.IdsAsync(db, entity.Id, cancel) is { Length: > 0 } ids) Add(changes, entity, new LinkChange(link.Name, link.Theirs, ids, []));
        }
    }

    private static LoggedLink? Declared(IEntityType table) => table.GetForeignKeys()
        .SelectMany(key => key.GetReferencingSkipNavigations())
        .SelectMany(navigation => LoggedType.Of(navigation.DeclaringEntityType).Links)
        .FirstOrDefault(link => link.Navigation.JoinEntityType == table);

    private static void Add(Dictionary<Entity, List<LinkChange>> changes, Entity entity, LinkChange change)
    {
        if (!changes.TryGetValue(entity, out var list)) changes[entity] = list = [];
        list.Add(change);
    }
}

/// <summary>What an entity was linked with before a save, and the links that it has after: the ids of new ones are known only then.</summary>
internal sealed record LinkChange(string Field, IProperty Key, long[] Before, IReadOnlyList<EntityEntry> After)
{
    public FieldChange Saved() => new(Field, Before, Ids(After, Key));

    public static long[] Ids(IEnumerable<EntityEntry> links, IProperty key) => [.. links.Select(link => (long)link.CurrentValues[key]!).Order()];
}
