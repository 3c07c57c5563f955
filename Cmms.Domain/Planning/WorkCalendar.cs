namespace Cmms.Domain.Planning;

/// <summary>What became of a date beside a work calendar.</summary>
public enum ShiftOutcome { Kept, Moved, Skipped, NoWorkingDay }

/// <summary>The day on which a date is executed; none where it was skipped or no working day is near.</summary>
public readonly record struct ExecutionDay(ShiftOutcome Outcome, DateOnly? Day);

/// <summary>The days on which a site works.</summary>
public sealed class WorkCalendar
{
    private const int Reach = 366;
    private readonly NumberSet _weekdays;
    private readonly HashSet<DateOnly> _closed;

    /// <param name="workingWeekdays">ISO weekdays, 1 is Monday; null for all seven.</param>
    /// <param name="nonWorkingDates">Holidays and other days on which nobody works.</param>
    /// <exception cref="InvalidRecurrence"/>
    public WorkCalendar(IEnumerable<int>? workingWeekdays = null, IEnumerable<DateOnly>? nonWorkingDates = null)
    {
        _weekdays = NumberSet.Of(workingWeekdays, n => n is >= 1 and <= 7, nameof(workingWeekdays), "must be from 1, Monday, to 7, Sunday");
        _closed = [.. nonWorkingDates ?? []];
    }

    /// <summary>Every day is a working day.</summary>
    public static WorkCalendar EveryDay { get; } = new();

    public bool IsWorking(DateOnly day) => (_weekdays.IsEmpty || _weekdays.Contains(IsoWeekday(day))) && IsOpen(day);

    /// <summary>It is no holiday and no other day on which nobody works, whatever its weekday says.</summary>
    public bool IsOpen(DateOnly day) => !_closed.Contains(day);

    /// <summary>1 is Monday, 7 is Sunday.</summary>
    public static int IsoWeekday(DateOnly day) => day.DayOfWeek is DayOfWeek.Sunday ? 7 : (int)day.DayOfWeek;

    /// <summary>Where a date is executed. It looks no further than a year.</summary>
    public ExecutionDay Shift(DateOnly day, NonWorkingDay rule)
    {
        if (rule is NonWorkingDay.Keep || IsWorking(day)) return new ExecutionDay(ShiftOutcome.Kept, day);
        if (rule is NonWorkingDay.Skip) return new ExecutionDay(ShiftOutcome.Skipped, null);
        var step = rule is NonWorkingDay.NextWorking ? 1 : -1;
        for (var distance = 1; distance <= Reach; distance++)
        {
            var number = day.DayNumber + (step * distance);
            if (number < 0 || number > DateOnly.MaxValue.DayNumber) break;
            if (DateOnly.FromDayNumber(number) is var near && IsWorking(near)) return new ExecutionDay(ShiftOutcome.Moved, near);
        }
        return new ExecutionDay(ShiftOutcome.NoWorkingDay, null);
    }
}
