using Cmms.Domain;
using Cmms.Domain.Planning;

namespace Cmms.Graph.Planning;

/// <summary>When something comes round again.</summary>
/// <param name="Frequency">The unit that the interval counts.</param>
/// <param name="StartDate">The first day on which it may fall. Every date is counted from here.</param>
/// <param name="Interval">Every how many units; none: every one. With months given, it counts before they choose.</param>
/// <param name="Weekdays">ISO weekdays: 1 is Monday, 7 is Sunday. Systems that count from 0 for Monday (seed 004) add one.</param>
/// <param name="WeekdayOrdinals">Which of those weekdays in a month: 1 to 5, or -1 for the last.</param>
/// <param name="MonthDays">Days of the month, 1 to 31. Where they are given, weekdays are ignored.</param>
/// <param name="Months">Only in these months, 1 to 12.</param>
/// <param name="MonthDayOverflow">What becomes of a day that a month does not have.</param>
/// <param name="NonWorkingDay">What becomes of a date on a day on which the site does not work.</param>
/// <param name="EndDate">The last day on which it may fall.</param>
/// <param name="TimeOfDay">Local time in the zone of the site.</param>
internal sealed record RecurrenceInput(
    RecurrenceFrequency Frequency, DateOnly StartDate, int? Interval = null, IReadOnlyList<int>? Weekdays = null, IReadOnlyList<int>? WeekdayOrdinals = null,
    IReadOnlyList<int>? MonthDays = null, IReadOnlyList<int>? Months = null, MonthDayOverflow MonthDayOverflow = MonthDayOverflow.Clamp,
    NonWorkingDay NonWorkingDay = NonWorkingDay.Keep, DateOnly? EndDate = null, TimeOnly TimeOfDay = default)
{
    /// <param name="field">The input that it stands in.</param>
    /// <exception cref="InvalidRecurrence"/>
    /// <exception cref="EndBeforeStart"/>
    public Recurrence ToRecurrence(string field = "recurrence")
    {
        Check.Day(StartDate, $"{field}.startDate");
        Check.Day(EndDate, $"{field}.endDate");
        EndBeforeStart.Check(StartDate, EndDate, $"{field}.endDate");
        try
        {
            return new Recurrence(Frequency, StartDate, Interval, Weekdays, WeekdayOrdinals, MonthDays, Months, MonthDayOverflow, NonWorkingDay, EndDate, TimeOfDay);
        }
        catch (InvalidRecurrence error)
        {
            throw error.Within(field);
        }
    }
}
