using Cmms.Domain;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Planning;
using Cmms.Graph.Access;
using Engines.GraphQL;
using Engines.GraphQL.Binding;
using Engines.GraphQL.Data;

namespace Cmms.Graph.Planning;

[QueryType]
internal static class PlanningQueries
{
    /// <summary>Preventive maintenance of the site, by title.</summary>
    /// <param name="includeDeleted">Also those that were taken out of sight.</param>
    [Authorize(Permission.ViewPlanning)]
    [UsePaging, UseFiltering, UseSorting, UseSearch(nameof(PmSchedule.Code), nameof(PmSchedule.Title)), OrderBy(nameof(PmSchedule.Title))]
    public static IQueryable<PmSchedule> PmSchedules(CmmsDb db, bool includeDeleted = false) =>
        includeDeleted ? db.PmSchedules : db.PmSchedules.Where(s => s.ArchivedAt == null);

    /// <summary>One schedule, by its id or its code; null when there is none.</summary>
    /// <param name="code">Its code, instead of the id.</param>
    [Authorize(Permission.ViewPlanning)]
    [UseFirstOrDefault]
    public static IQueryable<PmSchedule> GetPmSchedule([ID<PmSchedule>] long? id, string? code, CmmsDb db)
    {
        OneOf.Require(("id", id), ("code", code));
        return id is { } key ? db.PmSchedules.Where(s => s.Id == key) : db.PmSchedules.Where(s => s.Code == code);
    }

    /// <summary>The dates of a recurrence in the site's time zone and calendar, before anything is made of it.</summary>
    /// <param name="recurrence">When it comes round.</param>
    /// <param name="from">From which day on; none: from its start.</param>
    /// <param name="count">How many, 1 to 366.</param>
    [Authorize(Permission.ViewPlanning)]
    public static async Task<IReadOnlyList<PmDate>> PreviewOccurrences(RecurrenceInput recurrence, DateOnly? from, CmmsDb db, CancellationToken cancel, int count = 10)
    {
        if (count is < 1 or > 366) throw new GraphQLException("'count' must be from 1 to 366.", ErrorCodes.BadUserInput);
        try
        {
            PmSeries series = new(PmKind.Persistent, CatchUp.Coalesce, recurrence.ToRecurrence(), await db.SiteZone(cancel), await db.WorkCalendar(cancel));
            return [.. series.Occurrences(from ?? recurrence.StartDate).Take(count).Select(o => PmDate.Projected(o, null))];
        }
        catch (DomainError error) when (error is InvalidRecurrence or EndBeforeStart)
        {
            throw new GraphQLException(error.Message, ErrorCodes.BadUserInput);
        }
    }
}
