using Cmms.Domain.Assets;
using Cmms.Domain.Work;

namespace Cmms.Domain.Planning;

/// <summary>What became of a date of a schedule.</summary>
public enum OccurrenceOutcome
{
    /// <summary>An order was made for it.</summary>
    Generated,
    /// <summary>It passed while nobody looked, and gets no order.</summary>
    Missed,
    /// <summary>Somebody decided that it gets none.</summary>
    Skipped,
}

/// <summary>
/// What became of a date of a schedule, for one of its assets. Its key (schedule, date before any shift, asset) is unique: whoever generates it,
/// and however often, there is one order.
/// </summary>
public sealed class DatedOccurrence : SiteEntity
{
    private DatedOccurrence() { } // EF Core

    internal DatedOccurrence(PmSchedule schedule, DateOnly scheduledFor, Asset? asset, OccurrenceOutcome outcome, WorkOrder? workOrder = null, string? reason = null)
    {
        (PmSchedule, ScheduledFor, Asset, AssetKey, Outcome, WorkOrder, Reason) =
            (schedule, scheduledFor, asset, asset?.Id ?? 0, outcome, workOrder, Check.OptionalText(reason));
        Because(Reason);
    }

    public long PmScheduleId { get; private set; }
    /// <summary>The schedule that it belongs to.</summary>
    public PmSchedule PmSchedule { get; private set; } = null!;
    /// <summary>The date of the series, before any shift.</summary>
    public DateOnly ScheduledFor { get; private set; }
    public long? AssetId { get; private set; }
    /// <summary>The asset that it was for; null: the schedule has none.</summary>
    public Asset? Asset { get; private set; }
    /// <summary>The asset's id, or 0 for a schedule without assets: nulls would not be unique.</summary>
    internal long AssetKey { get; private set; }
    /// <summary>What became of it.</summary>
    public OccurrenceOutcome Outcome { get; private set; }
    public long? WorkOrderId { get; private set; }
    /// <summary>The order that was made for it.</summary>
    public WorkOrder? WorkOrder { get; private set; }
    /// <summary>Why it was skipped.</summary>
    public string? Reason { get; private set; }

    /// <summary>Its order was split or merged: the work goes on in another one.</summary>
    internal void GoOnIn(WorkOrder order) => WorkOrder = order;

    /// <summary>An order that was given up or deleted leaves its date skipped; one that is taken up again does not.</summary>
    internal void Follow(WorkOrderTransition transition) =>
        Outcome = transition is WorkOrderTransition.Cancel ? OccurrenceOutcome.Skipped : OccurrenceOutcome.Generated;
}

/// <summary>That a date of a schedule is executed on another day.</summary>
public sealed class MovedOccurrence : SiteEntity
{
    private MovedOccurrence() { } // EF Core

    internal MovedOccurrence(PmSchedule schedule, DateOnly scheduledFor, DateOnly date, string? reason)
    {
        (PmSchedule, ScheduledFor) = (schedule, scheduledFor);
        To(date, reason);
    }

    public long PmScheduleId { get; private set; }
    public PmSchedule PmSchedule { get; private set; } = null!;
    public DateOnly ScheduledFor { get; private set; }
    /// <summary>The day on which it is executed.</summary>
    public DateOnly Date { get; private set; }
    public string? Reason { get; private set; }

    internal void To(DateOnly date, string? reason)
    {
        (Date, Reason) = (date, Check.OptionalText(reason));
        Because(Reason);
    }
}
