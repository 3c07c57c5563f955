using Cmms.Domain.Events;
using Cmms.Domain.Organization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Cmms.Domain.Persistence;

/// <summary>An entity of a save, with what it was before; afterwards its events.</summary>
internal sealed class SavedEntity
{
    private static readonly HashSet<string> s_audit =
    [
        nameof(Entity.Id), nameof(Entity.Version), nameof(Entity.CreatedAt), nameof(Entity.CreatedBy), nameof(Entity.UpdatedAt), nameof(Entity.UpdatedBy),
        nameof(CustomerEntity.CustomerId),
    ];

    private readonly EntityEntry _entry;
    private readonly Entity _entity;
    private readonly EntityState _state;
    private readonly IReadOnlyList<LinkChange> _links;
    private readonly DomainEvent[] _raised;
    private readonly List<(IProperty Property, object? Before)> _fields = [];

    public SavedEntity(EntityEntry entry, Entity entity, IReadOnlyList<LinkChange> links)
    {
        (_entry, _entity, _state, _links, _raised) = (entry, entity, entry.State, links, [.. entity.Raised]);
        entity.ClearRaised();
        if (_state is EntityState.Unchanged || entry.Metadata.FindAnnotation(Annotations.Unlogged) is not null) return;
        foreach (var property in entry.Metadata.GetProperties())
        {
            if (!IsLogged(property)) continue;
            var value = entry.Property(property);
            if (_state is EntityState.Added) _fields.Add((property, null));
            else if (_state is EntityState.Deleted) _fields.Add((property, value.OriginalValue));
            else if (value.IsModified && !property.GetValueComparer().Equals(value.OriginalValue, value.CurrentValue)) _fields.Add((property, value.OriginalValue));
        }
    }

    /// <summary>Whether it deserves a new version: a change of what is not logged does not.</summary>
    public bool IsNews => _links.Count > 0 || _fields.Count > 0 || _entry.Metadata.FindAnnotation(Annotations.Unlogged) is not null;

    public IEnumerable<EventDraft> Drafts()
    {
        var logged = _fields.Count > 0 || _links.Count > 0 || (_state is EntityState.Added or EntityState.Deleted && _entry.Metadata.FindAnnotation(Annotations.Unlogged) is null);
        if (_raised.Length == 0 && !logged) yield break;
        var changes = ChangesJson.Of([.. _fields.Select(Change).Where(change => change.Before is not null || change.After is not null), .. _links.Select(link => link.Saved())]);
        if (_raised.Length == 0) yield return Draft(Type + Verb, null, changes);
        foreach (var (i, raised) in _raised.Index())
            yield return Draft(raised.Type, raised.Reason, i == 0 ? changes : "{}"); // the changes stand once, with what happened first
    }

    private string Type => _entry.Metadata.ClrType.Name;
    private string Verb => _state switch { EntityState.Added => "Created", EntityState.Deleted => "Deleted", _ => "Changed" };

    private FieldChange Change((IProperty Property, object? Before) field) =>
        new(Name(field.Property), field.Before, _state is EntityState.Deleted ? null : _entry.CurrentValues[field.Property]);

    private EventDraft Draft(string type, string? reason, string changes) =>
        new(_entity is Customer ? _entity.Id : ((CustomerEntity)_entity).CustomerId, SiteOf(_entity), type, Type, _entity.Id, reason, changes);

    /// <summary>Whose history it is: also a site itself, and the roles on it, are nothing that other sites are told of.</summary>
    private static long? SiteOf(Entity entity) => entity switch
    {
        SiteEntity owned => owned.SiteId,
        Site site => site.Id,
        UserRole role => role.SiteId,
        _ => null,
    };

    private static bool IsLogged(IProperty property) =>
        !s_audit.Contains(property.Name)
        && !(property.Name == nameof(SiteEntity.SiteId) && typeof(SiteEntity).IsAssignableFrom(property.DeclaringType.ClrType))
        && !property.IsShadowProperty()
        && property.FindAnnotation(Annotations.Secret) is null
        && property.FindAnnotation(Annotations.Unlogged) is null;

    /// <summary>A key goes by its navigation, which is what the schema shows.</summary>
    private static string Name(IProperty property) => Words.Camel(
        property.GetContainingForeignKeys().Select(key => key.DependentToPrincipal?.Name).FirstOrDefault(name => name is not null) ?? property.Name);
}
