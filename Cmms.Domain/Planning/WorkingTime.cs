using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Planning;

/// <summary>The hours of a weekday in which a site works. A site that has none works every day.</summary>
public sealed class WorkingHours : SiteEntity
{
    private WorkingHours() { } // EF Core

    /// <param name="weekday">ISO: 1 is Monday, 7 is Sunday.</param>
    /// <param name="to">The same as or before <paramref name="from"/>: on the next day.</param>
    public WorkingHours(int weekday, TimeOnly from, TimeOnly to) => (Weekday, From, To) = (Check.Between(weekday, 1, 7), from, to);

    /// <summary>ISO: 1 is Monday, 7 is Sunday.</summary>
    public int Weekday { get; private set; }

    /// <summary>When work begins, by the clock of the site.</summary>
    public TimeOnly From { get; private set; }

    /// <summary>When work ends, by the clock of the site.</summary>
    public TimeOnly To { get; private set; }
}

/// <summary>A day on which a site does not work.</summary>
public sealed class NonWorkingDate : SiteEntity
{
    private NonWorkingDate() { } // EF Core

    public NonWorkingDate(DateOnly date, string reason)
    {
        (Date, Reason) = (Check.Day(date), Check.Text(reason, 400));
        Because(Reason);
    }

    /// <summary>The day on which nobody works.</summary>
    public DateOnly Date { get; private set; }

    /// <summary>Why, such as the name of the holiday.</summary>
    public string Reason { get; private set; } = "";
}

public static class WorkCalendars
{
    /// <summary>The working days of the site.</summary>
    public static async Task<WorkCalendar> WorkCalendar(this CmmsDb db, CancellationToken cancel)
    {
        var weekdays = await db.WorkingHours.Select(h => h.Weekday).Distinct().ToListAsync(cancel);
        var dates = await db.NonWorkingDates.Select(d => d.Date).ToListAsync(cancel);
        return weekdays.Count == 0 && dates.Count == 0 ? Planning.WorkCalendar.EveryDay : new WorkCalendar(weekdays.Count == 0 ? null : weekdays, dates);
    }
}
