namespace Cmms.Worker;

/// <summary>The configuration section <c>Events</c>.</summary>
internal sealed class EventsOptions
{
    /// <summary>Where events are written to before they are removed; null: nowhere. All Workers share one folder.</summary>
    public string? ArchiveFolder { get; init; }

    /// <summary>When old events are removed: a cron expression (seconds first), in UTC.</summary>
    public string RetentionSchedule { get; init; } = "0 20 3 * * ?";
}
