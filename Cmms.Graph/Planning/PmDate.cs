using Cmms.Domain;
using Cmms.Domain.Planning;
using Cmms.Domain.Work;
using Engines.GraphQL.Binding;

namespace Cmms.Graph.Planning;

/// <summary>What is known of a date of a schedule.</summary>
internal enum PmDateState
{
    /// <summary>Still to come.</summary>
    Projected,
    /// <summary>Orders were made for it.</summary>
    Generated,
    /// <summary>It passed while nobody looked, and got no order.</summary>
    Missed,
    /// <summary>Somebody decided that it gets none, or gave its order up.</summary>
    Skipped,
}

/// <summary>A date of a schedule: one that is still to come, or what became of it.</summary>
/// <param name="ScheduledFor">The date of the series, before any shift; it never moves.</param>
/// <param name="ExecuteOn">The day on which it is executed.</param>
/// <param name="OrderAt">When its order is made.</param>
/// <param name="DueAt">When its order is due; null where the schedule sets no time for it.</param>
/// <param name="State">What is known of it.</param>
/// <param name="WorkOrders">The orders that were made for it.</param>
/// <param name="Reason">Why it has none.</param>
internal sealed record PmDate(
    DateOnly ScheduledFor, DateOnly ExecuteOn, Instant OrderAt, Instant? DueAt, PmDateState State, IReadOnlyList<WorkOrder> WorkOrders, string? Reason)
{
    public static PmDate Projected(PmOccurrence occurrence, TimeSpan? timeToComplete) =>
        new(occurrence.ScheduledFor, occurrence.ExecuteOn, occurrence.OrderAt, occurrence.OrderAt + timeToComplete, PmDateState.Projected, [], null);

    /// <summary>What became of a date, of all its assets together.</summary>
    public static PmDate Of(PmSchedule schedule, PmSeries series, IGrouping<DateOnly, DatedOccurrence> date)
    {
        var day = series.Moved.TryGetValue(date.Key, out var moved) ? moved : series.Calendar.Shift(date.Key, series.Recurrence.NonWorkingDay).Day ?? date.Key;
        var orderAt = series.Zone.At(day, series.Recurrence.TimeOfDay);
        var outcome = date.Select(o => o.Outcome).Min();
        var state = outcome switch { OccurrenceOutcome.Generated => PmDateState.Generated, OccurrenceOutcome.Missed => PmDateState.Missed, _ => PmDateState.Skipped };
        return new PmDate(date.Key, day, orderAt, orderAt + schedule.TimeToComplete, state,
            [.. date.Select(o => o.WorkOrder).OfType<WorkOrder>().DistinctBy(o => o.Id)], date.Select(o => o.Reason).FirstOrDefault(r => r is not null));
    }
}

/// <summary>A date of a schedule: one that is still to come, or what became of it.</summary>
[ObjectType<PmDate>]
internal static class PmDateFields;
