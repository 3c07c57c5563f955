using Cmms.Domain;
using Cmms.Domain.Events;
using Cmms.Domain.Organization;
using Engines.GraphQL.Binding;

namespace Cmms.Graph.Events;

/// <summary>Which events are meant. All conditions given must hold.</summary>
internal sealed record EventFilter
{
    /// <summary>Every one of these must hold; an empty list holds.</summary>
    public IReadOnlyList<EventFilter>? And { get; init; }

    /// <summary>At least one of these must hold; an empty list is no condition.</summary>
    public IReadOnlyList<EventFilter>? Or { get; init; }

    /// <summary>What happened, such as WorkOrderStarted.</summary>
    public EventTextFilter? Type { get; init; }

    /// <summary>The type of what it happened to, such as WorkOrder.</summary>
    public EventTextFilter? SubjectType { get; init; }

    /// <summary>What it happened to.</summary>
    public EventSubjectFilter? SubjectId { get; init; }

    /// <summary>Who did it.</summary>
    public EventActorFilter? Actor { get; init; }

    /// <summary>When it happened.</summary>
    public EventMomentFilter? OccurredAt { get; init; }

    /// <summary>The request, or the run of a policy, that it was part of.</summary>
    public EventTextFilter? RequestId { get; init; }

    /// <summary>Why it was done.</summary>
    public EventReasonFilter? Reason { get; init; }

    /// <summary>The event that led to it.</summary>
    public EventCauseFilter? Cause { get; init; }
}

/// <summary>Conditions on a text, letter by letter. All that are given must hold.</summary>
/// <param name="Eq">Equal.</param>
/// <param name="Neq">Not equal; also where there is none.</param>
/// <param name="In">One of these; an empty list never holds.</param>
/// <param name="Nin">None of these; also where there is none.</param>
internal sealed record EventTextFilter(string? Eq = null, string? Neq = null, IReadOnlyList<string>? In = null, IReadOnlyList<string>? Nin = null);

/// <summary>Conditions on an object by its id. All that are given must hold.</summary>
/// <param name="Eq">This object.</param>
/// <param name="In">One of these; an empty list never holds.</param>
internal sealed record EventSubjectFilter([property: ID] GlobalId? Eq = null, [property: ID] IReadOnlyList<GlobalId>? In = null);

/// <summary>Conditions on who did something. All that are given must hold.</summary>
/// <param name="User">This person, by whatever key.</param>
/// <param name="ApiKey">With this key.</param>
/// <param name="Policy">The policy with this key, such as low-stock-reorder.</param>
/// <param name="System">Whether it was the system itself.</param>
internal sealed record EventActorFilter([property: ID<User>] long? User = null, [property: ID<ApiKey>] long? ApiKey = null, string? Policy = null, bool? System = null);

/// <summary>Conditions on a moment. All that are given must hold.</summary>
/// <param name="Gt">Later.</param>
/// <param name="Gte">At this moment or later.</param>
/// <param name="Lt">Earlier.</param>
/// <param name="Lte">At this moment or earlier.</param>
internal sealed record EventMomentFilter(Instant? Gt = null, Instant? Gte = null, Instant? Lt = null, Instant? Lte = null);

/// <summary>Conditions on a reason. All that are given must hold.</summary>
/// <param name="Contains">It has this text in it, whatever the case and accents.</param>
/// <param name="StartsWith">It starts with this text, whatever the case and accents.</param>
/// <param name="Given">Whether there is a reason at all.</param>
internal sealed record EventReasonFilter(string? Contains = null, string? StartsWith = null, bool? Given = null);

/// <summary>Conditions on what led to an event. All that are given must hold.</summary>
/// <param name="Eq">This event.</param>
/// <param name="In">One of these; an empty list never holds.</param>
internal sealed record EventCauseFilter([property: ID<Event>] long? Eq = null, [property: ID<Event>] IReadOnlyList<long>? In = null);
