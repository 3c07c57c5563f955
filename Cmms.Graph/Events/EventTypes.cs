using System.Text.Json;
using Cmms.Domain.Events;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Graph.Access;
using Cmms.Graph.Live;
using Engines.GraphQL.Binding;
using Engines.GraphQL.Execution;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Graph.Events;

/// <summary>One entry of the event log: what happened, to what, by whom, when and why. It never changes.</summary>
[ObjectType<Event>(Node = true), Hide(nameof(Event.CustomerId), nameof(Event.Position), nameof(Event.SiteId), nameof(Event.SubjectId), nameof(Event.CausePosition), nameof(Event.Changes), nameof(Event.Actor), nameof(Event.ByKey), nameof(Event.ReasonFolded))]
[Rename(nameof(Event.At), "occurredAt")]
internal static class EventFields
{
    /// <summary>Its place in the log, as subscriptions take it for 'after'.</summary>
    public static string Cursor([Parent] Event happened) => EventCursor.Encode(happened.CustomerId, happened.Position);

    /// <summary>What it happened to, as it is now; null once it is gone, or where it is not the caller's to see.</summary>
    [GraphQLType("Node")]
    public static Task<IReadOnlyList<object?>> Subject(IReadOnlyList<Event> events, CmmsDb db, SiteCaller caller, CancellationToken cancel) => Subjects.Of([.. events], db, caller, cancel);

    /// <summary>The id of what was deleted by it, for stateAt; null for any other event, which has its subject.</summary>
    [GraphQLType("ID")]
    public static string? DeletedSubjectId([Parent] Event happened) =>
        happened.Type == happened.SubjectType + EventTypes.Deleted ? EventValues.Id(happened.SubjectType, happened.SubjectId) : null;

    /// <summary>Who did it.</summary>
    [GraphQLType("Actor!")]
    public static Task<IReadOnlyList<object>> Actor(IReadOnlyList<Event> events, CmmsDb db, CancellationToken cancel) =>
        Actors.Of([.. events.Select(e => e.Actor)], db, cancel);

    /// <summary>The API key with which a person did it; null for their own session, a policy, or the system, and where it is not the caller's to see.</summary>
    public static async Task<IReadOnlyList<ApiKey?>> ApiKey(IReadOnlyList<Event> events, CmmsDb db, SiteCaller caller, CancellationToken cancel)
    {
        var ids = events.Select(e => e.ByKey).OfType<long>().Distinct().ToList();
        var keys = ids.Count == 0 ? [] : await db.ApiKeys.VisibleTo(caller).Where(k => ids.Contains(k.Id)).ToDictionaryAsync(k => k.Id, cancel);
        return [.. events.Select(e => e.ByKey is { } id ? keys.GetValueOrDefault(id) : null)];
    }

    /// <summary>
    /// The event that led to it: for what a policy did, its decision; for that, what called for it, if anything did. Null where it happened to
    /// something that is not the caller's to see.
    /// </summary>
    public static async Task<IReadOnlyList<Event?>> Cause(IReadOnlyList<Event> events, CmmsDb db, BatchContext field, CancellationToken cancel)
    {
        var positions = events.Select(e => e.CausePosition).OfType<long>().Distinct().ToList();
        var causes = positions.Count == 0 ? [] : await db.Events.Where(e => positions.Contains(e.Position)).ToDictionaryAsync(e => e.Position, cancel);
        foreach (var unseen in causes.Values.Where(e => !Subjects.MaySee(e, field.Request)).ToList()) causes.Remove(unseen.Position);
        return [.. events.Select(e => e.CausePosition is { } position ? causes.GetValueOrDefault(position) : null)];
    }

    /// <summary>The fields that changed, with what they were and became; references are ids.</summary>
    public static IReadOnlyList<IReadOnlyList<FieldDifference>> Changes(IReadOnlyList<Event> events, SiteCaller caller, [Service] EventValues values) => [.. events.Select(e => values.Changes(e, caller))];

    /// <summary>The fields that changed, as they were.</summary>
    public static IReadOnlyList<JsonElement> Before(IReadOnlyList<Event> events, SiteCaller caller, [Service] EventValues values) => [.. events.Select(e => values.Side(e, 0, caller))];

    /// <summary>The fields that changed, as they became.</summary>
    public static IReadOnlyList<JsonElement> After(IReadOnlyList<Event> events, SiteCaller caller, [Service] EventValues values) => [.. events.Select(e => values.Side(e, 1, caller))];

    /// <summary>Events by their ids, for those who may read the log.</summary>
    internal static async Task<Dictionary<long, Event>> ByIds(IReadOnlyList<long> ids, CmmsDb db, SiteCaller caller, CancellationToken cancel) =>
        !caller.May(Permission.ViewEvents) ? [] : await db.Events.Where(e => ids.Contains(e.Position)).ToDictionaryAsync(e => e.Position, cancel);
}

/// <summary>A field that changed.</summary>
/// <param name="Field">Its name in the schema.</param>
/// <param name="Before">What it was; null for nothing.</param>
/// <param name="After">What it became; null for nothing.</param>
internal sealed record FieldDifference(string Field, JsonElement? Before, JsonElement? After);

/// <summary>A field that changed, with what it was and became.</summary>
[ObjectType<FieldDifference>]
internal static class FieldDifferenceFields;
