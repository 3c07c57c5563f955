namespace Cmms.Domain.Planning;

/// <summary>The arithmetic of a recurrence: which dates each of its periods, counted from the start, holds.</summary>
internal static class RecurrenceDates
{
    public static IEnumerable<DateOnly> From(Recurrence recurrence, DateOnly from)
    {
        var earliest = from > recurrence.StartDate ? from : recurrence.StartDate;
        var latest = recurrence.EndDate ?? DateOnly.MaxValue;
        var dates = new List<DateOnly>();
        var barren = 0;
        for (var period = PeriodOf(recurrence, earliest); barren <= Cycle(recurrence.Frequency); period++)
        {
            dates.Clear();
            if (Fill(recurrence, period, dates) is not { } begin || begin > latest) yield break;
            barren++;
            foreach (var date in dates)
            {
                if (date < earliest) continue;
                if (date > latest) yield break;
                barren = 0;
                yield return date;
            }
        }
    }

    /// <summary>A day by number, or null beyond the calendar.</summary>
    public static DateOnly? Day(long number) => number <= DateOnly.MaxValue.DayNumber ? DateOnly.FromDayNumber((int)number) : null;

    /// <summary>The calendar repeats after 400 years: so many periods without a date, and none will come.</summary>
    private static int Cycle(RecurrenceFrequency frequency) => frequency switch
    {
        RecurrenceFrequency.Day => 146_097,
        RecurrenceFrequency.Week => 20_871,
        RecurrenceFrequency.Month => 4_800,
        _ => 400,
    };

    /// <summary>The first period that may hold the day or a later one.</summary>
    private static int PeriodOf(Recurrence recurrence, DateOnly day)
    {
        var start = recurrence.StartDate;
        return recurrence.Frequency switch
        {
            RecurrenceFrequency.Day => day.DayNumber - start.DayNumber,
            RecurrenceFrequency.Week => (Monday(day) - Monday(start)) / 7,
            RecurrenceFrequency.Month => ((day.Year - start.Year) * 12) + day.Month - start.Month,
            _ => day.Year - start.Year,
        } / recurrence.Interval;
    }

    /// <summary>Adds the dates of one period and answers its first day, or null beyond the calendar.</summary>
    private static DateOnly? Fill(Recurrence recurrence, int period, List<DateOnly> dates)
    {
        var start = recurrence.StartDate;
        var distance = (long)period * recurrence.Interval;
        switch (recurrence.Frequency)
        {
            case RecurrenceFrequency.Day:
                if (Day(start.DayNumber + distance) is not { } day) return null;
                if (Allows(recurrence.WeekdaySet, WorkCalendar.IsoWeekday(day)) && Allows(recurrence.MonthSet, day.Month)) dates.Add(day);
                return day;
            case RecurrenceFrequency.Week:
                if (Day(Monday(start) + (7 * distance)) is not { } monday) return null;
                for (var weekday = 1; weekday <= 7; weekday++)
                {
                    var chosen = recurrence.WeekdaySet.IsEmpty ? weekday == WorkCalendar.IsoWeekday(start) : recurrence.WeekdaySet.Contains(weekday);
                    if (chosen && Day(monday.DayNumber + weekday - 1) is { } date && Allows(recurrence.MonthSet, date.Month)) dates.Add(date);
                }
                return monday;
            case RecurrenceFrequency.Month:
                var month = (start.Year * 12) + start.Month - 1 + distance;
                if (month >= 12 * 10_000) return null;
                var first = new DateOnly((int)(month / 12), (int)(month % 12) + 1, 1);
                if (Allows(recurrence.MonthSet, first.Month)) FillMonth(recurrence, first, dates);
                return first;
            default:
                if (start.Year + distance > 9999) return null;
                var year = new DateOnly((int)(start.Year + distance), 1, 1);
                for (var number = 1; number <= 12; number++)
                {
                    var chosen = recurrence.MonthSet.IsEmpty ? number == start.Month : recurrence.MonthSet.Contains(number);
                    if (chosen) FillMonth(recurrence, year.AddMonths(number - 1), dates);
                }
                return year;
        }
    }

    private static void FillMonth(Recurrence recurrence, DateOnly first, List<DateOnly> dates)
    {
        var length = DateTime.DaysInMonth(first.Year, first.Month);
        if (recurrence.MonthDaySet.IsEmpty && !recurrence.WeekdaySet.IsEmpty)
        {
            for (var day = 1; day <= length; day++)
            {
                var date = first.AddDays(day - 1);
                if (recurrence.WeekdaySet.Contains(WorkCalendar.IsoWeekday(date)) && AllowsOrdinal(recurrence.OrdinalSet, day, length)) dates.Add(date);
            }
            return;
        }
        for (var day = 1; day <= length; day++)
            if (HasDay(recurrence, day)) dates.Add(first.AddDays(day - 1));
        var overflows = (recurrence.MonthDaySet.IsEmpty ? recurrence.StartDate.Day : recurrence.MonthDaySet.Most) > length;
        if (overflows && recurrence.MonthDayOverflow is MonthDayOverflow.Clamp && !HasDay(recurrence, length)) dates.Add(first.AddDays(length - 1));
    }

    private static bool HasDay(Recurrence recurrence, int day) =>
        recurrence.MonthDaySet.IsEmpty ? day == recurrence.StartDate.Day : recurrence.MonthDaySet.Contains(day);

    private static bool Allows(NumberSet filter, int number) => filter.IsEmpty || filter.Contains(number);

    private static bool AllowsOrdinal(NumberSet ordinals, int day, int length) =>
        ordinals.IsEmpty || ordinals.Contains(((day - 1) / 7) + 1) || (ordinals.Contains(-1) && day + 7 > length);


    /// <summary>The day number of the Monday of its ISO week.</summary>
    private static int Monday(DateOnly day) => day.DayNumber - WorkCalendar.IsoWeekday(day) + 1;
}
