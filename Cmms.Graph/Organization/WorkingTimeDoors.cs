using Cmms.Domain;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Planning;
using Cmms.Graph.Access;
using Engines.GraphQL.Binding;
using Engines.GraphQL.Data;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Graph.Organization;

[QueryType]
internal static class WorkingTimeQueries
{
    /// <summary>When the site works.</summary>
    [Authorize(Permission.ViewOrganization)]
    public static async Task<SiteCalendar> GetWorkCalendar(CmmsDb db, CancellationToken cancel) => new(
        await db.WorkingHours.OrderBy(h => h.Weekday).ThenBy(h => h.From).ToListAsync(cancel),
        await db.NonWorkingDates.OrderBy(d => d.Date).ToListAsync(cancel));
}

[MutationType, Authorize(Permission.ManagePlanning)]
internal static class WorkingTimeMutations
{
    /// <summary>Replaces the working hours of the site. Without any, it works every day.</summary>
    /// <param name="hours">The hours of each weekday; a weekday may have several, one without any is no working day.</param>
    [Payload("workCalendar")]
    public static async Task<SiteCalendar> SetWorkingHours(IReadOnlyList<WorkingHoursInput> hours, CmmsDb db, CancellationToken cancel)
    {
        await db.SetWorkingHours([.. hours.Select(h => new WorkingSpan(h.Weekday, h.From, h.To))], cancel);
        await db.SaveChangesAsync(cancel);
        return await WorkingTimeQueries.GetWorkCalendar(db, cancel);
    }

    /// <summary>Adds a day on which the site does not work.</summary>
    /// <param name="reason">Why, such as the name of the holiday.</param>
    [Payload("nonWorkingDay"), Error<Duplicate>]
    public static async Task<NonWorkingDate> AddNonWorkingDay(DateOnly date, string reason, CmmsDb db, CancellationToken cancel)
    {
        var day = new NonWorkingDate(date, reason);
        db.NonWorkingDates.Add(day);
        await db.SaveChangesAsync(cancel);
        return day;
    }

    /// <summary>Makes a day a working day again; the answer shows what it was.</summary>
    [Payload("nonWorkingDay"), Error<NotFound>]
    public static async Task<NonWorkingDate> RemoveNonWorkingDay(DateOnly date, CmmsDb db, CancellationToken cancel)
    {
        var day = await db.NonWorkingDates.SingleOrDefaultAsync(d => d.Date == date, cancel) ?? throw new NotFound("Non-working day", nameof(date));
        db.Remove(day);
        await db.SaveChangesAsync(cancel);
        return day;
    }
}

/// <summary>A stretch of working time on a weekday.</summary>
/// <param name="Weekday">ISO: 1 is Monday, 7 is Sunday.</param>
/// <param name="From">When work begins, local time.</param>
/// <param name="To">When it ends; the same as or before its beginning: on the next day.</param>
internal sealed record WorkingHoursInput(int Weekday, TimeOnly From, TimeOnly To);

/// <summary>When a site works.</summary>
/// <param name="WorkingHours">By weekday and time; none: it works every day.</param>
/// <param name="NonWorkingDays">Days without work, whatever the weekday says, in order.</param>
internal sealed record SiteCalendar(IReadOnlyList<WorkingHours> WorkingHours, IReadOnlyList<NonWorkingDate> NonWorkingDays);

/// <summary>When a site works.</summary>
[ObjectType<SiteCalendar>(Name = "WorkCalendar")]
internal static class SiteCalendarFields;

/// <summary>The hours of a weekday in which a site works.</summary>
[ObjectType<WorkingHours>, Authorize(Permission.ViewOrganization), OrderBy(nameof(WorkingHours.Weekday))]
internal static class WorkingHoursFields;

/// <summary>A day on which a site does not work.</summary>
[ObjectType<NonWorkingDate>(Name = "NonWorkingDate"), Authorize(Permission.ViewOrganization), OrderBy(nameof(NonWorkingDate.Date))]
internal static class NonWorkingDateFields;
