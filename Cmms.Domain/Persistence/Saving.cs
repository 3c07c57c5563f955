using Cmms.Domain.Events;
using Cmms.Domain.Organization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Cmms.Domain.Persistence;

/// <summary>One save: what it stamps and refuses before, and what it puts on record after, when new rows have their ids.</summary>
internal sealed class Saving
{
    private readonly List<SavedEntity> _saved = [];

    private Saving() { }

    /// <summary>Nothing was changed, and nothing happened.</summary>
    public bool IsEmpty { get; private set; } = true;

    /// <summary>The context has detected its changes.</summary>
    public static async Task<Saving> PrepareAsync(CmmsDb db, CancellationToken cancel)
    {
        var saving = new Saving();
        var entries = db.ChangeTracker.Entries().ToList();
        var links = SavedLinks.Of(entries);
        await SavedLinks.AddGoneAsync(db, links, entries, cancel);
        foreach (var entry in entries)
        {
            var changed = entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted;
            if (changed)
            {
                saving.IsEmpty = false;
                ScopeGuard.Check(db, entry);
            }
            if (entry.Entity is not Entity entity) continue;
            var linked = links.GetValueOrDefault(entity) ?? [];
            if (!changed && linked.Count == 0 && entity.Raised.Count == 0) continue;
            saving.IsEmpty = false;
            if (!changed && linked.Count > 0) ScopeGuard.Check(db, entry);
            var saved = new SavedEntity(entry, entity, linked);
            Stamp(entry, entity, db.Change, saved.IsNews);
            Fold(entry);
            saving._saved.Add(saved);
        }
        return saving;
    }

    public IEnumerable<EventDraft> Drafts() => _saved.SelectMany(saved => saved.Drafts()).ToList();

    private static void Stamp(EntityEntry entry, Entity entity, Change change, bool isNews)
    {
        if (entry.State is EntityState.Added)
        {
            entity.Version = 1;
            (entity.CreatedAt, entity.CreatedBy, entity.UpdatedAt, entity.UpdatedBy) = (change.At, change.By, change.At, change.By);
        }
        else if (entry.State is EntityState.Modified or EntityState.Unchanged && isNews)
        {
            entry.Property(nameof(Entity.Version)).CurrentValue = (int)entry.Property(nameof(Entity.Version)).OriginalValue! + 1;
            entry.Property(nameof(Entity.UpdatedAt)).CurrentValue = change.At;
            entry.Property(nameof(Entity.UpdatedBy)).CurrentValue = change.By;
        }
    }

    private static void Fold(EntityEntry entry)
    {
        if (entry.State is not (EntityState.Added or EntityState.Modified)) return;
        foreach (var (property, folded) in LoggedType.Of(entry.Metadata).Folded)
            entry.Property(folded).CurrentValue = entry.CurrentValues[property] is string text ? Text.Fold(text) : null;
    }
}

/// <summary>The second layer of isolation: no row outside the scope is written, whoever tracked it.</summary>
internal static class ScopeGuard
{
    public static void Check(CmmsDb db, EntityEntry entry)
    {
        var type = entry.Metadata;
        if (type.FindAnnotation(Annotations.WrittenBySql) is not null) throw new InvalidOperationException($"{type.DisplayName()} is written by SQL only.");
        var scope = db.Scope;
        var inside = SchemaConventions.IsSiteOwned(type)
            ? scope.SiteId is { } site && Is(nameof(SiteEntity.SiteId), site) && (type.FindProperty(nameof(CustomerEntity.CustomerId)) is null || Is(nameof(CustomerEntity.CustomerId), scope.CustomerId!.Value))
            : scope.IsSystem
                || (entry.Entity is Customer ? entry.State is not EntityState.Added && Is(nameof(Entity.Id), scope.CustomerId!.Value)
                : type.FindProperty(nameof(CustomerEntity.CustomerId)) is not null && Is(nameof(CustomerEntity.CustomerId), scope.CustomerId!.Value)
                    && (entry.Entity is not UserRole role || scope.Knows(role.SiteId)) && (entry.Entity is not Site about || scope.Knows(about.Id)));
        if (!inside) throw new ScopeViolation($"{type.DisplayName()} is outside the scope {scope}.");

        bool Is(string name, long owner) =>
            entry.Property(name) is var property && owner.Equals(property.CurrentValue) && (entry.State is EntityState.Added || owner.Equals(property.OriginalValue));
    }
}

/// <summary>A programmer's mistake: something tried to write what another site or customer owns. It never reaches a client.</summary>
public sealed class ScopeViolation(string message) : InvalidOperationException(message);
