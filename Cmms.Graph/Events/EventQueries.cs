using Cmms.Domain.Events;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Graph.Access;
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
    /// <param name="first">At most so many, the newest: 1 to 100, 50 unless said.</param>
    /// <param name="after">Only those older than the one with this cursor.</param>
    /// <param name="last">At most so many, the oldest: 1 to 100.</param>
    /// <param name="before">Only those newer than the one with this cursor.</param>
    [Authorize(Permission.ViewEvents), ConnectionOf<Event>, Cost(1, AssumedSize = 50)]
    public static async Task<Connection> Events(
        IReadOnlyList<string>? types, [ID] GlobalId? subjectId, Domain.Instant? from, Domain.Instant? to, int? first, string? after, int? last, string? before,
        CmmsDb db, SiteCaller caller, BatchContext field)
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
        var total = field.Selection.Selects("totalCount") ? await events.CountAsync(field.Cancel) : 0;
        var (older, newer) = (page.OlderThan, page.NewerThan);
        events = events.Where(e => e.Position < older && e.Position > newer);
        events = page.Backward ? events.OrderBy(e => e.Position) : events.OrderByDescending(e => e.Position);
        return page.Of(await events.Take(page.Size + 1).ToListAsync(field.Cancel), total);
    }
}
