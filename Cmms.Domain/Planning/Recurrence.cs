namespace Cmms.Domain.Planning;

/// <summary>The unit that the interval of a recurrence counts.</summary>
public enum RecurrenceFrequency
{
    /// <summary>Days.</summary>
    Day,
    /// <summary>Weeks, from Monday.</summary>
    Week,
    /// <summary>Calendar months.</summary>
    Month,
    /// <summary>Calendar years.</summary>
    Year,
}

/// <summary>What becomes of a day that a month does not have: its last day instead, or no date in that month.</summary>
public enum MonthDayOverflow
{
    /// <summary>The last day of that month instead.</summary>
    Clamp,
    /// <summary>No date in that month.</summary>
    Skip,
}

/// <summary>What becomes of a date on a non-working day. Only the day of execution moves; the series does not.</summary>
public enum NonWorkingDay
{
    /// <summary>The work is done all the same.</summary>
    Keep,
    /// <summary>It is done on the next working day.</summary>
    NextWorking,
    /// <summary>It is done on the working day before.</summary>
    PreviousWorking,
    /// <summary>It is not done this time.</summary>
    Skip,
}

/// <summary>
/// When something comes round again. Every date is computed from the start date, never from the date before, so that 31 January leads to
/// 28 February and then to 31 March.
/// </summary>
/// <remarks>
/// DAY and WEEK: weekdays and months filter the dates; a week without weekdays repeats that of the start, and weeks count from the ISO week
/// of the start. MONTH: the month days, else the weekdays (all, or by ordinal, -1 the last), else the day of the start. YEAR: the same in
/// each of the months, by default that of the start. Where month days are given, weekdays are ignored.
/// </remarks>
public sealed record Recurrence
{
    /// <exception cref="InvalidRecurrence"/>
    /// <exception cref="EndBeforeStart"/>
    public Recurrence(
        RecurrenceFrequency frequency,
        DateOnly startDate,
        int? interval = null,
        IEnumerable<int>? weekdays = null,
        IEnumerable<int>? weekdayOrdinals = null,
        IEnumerable<int>? monthDays = null,
        IEnumerable<int>? months = null,
        MonthDayOverflow monthDayOverflow = MonthDayOverflow.Clamp,
        NonWorkingDay nonWorkingDay = NonWorkingDay.Keep,
        DateOnly? endDate = null,
        TimeOnly timeOfDay = default)
    {
        (Frequency, StartDate, EndDate, TimeOfDay) = (frequency, startDate, endDate, timeOfDay);
        (Interval, MonthDayOverflow, NonWorkingDay) = (interval ?? 1, monthDayOverflow, nonWorkingDay);
        WeekdaySet = NumberSet.Of(weekdays, n => n is >= 1 and <= 7, nameof(weekdays), "must be from 1, Monday, to 7, Sunday");
        OrdinalSet = NumberSet.Of(weekdayOrdinals, n => n is -1 or (>= 1 and <= 5), nameof(weekdayOrdinals), "must be -1, the last, or from 1 to 5");
        MonthDaySet = NumberSet.Of(monthDays, n => n is >= 1 and <= 31, nameof(monthDays), "must be from 1 to 31");
        MonthSet = NumberSet.Of(months, n => n is >= 1 and <= 12, nameof(months), "must be from 1 to 12");

        if (Interval is < 1 or > 10_000) throw new InvalidRecurrence(nameof(interval), "must be from 1 to 10000");
        EndBeforeStart.Check(startDate, endDate);
        var byMonth = frequency is RecurrenceFrequency.Month or RecurrenceFrequency.Year;
        if (!MonthDaySet.IsEmpty && !byMonth) throw new InvalidRecurrence(nameof(monthDays), "have a meaning only with MONTH and YEAR");
        if (!OrdinalSet.IsEmpty && !byMonth) throw new InvalidRecurrence(nameof(weekdayOrdinals), "have a meaning only with MONTH and YEAR");
        if (!OrdinalSet.IsEmpty && WeekdaySet.IsEmpty) throw new InvalidRecurrence(nameof(weekdayOrdinals), "need weekdays");
        if (!OrdinalSet.IsEmpty && !MonthDaySet.IsEmpty) throw new InvalidRecurrence(nameof(weekdayOrdinals), "have no meaning beside monthDays");
        if (First is null) throw new InvalidRecurrence("recurrence", "has no date at all");
    }

    /// <summary>The unit that the interval counts.</summary>
    public RecurrenceFrequency Frequency { get; }
    /// <summary>Every how many units.</summary>
    public int Interval { get; }
    /// <summary>ISO weekdays, 1 is Monday.</summary>
    public IReadOnlyList<int> Weekdays => WeekdaySet.Items;
    /// <summary>Which of those weekdays in a month: 1 to 5, or -1 for the last.</summary>
    public IReadOnlyList<int> WeekdayOrdinals => OrdinalSet.Items;
    /// <summary>Days of the month, 1 to 31.</summary>
    public IReadOnlyList<int> MonthDays => MonthDaySet.Items;
    /// <summary>Months of the year, 1 to 12; none: all, or with YEAR that of the start.</summary>
    public IReadOnlyList<int> Months => MonthSet.Items;
    /// <summary>What becomes of a day that a month does not have.</summary>
    public MonthDayOverflow MonthDayOverflow { get; }
    /// <summary>What becomes of a date on a non-working day.</summary>
    public NonWorkingDay NonWorkingDay { get; }
    /// <summary>The first day on which it may fall. Every date is counted from here.</summary>
    public DateOnly StartDate { get; }
    /// <summary>The last day on which it may fall.</summary>
    public DateOnly? EndDate { get; }
    /// <summary>Local time in the zone of the site.</summary>
    public TimeOnly TimeOfDay { get; }

    internal NumberSet WeekdaySet { get; }
    internal NumberSet OrdinalSet { get; }
    internal NumberSet MonthDaySet { get; }
    internal NumberSet MonthSet { get; }

    /// <summary>The first date of the series.</summary>
    public DateOnly? First => FirstOf(StartDate);

    /// <summary>The first date after this one, or null at the end of the series.</summary>
    public DateOnly? Next(DateOnly after) => after == DateOnly.MaxValue ? null : FirstOf(after.AddDays(1));

    /// <summary>The dates from this one on, in order, as far as the series goes: take only as many as you need.</summary>
    public IEnumerable<DateOnly> DatesFrom(DateOnly from) => RecurrenceDates.From(this, from);

    /// <summary>One interval after a day: when a floating schedule comes round again. Days of week and month do not matter to it.</summary>
    public DateOnly? IntervalAfter(DateOnly day)
    {
        var next = Frequency switch
        {
            RecurrenceFrequency.Day => RecurrenceDates.Day(day.DayNumber + (long)Interval),
            RecurrenceFrequency.Week => RecurrenceDates.Day(day.DayNumber + (7L * Interval)),
            RecurrenceFrequency.Month => AddMonths(day, Interval),
            _ => AddMonths(day, 12L * Interval),
        };
        return next > EndDate ? null : next;
    }

    /// <summary>One line that <see cref="Parse"/> reads back.</summary>
    public override string ToString() => RecurrenceText.Write(this);

    public static Recurrence Parse(string text) => RecurrenceText.Read(text);

    private static DateOnly? AddMonths(DateOnly day, long months) => (day.Year * 12L) + day.Month - 1 + months < 12 * 10_000 ? day.AddMonths((int)months) : null;

    private DateOnly? FirstOf(DateOnly from)
    {
        foreach (var day in DatesFrom(from)) return day;
        return null;
    }
}
