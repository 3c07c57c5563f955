using Cmms.Domain.Work;

namespace Cmms.Domain.Assets;

/// <summary>
/// A span of time in which an asset did not do its work (seed 001: paro), half-open: from its start up to, not including, its end. What happened stays: when it
/// was and of which asset never changes, spans of one asset never overlap, and none is ever removed; the database holds that too.
/// </summary>
public sealed class Downtime : SiteEntity
{
    private Downtime() { } // EF Core

    internal Downtime(Asset asset, DowntimeKind kind, DowntimeOrigin origin, Instant startedAt, Instant? endedAt = null)
    {
        (Asset, AssetId) = (asset, asset.Id);
        (Kind, Origin, StartedAt, EndedAt) = (kind, origin, startedAt, endedAt);
        CostPerHour = asset.DowntimeCostPerHour;
    }

    public long AssetId { get; private set; }
    /// <summary>What stood still.</summary>
    public Asset Asset { get; private set; } = null!;
    /// <summary>Whether it was foreseen.</summary>
    public DowntimeKind Kind { get; private set; }
    /// <summary>What put it on record.</summary>
    public DowntimeOrigin Origin { get; private set; }
    /// <summary>When it began.</summary>
    public Instant StartedAt { get; private set; }
    /// <summary>When it was over; null while it goes on.</summary>
    public Instant? EndedAt { get; private set; }
    /// <summary>What it came from, in a word or two: mechanical, electrical, no material.</summary>
    public string? Cause { get; private set; }
    /// <summary>What happened, in words.</summary>
    public string? Description { get; private set; }
    /// <summary>What an hour of it costs, in the site's currency; at first what its asset says, which later changes of the asset leave alone.</summary>
    public Money? CostPerHour { get; private set; }

    public long? StatusChangeId { get; private set; }
    /// <summary>The change of status that began it.</summary>
    public StatusChange? StatusChange { get; private set; }
    public long? WorkOrderId { get; private set; }
    /// <summary>The work order that it goes with; one that began it ends it too.</summary>
    public WorkOrder? WorkOrder { get; private set; }

    /// <summary>Whether it still goes on.</summary>
    public bool IsOpen => EndedAt is null;

    /// <summary>How long it took, or has taken so far.</summary>
    public TimeSpan Length(Instant now) => (EndedAt ?? (now < StartedAt ? StartedAt : now)) - StartedAt;

    /// <summary>Length in hours times the cost of one; null where that is not known.</summary>
    public Money? Cost(Instant now) => CostPerHour is { } rate ? Money.Round(rate.Value * Length(now).Ticks / TimeSpan.TicksPerHour) : null;

    /// <summary>What of it lies within a span of time cost; nothing where the cost is not known.</summary>
    internal Money CostWithin(Instant from, Instant to)
    {
        var (start, end) = (Instant.Max(StartedAt, from), EndedAt is { } ended ? Instant.Min(ended, to) : to);
        return CostPerHour is { } rate && end > start ? Money.Round(rate.Value * (end - start).Ticks / TimeSpan.TicksPerHour) : Money.Zero;
    }

    public void Describe(DowntimeKind kind, string? cause, string? description, Money? costPerHour)
    {
        (Kind, CostPerHour) = (kind, costPerHour);
        Cause = Check.OptionalText(cause, 200, nameof(cause));
        Description = Check.OptionalText(description, 4000, nameof(description));
    }

    internal void ComeFrom(StatusChange change)
    {
        StatusChange = change;
        WorkOrderId = change.WorkOrderId;
        Description = change.FailureDescription;
    }

    public void GoWith(WorkOrder? order) => (WorkOrder, WorkOrderId) = (order, order?.Id);

    /// <exception cref="InvalidTransition">It is over already.</exception>
    /// <exception cref="EndBeforeStart"/>
    internal void End(Instant at)
    {
        if (EndedAt is not null) throw new InvalidTransition("The downtime", "over", "ended");
        EndBeforeStart.Check(StartedAt, at, "endedAt");
        EndedAt = at;
        Raise("DowntimeEnded");
    }
}

/// <summary>Whether a downtime was foreseen. Reliability counts the unforeseen ones as failures (SMRP 3.5.1, from memory).</summary>
public enum DowntimeKind
{
    /// <summary>A failure.</summary>
    Unplanned,
    /// <summary>Planned, as for maintenance.</summary>
    Planned,
    /// <summary>Nobody needed the asset: retired, mothballed, out of season. It is neither up nor down.</summary>
    NotRequired,
}

/// <summary>What put a downtime on record.</summary>
public enum DowntimeOrigin
{
    /// <summary>A change of the asset's status; another one ends it.</summary>
    Status,
    /// <summary>A work order that stops its assets; its end ends it.</summary>
    WorkOrder,
    /// <summary>Somebody, at the time or later.</summary>
    Manual,
}
