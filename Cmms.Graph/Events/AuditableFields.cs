using Cmms.Domain;
using Cmms.Domain.Events;
using Cmms.Domain.Persistence;
using Cmms.Graph.Live;
using Engines.GraphQL;
using Engines.GraphQL.Binding;
using Engines.GraphQL.Data;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Graph.Events;

/// <summary>Anything with a history: who made it and changed it, when, and every event of it.</summary>
[InterfaceType<Entity>(Name = "Auditable")]
internal static class AuditableFields
{
    /// <summary>Who made it.</summary>
    [GraphQLType("Actor!")]
    public static Task<IReadOnlyList<object>> CreatedBy(IReadOnlyList<Entity> entities, CmmsDb db, CancellationToken cancel) =>
        Actors.Of([.. entities.Select(e => e.CreatedBy)], db, cancel);

    /// <summary>Who changed it last.</summary>
    [GraphQLType("Actor!")]
    public static Task<IReadOnlyList<object>> UpdatedBy(IReadOnlyList<Entity> entities, CmmsDb db, CancellationToken cancel) =>
        Actors.Of([.. entities.Select(e => e.UpdatedBy)], db, cancel);

    /// <summary>What happened to it, newest first.</summary>
    /// <param name="first">How many events of each, 1 to 100.</param>
    /// <param name="after">Only those older than the one with this cursor.</param>
    [ConnectionOf<Event>, Cost(1, AssumedSize = 20)]
    public static async Task<IReadOnlyList<Connection>> Events(IReadOnlyList<Entity> entities, CmmsDb db, CancellationToken cancel, int first = 20, string? after = null)
    {
        if (first is < 1 or > 100) throw new GraphQLException("'first' must be from 1 to 100.", ErrorCodes.BadUserInput);
        var customer = db.Scope.CustomerId ?? 0;
        var before = after is null ? long.MaxValue : EventCursor.Decode(after, customer);
        var subjects = entities.Select(e => new { Type = e.GetType().Name, e.Id }).ToList();
        var (types, ids) = (subjects.Select(s => s.Type).Distinct().ToList(), subjects.Select(s => s.Id).Distinct().ToList());
        // The newest of each subject, in one statement: the inner query walks the index of the subject.
        var events = (await db.Events
            .Where(e => types.Contains(e.SubjectType) && ids.Contains(e.SubjectId) && e.Position < before
                && db.Events.Count(later => later.SubjectType == e.SubjectType && later.SubjectId == e.SubjectId && later.Position < before && later.Position > e.Position) <= first)
            .OrderByDescending(e => e.Position).ToListAsync(cancel)).ToLookup(e => (e.SubjectType, e.SubjectId));
        return
        [
            .. subjects.Select(subject =>
            {
                var own = events[(subject.Type, subject.Id)].ToList();
                var edges = own.Take(first).Select(e => new Edge(e, EventCursor.Encode(e.CustomerId, e.Position))).ToList();
                return new Connection(edges, hasNextPage: own.Count > first, hasPreviousPage: after is not null, totalCount: own.Count);
            }),
        ];
    }
}
