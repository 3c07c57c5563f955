using Cmms.Domain.Events;

namespace Cmms.Domain;

/// <summary>Anything with an identity and a history. Saving stamps the audit fields and raises the version by one.</summary>
public abstract class Entity
{
    private List<DomainEvent>? _raised;
    private string? _why;

    /// <summary>Given by the database on the first save.</summary>
    public long Id { get; private set; }

    /// <summary>Counts the saves, from 1. Given back in an update, it makes that a compare-and-set.</summary>
    public int Version { get; internal set; }

    /// <summary>When it was made.</summary>
    public Instant CreatedAt { get; internal set; }

    /// <summary>When it was last changed.</summary>
    public Instant UpdatedAt { get; internal set; }

    public Actor CreatedBy { get; internal set; } = Actor.System;
    public Actor UpdatedBy { get; internal set; } = Actor.System;

    /// <summary>What happened to it since it was loaded; saving writes it to the event log.</summary>
    internal IReadOnlyList<DomainEvent> Raised => _raised ?? [];

    /// <summary>Why it is changed, for events that have no reason of their own.</summary>
    internal string? Why => _why;

    internal void ClearRaised() => (_raised, _why) = (null, null);

    /// <summary>Gives the reason of the change that is about to be saved, where it raises nothing that carries it.</summary>
    protected void Because(string? reason) => _why = reason ?? _why;

    /// <summary>Puts on record what happened, beyond the change of fields that saving records by itself.</summary>
    protected void Raise(string type, string? reason = null) => (_raised ??= []).Add(new DomainEvent(type, reason));
}

/// <summary>Belongs to a customer, across its sites.</summary>
public abstract class CustomerEntity : Entity
{
    public long CustomerId { get; internal set; }
}

/// <summary>Belongs to one site; nothing of another site may refer to it.</summary>
public abstract class SiteEntity : CustomerEntity
{
    public long SiteId { get; internal set; }
}
