using Cmms.Domain;
using Cmms.Domain.Events;
using Cmms.Domain.Persistence;
using Engines.GraphQL.Binding;
using Engines.GraphQL.Data;
using Engines.GraphQL.Execution;
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
    /// <param name="first">At most so many of each, the newest: 1 to 100, 20 unless said.</param>
    /// <param name="after">Only those older than the one with this cursor.</param>
    /// <param name="last">At most so many of each, the oldest: 1 to 100.</param>
    /// <param name="before">Only those newer than the one with this cursor.</param>
    [ConnectionOf<Event>, Cost(1, AssumedSize = 20)]
    public static async Task<IReadOnlyList<Connection>> Events(
        IReadOnlyList<Entity> entities, int? first, string? after, int? last, string? before, CmmsDb db, BatchContext field)
    {
        EventPage page = new(db.Scope.CustomerId ?? 0, 20, first, after, last, before);
        var subjects = entities.Select(e => new { Type = e.GetType().Name, e.Id }).ToList();
        var (types, ids) = (subjects.Select(s => s.Type).Distinct().ToList(), subjects.Select(s => s.Id).Distinct().ToList());
        var all = db.Events.Where(e => types.Contains(e.SubjectType) && ids.Contains(e.SubjectId));
        var totals = !field.Selection.Selects("totalCount") ? [] : await all.GroupBy(e => new { Type = e.SubjectType, Id = e.SubjectId })
            .ToDictionaryAsync(g => g.Key, g => g.Count(), field.Cancel);
        var (older, newer, size) = (page.OlderThan, page.NewerThan, page.Size);
        var within = db.Events.Where(e => e.Position < older && e.Position > newer);
        // Those at the page's end of each subject, in one statement: the inner query walks the index of the subject.
        var rows = page.Backward
            ? all.Where(e => e.Position < older && e.Position > newer
                && within.Count(o => o.SubjectType == e.SubjectType && o.SubjectId == e.SubjectId && o.Position < e.Position) <= size).OrderBy(e => e.Position)
            : all.Where(e => e.Position < older && e.Position > newer
                && within.Count(o => o.SubjectType == e.SubjectType && o.SubjectId == e.SubjectId && o.Position > e.Position) <= size).OrderByDescending(e => e.Position);
        var events = (await rows.ToListAsync(field.Cancel)).ToLookup(e => new { Type = e.SubjectType, Id = e.SubjectId });
        return [.. subjects.Select(subject => page.Of(events[subject], totals.GetValueOrDefault(subject)))];
    }
}
