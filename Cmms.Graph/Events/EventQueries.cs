using Cmms.Domain.Events;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Graph.Access;
using Cmms.Graph.Live;
using Engines.GraphQL;
using Engines.GraphQL.Binding;
using Engines.GraphQL.Data;
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
    /// <param name="first">At most so many: 1 to 100.</param>
    /// <param name="after">Only those older than the one with this cursor.</param>
    [Authorize(Permission.ViewEvents), ConnectionOf<Event>, Cost(1, AssumedSize = 50)]
    public static async Task<Connection> Events(
        IReadOnlyList<string>? types, [ID] GlobalId? subjectId, Domain.Instant? from, Domain.Instant? to, CmmsDb db, SiteCaller caller, CancellationToken cancel,
        int first = 50, string? after = null)
    {
        if (first is < 1 or > 100) throw new GraphQLException("'first' must be from 1 to 100.", ErrorCodes.BadUserInput);
        var events = db.Events.AsQueryable();
        if (types is not null) events = events.Where(e => types.Contains(e.Type));
        if (subjectId is { } id)
        {
            var (type, key) = (id.Type, id.Number);
            events = events.Where(e => e.SubjectType == type && e.SubjectId == key);
        }
        if (from is { } start) events = events.Where(e => e.At >= start);
        if (to is { } end) events = events.Where(e => e.At < end);
        var total = await events.CountAsync(cancel);
        if (after is not null)
        {
            var before = EventCursor.Decode(after, caller.CustomerId);
            events = events.Where(e => e.Position < before);
        }
        var page = await events.OrderByDescending(e => e.Position).Take(first + 1).ToListAsync(cancel);
        return new Connection([.. page.Take(first).Select(e => new Edge(e, EventCursor.Encode(e.CustomerId, e.Position)))], page.Count > first, after is not null, total);
    }
}
