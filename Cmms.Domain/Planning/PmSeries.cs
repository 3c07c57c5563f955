namespace Cmms.Domain.Planning;

/// <summary>How the next date of a schedule follows.</summary>
public enum PmKind
{
    /// <summary>One occurrence, then it is done.</summary>
    OneTime,
    /// <summary>At fixed dates, whether or not earlier orders were completed.</summary>
    Persistent,
    /// <summary>One interval after the completion of the order before; none while that is open.</summary>
    Floating,
}

/// <summary>What becomes of the dates that passed while nobody looked.</summary>
public enum CatchUp
{
    /// <summary>One order for the newest, the others are recorded as missed.</summary>
    Coalesce,
    /// <summary>An order for each.</summary>
    All,
    /// <summary>None, unless the newest is of today.</summary>
    Skip,
}

/// <summary>One date of a schedule. <paramref name="ScheduledFor"/> is its key and never moves; it is executed on another day where that is no working day.</summary>
public sealed record PmOccurrence(DateOnly ScheduledFor, DateOnly ExecuteOn, Instant OrderAt);

/// <summary>How far a schedule has come.</summary>
/// <param name="LastScheduledFor">The last date that was generated, missed or skipped; null before the first.</param>
/// <param name="HasUncompleted">Whether an order of it is still open.</param>
/// <param name="CompletedOn">The local date on which its last order was completed or cancelled.</param>
public sealed record PmProgress(DateOnly? LastScheduledFor = null, bool HasUncompleted = false, DateOnly? CompletedOn = null);

/// <summary>What a schedule has to do now.</summary>
/// <param name="Generate">The dates that get an order now, oldest first.</param>
/// <param name="Missed">The dates that passed and get none.</param>
/// <param name="Unplaceable">Dates for which no working day was found within a year; they get none, and someone should know.</param>
/// <param name="Next">The occurrence to wait for; null where nothing follows, or not before the open order is completed.</param>
public sealed record PmDue(
    IReadOnlyList<PmOccurrence> Generate, IReadOnlyList<PmOccurrence> Missed, IReadOnlyList<DateOnly> Unplaceable, PmOccurrence? Next)
{
    /// <summary>The last date that this deals with: the new progress of the schedule; null where it deals with none.</summary>
    public DateOnly? Through => Generate.Concat(Missed).Select(o => (DateOnly?)o.ScheduledFor).Concat(Unplaceable.Select(d => (DateOnly?)d)).Max();
}

/// <summary>The dates of a maintenance schedule at a site: its recurrence in the site's zone and calendar. Pure: the same answers for the same questions.</summary>
public sealed record PmSeries(PmKind Kind, CatchUp CatchUp, Recurrence Recurrence, SiteZone Zone, WorkCalendar Calendar)
{
    private const int Patience = 1_000;

    /// <summary>Dates that are executed on another day, as somebody decided.</summary>
    public IReadOnlyDictionary<DateOnly, DateOnly> Moved { get; init; } = new Dictionary<DateOnly, DateOnly>();

    /// <summary>Dates ahead that get no order, as somebody decided.</summary>
    public IReadOnlySet<DateOnly> Skipped { get; init; } = new HashSet<DateOnly>();

    /// <summary>The occurrences by the fixed dates from this one on; skipped ones are left out.</summary>
    public IEnumerable<PmOccurrence> Occurrences(DateOnly from) => Recurrence.DatesFrom(from).Select(Place).OfType<PmOccurrence>();

    /// <summary>What will come, as far as it is known: all fixed dates that are not dealt with; of a floating schedule as if each were done on its day.</summary>
    public IEnumerable<PmOccurrence> Projected(PmProgress progress) => Placed(Dates(progress)).Take(Kind is PmKind.OneTime ? 1 : int.MaxValue);

    /// <summary>The first occurrence that is not dealt with, past or to come; null where nothing follows, or not before the open order is completed.</summary>
    public PmOccurrence? Next(PmProgress progress) => Placed(Dates(progress)).FirstOrDefault();

    /// <summary>The first and the last day on which a date can be executed without passing its neighbours.</summary>
    public (DateOnly After, DateOnly Before) Around(DateOnly date, DateOnly? dealtWith)
    {
        if (Kind is not PmKind.Persistent) return (DateOnly.MinValue, DateOnly.MaxValue);
        var from = dealtWith is { } last && last < date ? last.AddDays(1) : Recurrence.StartDate;
        var before = Recurrence.DatesFrom(from).TakeWhile(d => d < date).Select(Place).LastOrDefault(o => o is not null);
        var after = date == DateOnly.MaxValue ? null : Placed(Recurrence.DatesFrom(date.AddDays(1))).FirstOrDefault();
        return (before?.ExecuteOn ?? DateOnly.MinValue, after?.ExecuteOn ?? DateOnly.MaxValue);
    }

    /// <summary>Patient, but not for ever: a series may fall on free days only.</summary>
    private IEnumerable<PmOccurrence> Placed(IEnumerable<DateOnly> dates)
    {
        var vanished = 0;
        foreach (var date in dates)
        {
            if (Place(date) is { } occurrence)
            {
                vanished = 0;
                yield return occurrence;
            }
            else if (++vanished > Patience)
            {
                yield break;
            }
        }
    }

    /// <summary>What is to be generated at a moment, and what comes after it.</summary>
    /// <param name="cap">The most orders at a time; the rest stay due.</param>
    public PmDue Due(PmProgress progress, Instant now, int cap = 50)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(cap);
        var (due, unplaceable, next) = Split(Dates(progress), now, Kind is PmKind.Persistent ? int.MaxValue : 1);
        if (Kind is not PmKind.Persistent) return new PmDue(due, [], unplaceable, due.Count > 0 ? null : next);
        if (CatchUp is CatchUp.All) return new PmDue([.. due.Take(cap)], [], [.. unplaceable.Where(day => due.Count <= cap || day < due[cap].ScheduledFor)], due.Count > cap ? due[cap] : next);
        var newest = due.TakeLast(CatchUp is CatchUp.Skip && due.Count > 0 && due[^1].ExecuteOn < Zone.Today(now) ? 0 : 1).ToList();
        return new PmDue(newest, due[..^newest.Count], unplaceable, next);
    }

    /// <summary>The dates that may follow, by the kind of the schedule.</summary>
    private IEnumerable<DateOnly> Dates(PmProgress progress) => (Kind, progress.LastScheduledFor) switch
    {
        (PmKind.Floating, _) when progress.HasUncompleted => [],
        (PmKind.Floating, { } last) => Intervals(FloatingNext(last, progress.CompletedOn ?? last)),
        (PmKind.Floating, null) => Intervals(Recurrence.StartDate),
        (PmKind.OneTime, { }) => [],
        (_, { } last) => last == DateOnly.MaxValue ? [] : Recurrence.DatesFrom(last.AddDays(1)),
        _ => Recurrence.DatesFrom(Recurrence.StartDate),
    };

    /// <summary>One interval after the completion; an early completion never leads back to a date that was there already.</summary>
    private DateOnly? FloatingNext(DateOnly last, DateOnly completed) =>
        Recurrence.IntervalAfter(completed) is { } next && next <= last ? Recurrence.IntervalAfter(last) : Recurrence.IntervalAfter(completed);

    /// <summary>The first of these days counts; the others stand in where it is skipped as a non-working day.</summary>
    private IEnumerable<DateOnly> Intervals(DateOnly? first)
    {
        for (var next = first; next is { } day; next = Recurrence.IntervalAfter(day)) yield return day;
    }

    private (List<PmOccurrence> Due, List<DateOnly> Unplaceable, PmOccurrence? Next) Split(IEnumerable<DateOnly> dates, Instant now, int most)
    {
        var due = new List<PmOccurrence>();
        var unplaceable = new List<DateOnly>();
        var (today, vanished) = (Zone.Today(now), 0);
        foreach (var date in dates)
        {
            if (due.Count == most) break;
            if (Skipped.Contains(date)) continue;
            if (Place(date) is not { } occurrence)
            {
                if (date <= today && Recurrence.NonWorkingDay is not NonWorkingDay.Skip) unplaceable.Add(date);
                if (++vanished > Patience && date > today) break; // a series that only falls on free days
                continue;
            }
            if (occurrence.OrderAt > now) return (due, unplaceable, occurrence);
            due.Add(occurrence);
        }
        return (due, unplaceable, null);
    }

    /// <summary>One date of the series, as it is executed; an earlier one than those dealt with, or any from there on for a floating schedule, is as good.</summary>
    /// <exception cref="InvalidValue">The date is none of the series.</exception>
    public PmOccurrence Place(DateOnly date, DateOnly? dealtWith)
    {
        var belongs = Kind is PmKind.Floating ? date >= (dealtWith ?? Recurrence.StartDate) : Recurrence.DatesFrom(date).FirstOrDefault() == date;
        return belongs && PlaceAnyway(date) is { } occurrence ? occurrence : throw new InvalidValue(nameof(date), "is none of the schedule's");
    }

    private PmOccurrence? Place(DateOnly date) => Skipped.Contains(date) ? null : PlaceAnyway(date);

    private PmOccurrence? PlaceAnyway(DateOnly date) => Moved.TryGetValue(date, out var moved)
        ? new PmOccurrence(date, moved, Zone.At(moved, Recurrence.TimeOfDay))
        : Calendar.Shift(date, Recurrence.NonWorkingDay).Day is { } day ? new PmOccurrence(date, day, Zone.At(day, Recurrence.TimeOfDay))
        : null;
}
