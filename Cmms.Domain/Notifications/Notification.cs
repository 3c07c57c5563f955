using Cmms.Domain.Organization;

namespace Cmms.Domain.Notifications;

/// <summary>How much a notification matters.</summary>
public enum NotificationSeverity
{
    /// <summary>Good to know.</summary>
    Info,
    /// <summary>Something went well.</summary>
    Success,
    /// <summary>Something needs attention soon.</summary>
    Warning,
    /// <summary>Something went wrong.</summary>
    Error,
}

/// <summary>What notifications can be about; each can be turned off by each person and channel.</summary>
public enum NotificationEvent
{
    /// <summary>A part's available stock fell to its minimum or below (seed 003).</summary>
    PartLowStock,
    /// <summary>An asset's warranty expires within its notice days (seed 003).</summary>
    WarrantyExpiring,
    /// <summary>A work order was assigned to you.</summary>
    WorkOrderAssigned,
    /// <summary>Preventive maintenance made a work order.</summary>
    PmGenerated,
    /// <summary>A preventive maintenance schedule was suspended, or could not do what is due.</summary>
    PmSuspended,
    /// <summary>Resources were released from a project.</summary>
    ResourcesReleased,
    /// <summary>Somebody, or a policy, asked for maintenance.</summary>
    WorkRequestSubmitted,
    /// <summary>Your work request was approved, declined, put on hold or taken up again.</summary>
    WorkRequestAnswered,
    /// <summary>A part was restocked at a price far from its last one.</summary>
    PartPriceJump,
    /// <summary>What lies in stock and is not used, once a month.</summary>
    SlowMovingStock,
}

/// <summary>How a notification reaches a person.</summary>
public enum NotificationChannel
{
    /// <summary>In the application, live over the subscription.</summary>
    InApp,
    /// <summary>By e-mail.</summary>
    Email,
    /// <summary>To the site's webhooks.</summary>
    Webhook,
}

/// <summary>Tells one person of something that happened.</summary>
public sealed class Notification : SiteEntity
{
    private Notification() { } // EF Core

    /// <param name="key">Of what caused it: the same person is told of it once.</param>
    internal Notification(long userId, Notice notice, string key) =>
        (UserId, Event, Severity, Title, Body, SubjectType, SubjectId, Key) =
        (userId, notice.Event, notice.Severity, notice.Title, notice.Body, notice.SubjectType, notice.SubjectId, key);

    public long UserId { get; private set; }
    /// <summary>Whom it tells.</summary>
    public User? User { get; private set; }
    /// <summary>What kind of thing happened; preferences are set by it.</summary>
    public NotificationEvent Event { get; private set; }
    /// <summary>How much it matters.</summary>
    public NotificationSeverity Severity { get; private set; }
    /// <summary>What happened, in one line.</summary>
    public string Title { get; private set; } = "";
    /// <summary>What happened and why, in a sentence or two.</summary>
    public string? Body { get; private set; }
    public string SubjectType { get; private set; } = "";
    public long SubjectId { get; private set; }
    public string Key { get; private set; } = "";
    /// <summary>When its reader marked it as read.</summary>
    public Instant? ReadAt { get; private set; }

    public void MarkRead(Instant now) => ReadAt ??= now;
}

/// <summary>What is to be told, whoever is told.</summary>
public sealed record Notice(NotificationEvent Event, NotificationSeverity Severity, string Title, string? Body, string SubjectType, long SubjectId);
