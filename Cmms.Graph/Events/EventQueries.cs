using System.Text.Json;
using Cmms.Domain.Events;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Graph.Access;
using Engines.GraphQL;
using Engines.GraphQL.Binding;
using Engines.GraphQL.Data;
using Engines.GraphQL.Execution;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Graph.Events;

[QueryType]
internal static class EventQueries
{
    /// <summary>The audit trail of the site, newest first: who, when, what, before and after.</summary>
    /// <param name="types">Only events of these types, such as WorkOrderStarted.</param>
    /// <param name="subjectId">Only what happened to this object.</param>
    /// <param name="from">Only from this moment on.</param>
    /// <param name="to">Only before this moment.</param>
    /// <param name="where">Only what meets these conditions.</param>
    /// <param name="first">At most so many, the newest: 1 to 100, 50 unless said.</param>
    /// <param name="after">Only those older than the one with this cursor.</param>
    /// <param name="last">At most so many, the oldest: 1 to 100.</param>
    /// <param name="before">Only those newer than the one with this cursor.</param>
    [Authorize(Permission.ViewEvents), ConnectionOf<Event>, Cost(1, AssumedSize = 50)]
    public static async Task<Connection> Events(
        IReadOnlyList<string>? types, [ID] GlobalId? subjectId, Domain.Instant? from, Domain.Instant? to, EventFilter? where,
        int? first, string? after, int? last, string? before, CmmsDb db, SiteCaller caller, BatchContext field)
    {
        EventPage page = new(caller.CustomerId, 50, first, after, last, before);
        var events = db.Events.AsQueryable();
        if (types is not null) events = events.Where(e => types.Contains(e.Type));
        if (subjectId is { } id)
        {
            var (type, key) = (id.Type, id.Number);
            events = events.Where(e => e.SubjectType == type && e.SubjectId == key);
        }
        if (from is { } start) events = events.Where(e => e.At >= start);
        if (to is { } end) events = events.Where(e => e.At < end);
        if (where is not null) events = events.Where(await EventConditions.Of(where, db, field.Cancel));
        var total = field.Selection.Selects("totalCount") ? await events.CountAsync(field.Cancel) : 0;
        var (older, newer) = (page.OlderThan, page.NewerThan);
        events = events.Where(e => e.Position < older && e.Position > newer);
        events = page.Backward ? events.OrderBy(e => e.Position) : events.OrderByDescending(e => e.Position);
        return page.Of(await events.Take(page.Size + 1).ToListAsync(field.Cancel), total);
    }

    /// <summary>
    /// An object's fields as they were at a moment, deleted objects too; references are ids. Null before it was created, after it was deleted, and where there is none for
    /// this caller. Earlier than events are kept: CURSOR_EXPIRED, with the oldest moment that can be asked for.
    /// </summary>
    /// <param name="id">Of any object whose changes are events.</param>
    /// <param name="at">What happened at this very moment has happened.</param>
    [Authorize(Permission.ViewEvents), Cost(10)]
    public static async Task<JsonElement?> StateAt([ID] GlobalId id, DateTimeOffset at, CmmsDb db, SiteCaller caller, [Service] EventValues values, CancellationToken cancel)
    {
        if (!LoggedType.All(db.Model).TryGetValue(id.Type, out var type)) throw new GraphQLException($"id: {id.Type} objects have no changes that are events.", ErrorCodes.BadUserInput);
        var whole = await db.Customers.Where(c => c.Id == caller.CustomerId).Select(c => c.EventsKeptSince).SingleAsync(cancel);
        var moment = Domain.Instant.From(at);
        if (moment < whole)
        {
            throw new GraphQLException(new GraphQLError("Events of so long ago are no longer kept.", "CURSOR_EXPIRED",
                Extensions: new Dictionary<string, object?> { ["oldest"] = whole.ToString() }));
        }
        return await db.StateAt(type, id.Number, moment, cancel) is { } fields ? values.Of(type.Name, fields, caller) : null;
    }
}
