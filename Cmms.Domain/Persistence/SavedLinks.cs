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
            if (Declared(table.Key) is not { } navigation) continue;
            var (mine, theirs) = (navigation.ForeignKey.Properties[^1], navigation.Inverse.ForeignKey.Properties[^1]);
            var byOwner = table.ToLookup(link => (long)link.CurrentValues[mine]!);
            foreach (var owner in entries.Where(entry => entry.Metadata == navigation.DeclaringEntityType && entry.Entity is Entity))
            {
                var own = byOwner[(long)owner.CurrentValues[nameof(Entity.Id)]!];
                if (own.All(link => link.State is EntityState.Unchanged)) continue;
                var entity = (Entity)owner.Entity;
                if (!changes.TryGetValue(entity, out var list)) changes[entity] = list = [];
                list.Add(new LinkChange(Words.Camel(navigation.Name), theirs,
                    LinkChange.Ids(own.Where(link => link.State is EntityState.Unchanged or EntityState.Deleted), theirs),
                    [.. own.Where(link => link.State is EntityState.Unchanged or EntityState.Added)]));
            }
        }
        return changes;
    }

    /// <summary>Of the two ends, the one whose key comes first in the table's: that which the mapping declares.</summary>
    private static ISkipNavigation? Declared(IEntityType table) => table.GetForeignKeys()
        .SelectMany(key => key.GetReferencingSkipNavigations())
        .FirstOrDefault(navigation => navigation.ForeignKey.Properties[^1] == table.FindPrimaryKey()!.Properties[1]);
}

/// <summary>What an entity was linked with before a save, and the links that it has after: the ids of new ones are known only then.</summary>
internal sealed record LinkChange(string Field, IProperty Key, long[] Before, IReadOnlyList<EntityEntry> After)
{
    public FieldChange Saved() => new(Field, Before, Ids(After, Key));

    public static long[] Ids(IEnumerable<EntityEntry> links, IProperty key) => [.. links.Select(link => (long)link.CurrentValues[key]!).Order()];
}
