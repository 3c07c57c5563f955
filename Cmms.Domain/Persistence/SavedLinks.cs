using Cmms.Domain.Events;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Cmms.Domain.Persistence;

/// <summary>The changed many-to-many links of a save, as changes of the entities that declare them: <c>technicians: [[1, 2], [2, 3]]</c>.</summary>
internal static class SavedLinks
{
    public static Dictionary<Entity, List<FieldChange>> Of(CmmsDb db)
    {
        var changes = new Dictionary<Entity, List<FieldChange>>(ReferenceEqualityComparer.Instance);
        var links = db.ChangeTracker.Entries().Where(entry => entry.Metadata.HasSharedClrType).ToLookup(entry => entry.Metadata);
        foreach (var table in links.Where(table => table.Any(link => link.State is EntityState.Added or EntityState.Deleted)))
        {
            if (Declared(table.Key) is not { } navigation) continue;
            var (mine, theirs) = (navigation.ForeignKey.Properties[^1], navigation.Inverse.ForeignKey.Properties[^1]);
            foreach (var owner in db.ChangeTracker.Entries().Where(entry => entry.Metadata == navigation.DeclaringEntityType && entry.Entity is Entity))
            {
                var own = table.Where(link => Equals(link.CurrentValues[mine], owner.CurrentValues[nameof(Entity.Id)])).ToList();
                if (own.TrueForAll(link => link.State is EntityState.Unchanged)) continue;
                var entity = (Entity)owner.Entity;
                if (!changes.TryGetValue(entity, out var list)) changes[entity] = list = [];
                list.Add(new FieldChange(Words.Camel(navigation.Name), Ids(own, EntityState.Deleted), Ids(own, EntityState.Added)));
            }

            long[] Ids(List<EntityEntry> own, EntityState orElse) =>
                [.. own.Where(link => link.State is EntityState.Unchanged || link.State == orElse).Select(link => (long)link.CurrentValues[theirs]!).Order()];
        }
        return changes;
    }

    /// <summary>Of the two ends, the one whose key comes first in the table's: that which the mapping declares.</summary>
    private static ISkipNavigation? Declared(IEntityType table) => table.Model.GetEntityTypes()
        .SelectMany(type => type.GetDeclaredSkipNavigations())
        .FirstOrDefault(navigation => navigation.JoinEntityType == table && navigation.ForeignKey.Properties[^1] == table.FindPrimaryKey()!.Properties[1]);
}
