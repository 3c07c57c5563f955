using Cmms.Domain.Events;
using Cmms.Domain.Organization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Cmms.Domain.Persistence;

/// <summary>An entity of a save, with what it was before; afterwards its events.</summary>
internal sealed class SavedEntity
{
    private readonly EntityEntry _entry;
    private readonly Entity _entity;
    private readonly EntityState _state;
    private readonly LoggedType _type;
    private readonly IReadOnlyList<LinkChange> _links;
    private readonly DomainEvent[] _raised;
    private readonly string? _why;
    private readonly List<(LoggedField Field, object? Before)> _fields = [];

    public SavedEntity(EntityEntry entry, Entity entity, IReadOnlyList<LinkChange> links)
    {
        (_entry, _entity, _state, _type, _links, _raised, _why) = (entry, entity, entry.State, LoggedType.Of(entry.Metadata), links, [.. entity.Raised], entity.Why);
        entity.ClearRaised();
        if (_state is EntityState.Unchanged) return;
        foreach (var field in _type.Fields)
        {
            var value = entry.Property(field.Property);
            if (_state is EntityState.Added) _fields.Add((field, null));
            else if (_state is EntityState.Deleted) _fields.Add((field, value.OriginalValue));
            else if (value.IsModified && !field.Property.GetValueComparer().Equals(value.OriginalValue, value.CurrentValue)) _fields.Add((field, value.OriginalValue));
        }
    }

    /// <summary>Whether it deserves a new version: a change of what is not logged does not.</summary>
    public bool IsNews => _links.Count > 0 || _fields.Count > 0 || !_type.IsLogged;

    /// <summary>It is created first and deleted last, whatever else happens to it. The changes stand once, with what tells of them first.</summary>
    public IEnumerable<EventDraft> Drafts()
    {
        var isEnd = _state is EntityState.Added or EntityState.Deleted;
        var logged = _type.IsLogged && (_fields.Count > 0 || _links.Count > 0 || isEnd);
        if (_raised.Length == 0 && !logged) yield break;
        var changes = ChangesJson.Of([.. _fields.Select(Change).Where(change => change.Before is not null || change.After is not null), .. _links.Select(link => link.Saved())]);
        var plain = logged && (isEnd || _raised.Length == 0);
        if (plain && _state is not EntityState.Deleted) yield return Draft(_type.Name + Verb, _why, changes);
        foreach (var (i, raised) in _raised.Index())
            yield return Draft(raised.Type, raised.Reason ?? _why, i == 0 && !plain ? changes : "{}");
        if (plain && _state is EntityState.Deleted) yield return Draft(_type.Name + Verb, _why, changes);
    }

    private string Verb => _state switch { EntityState.Added => EventTypes.Created, EntityState.Deleted => EventTypes.Deleted, _ => EventTypes.Changed };

    /// <summary>The site whose own it is: a site's log tells of the site itself and of the roles on it, not of those of its neighbours.</summary>
    private long? Site => _entity switch
    {
        SiteEntity row => row.SiteId,
        Site site => site.Id,
        UserRole role => role.SiteId,
        _ => null,
    };

    private FieldChange Change((LoggedField Field, object? Before) change) =>
        new(change.Field.Name, change.Before, _state is EntityState.Deleted ? null : _entry.CurrentValues[change.Field.Property]);

    private EventDraft Draft(string type, string? reason, string changes) =>
        new(_entity is Customer ? _entity.Id : ((CustomerEntity)_entity).CustomerId, Site, type, _type.Name, _entity.Id, reason, changes);
}
