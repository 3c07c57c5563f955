namespace Cmms.Domain.Assets;

/// <summary>
/// How reliably assets worked in a window of time. Words and formulas: MTBF as SMRP 3.5.1 (from memory) and T17 of EN 15341:2007 (from memory), MTTR as SMRP 3.5.2, availability as M12 of
/// EN 15341. ISO 14224 leaves the time of detection out of MTTR; here it is in. What cannot be said is null, never 0.
/// </summary>
/// <param name="Required">The time in which the assets were needed: the window, up to now, while each was in service, less what was NOT_REQUIRED.</param>
/// <param name="Down">All downtime in it, planned and unplanned; one that goes on counts up to now.</param>
/// <param name="FailureDown">The unplanned downtime in it that is over.</param>
/// <param name="Failures">Unplanned downtimes that began in it.</param>
/// <param name="EndedFailures">Those of them that are over.</param>
/// <param name="Stops">Downtimes that began in it, planned and unplanned.</param>
public sealed record Reliability(TimeSpan Required, TimeSpan Down, TimeSpan FailureDown, int Failures, int EndedFailures, int Stops)
{
    /// <summary>Ratios are rounded half to even to so many places.</summary>
    public const int Places = 6;

    public static Reliability None { get; } = new(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, 0, 0, 0);

    /// <summary>The time in which they were needed and worked.</summary>
    public TimeSpan Operating => Required - Down;

    /// <summary>Mean time between failures: operating time by failure; null without one.</summary>
    public TimeSpan? Mtbf => Mean(Operating, Failures);

    /// <summary>Mean time to restore: from a failure to working again, of the failures that are over; null without one.</summary>
    public TimeSpan? Mttr => Mean(FailureDown, EndedFailures);

    /// <summary>Mean downtime: of all that stood still, planned too; null where nothing did.</summary>
    public TimeSpan? Mdt => Mean(Down, Stops);

    /// <summary>The part of the required time in which they worked; null where nothing was required.</summary>
    public decimal? Availability => Ratio(Operating, Required);

    /// <summary>What failures alone leave of it: MTBF by MTBF and MTTR together; null without either.</summary>
    public decimal? InherentAvailability => Mtbf is { } up && Mttr is { } down ? Ratio(up, up + down) : null;

    public static Reliability operator +(Reliability one, Reliability other) => new(
        one.Required + other.Required, one.Down + other.Down, one.FailureDown + other.FailureDown, one.Failures + other.Failures, one.EndedFailures + other.EndedFailures, one.Stops + other.Stops);

    private static TimeSpan? Mean(TimeSpan sum, int count) => count == 0 ? null : new TimeSpan((long)decimal.Round((decimal)sum.Ticks / count / TimeSpan.TicksPerMicrosecond) * TimeSpan.TicksPerMicrosecond);

    private static decimal? Ratio(TimeSpan part, TimeSpan whole) => whole == TimeSpan.Zero ? null : decimal.Round((decimal)part.Ticks / whole.Ticks, Places, MidpointRounding.ToEven);
}

/// <summary>A span of time that reliability is asked for: half-open, and never later than now.</summary>
public readonly record struct ReliabilityWindow
{
    /// <summary>Longer ones would not fit the sums of ten thousand assets.</summary>
    public const int MostDays = 732;

    private ReliabilityWindow(Instant from, Instant to) => (From, To) = (from, to);

    public Instant From { get; }
    public Instant To { get; }

    /// <param name="from">None: 30 days before the end.</param>
    /// <param name="to">None, or later than now: now.</param>
    /// <exception cref="EndBeforeStart"/>
    /// <exception cref="InvalidValue">It is longer than can be added up.</exception>
    public static ReliabilityWindow Of(Instant? from, Instant? to, Instant now)
    {
        var end = Check.Moment(to) is { } given && given < now ? given : now;
        var start = Check.Moment(from) ?? end - TimeSpan.FromDays(30);
        EndBeforeStart.Check(from, to);
        if (end - start > TimeSpan.FromDays(MostDays)) throw new InvalidValue(nameof(from), $"must not lie more than {MostDays} days before the end");
        return new ReliabilityWindow(start, start < end ? end : start);
    }
}
