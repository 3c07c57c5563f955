using Cmms.Domain.Planning;

namespace Cmms.Domain.Production;

/// <summary>A part of the day in which people work together, by the clock of the site; it may pass midnight, and then belongs to the day on which it begins.</summary>
public sealed class Shift : SiteEntity
{
    private Shift() { } // EF Core

    /// <param name="to">The same as or before <paramref name="from"/>: on the next day.</param>
    public Shift(string name, TimeOnly from, TimeOnly to) => (Name, From, To) = (name, from, to);

    /// <summary>Unique on the site.</summary>
    public string Name { get; set => field = Check.Text(value, 100, nameof(Name)); } = "";

    /// <summary>When it begins, local time.</summary>
    public TimeOnly From { get; set; }

    /// <summary>When it ends, local time; the same as or before its beginning: on the next day.</summary>
    public TimeOnly To { get; set; }

    internal NumberSet WeekdaySet { get; private set; }

    /// <summary>ISO weekdays on which it begins, 1 is Monday; none: on every day.</summary>
    public IReadOnlyList<int> Weekdays => WeekdaySet.Items;

    /// <summary>Whether it was put away: kept for its history, no longer worked.</summary>
    public bool IsArchived { get; private set; }

    /// <exception cref="InvalidValue"/>
    public void RunOn(IReadOnlyCollection<int>? weekdays)
    {
        foreach (var (i, day) in (weekdays ?? []).Index()) Check.Between(day, 1, 7, $"weekdays[{i}]");
        WeekdaySet = weekdays is { Count: > 0 } ? NumberSet.Of(weekdays, _ => true, nameof(weekdays), "") : default;
    }

    /// <summary>Whether it is worked on a day.</summary>
    public bool RunsOn(DateOnly day, WorkCalendar calendar) => calendar.IsOpen(day) && (WeekdaySet.IsEmpty || WeekdaySet.Contains(WorkCalendar.IsoWeekday(day)));

    /// <summary>The time that it takes on a day, as clocks there run: an hour more or less where they are changed in it.</summary>
    public Span On(DateOnly day, SiteZone zone) => Span.Of(day, From, To, zone);

    public void Archive()
    {
        if (IsArchived) return;
        IsArchived = true;
        Raise("ShiftArchived");
    }

    public void Restore()
    {
        if (!IsArchived) return;
        IsArchived = false;
        Raise("ShiftRestored");
    }
}
