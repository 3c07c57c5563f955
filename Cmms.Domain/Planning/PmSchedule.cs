using Cmms.Domain.Assets;
using Cmms.Domain.Inventory;
using Cmms.Domain.Organization;
using Cmms.Domain.Work;

namespace Cmms.Domain.Planning;

/// <summary>Whether a schedule plans orders now, and if not, who holds it.</summary>
public enum PmStatus
{
    /// <summary>Its next order is planned.</summary>
    Planned,
    /// <summary>Held by a person until it is resumed.</summary>
    Paused,
    /// <summary>Held by the system: nothing that it maintains can be maintained now.</summary>
    Suspended,
    /// <summary>Its series has ended.</summary>
    Done,
}

/// <summary>Maintenance that comes round again: a template of a work order, and when an order is made of it.</summary>
public sealed class PmSchedule : SiteEntity
{
    private readonly List<Asset> _assets = [];
    private readonly List<User> _technicians = [];
    private readonly List<Vendor> _vendors = [];
    private readonly List<PmPart> _parts = [];
    private readonly List<PmChecklistItem> _checklist = [];

    private PmSchedule() { } // EF Core

    public PmSchedule(string code, string title, PmKind kind, Recurrence recurrence)
    {
        (Code, Kind, Recurrence) = (code, kind, recurrence);
        Title = title;
    }

    /// <summary>The number that people use, such as PM-000012; unique in the site.</summary>
    public string Code { get; private set; } = "";
    /// <summary>Whether it runs once, by the calendar, or from the last completion.</summary>
    public PmKind Kind { get; private set; }
    /// <summary>What becomes of dates that passed while nobody looked.</summary>
    public CatchUp CatchUp { get; set; }
    /// <summary>When it comes round again.</summary>
    public Recurrence Recurrence { get; private set; } = null!;
    /// <summary>Whether it plans orders now, and if not, who holds it.</summary>
    public PmStatus Status { get; private set; }
    /// <summary>Why the system holds it.</summary>
    public string? SuspensionReason { get; private set; }
    /// <summary>From the order to its due time, in elapsed hours (seed 003: time_to_complete).</summary>
    public TimeSpan? TimeToComplete
    {
        get;
        set => field = value is { } span && (span <= TimeSpan.Zero || span > TimeSpan.FromDays(3660))
            ? throw new InvalidValue(nameof(TimeToComplete), "must be more than nothing and at most ten years") : value;
    }

    /// <summary>The title of the orders.</summary>
    public string Title { get; set => field = Check.Text(value, 200, nameof(Title)); } = "";
    /// <summary>The description of the orders.</summary>
    public string? Description { get; set => field = Check.OptionalText(value, 4000, nameof(Description)); }
    /// <summary>The priority of the orders.</summary>
    public WorkOrderPriority Priority { get; set; }
    /// <summary>Whether its assets stand still while its orders are done.</summary>
    public bool StopsAssets { get; set; }
    public long? LocationId { get; private set; }
    /// <summary>Where the work is done.</summary>
    public Location? Location { get; private set; }
    /// <summary>What is maintained.</summary>
    public IReadOnlyList<Asset> Assets => _assets;
    /// <summary>Who its orders are given to.</summary>
    public IReadOnlyList<User> Technicians => _technicians;
    /// <summary>Who from outside does the work.</summary>
    public IReadOnlyList<Vendor> Vendors => _vendors;
    /// <summary>What the orders need, reserved when they are made.</summary>
    public IReadOnlyList<PmPart> Parts => _parts;
    /// <summary>What its orders have to tick off, in order.</summary>
    public IReadOnlyList<PmChecklistItem> Checklist => _checklist;

    /// <summary>The last date of the series that was generated, missed or skipped.</summary>
    public DateOnly? LastScheduledFor { get; private set; }
    /// <summary>The next date of the series, before any shift; none at its end, or while a floating schedule waits for its order.</summary>
    public DateOnly? NextScheduledFor { get; private set; }
    /// <summary>When the next order is made (seed 003: next_order_date).</summary>
    public Instant? NextOrderAt { get; private set; }
    /// <summary>When that order will be due (seed 003: next_due_date).</summary>
    public Instant? NextDueAt { get; private set; }
    /// <summary>When it was put away; null: it is in use.</summary>
    public Instant? ArchivedAt { get; private set; }

    /// <summary>Another rhythm. Orders that are made already stay as they are.</summary>
    public void Repeat(PmKind kind, Recurrence recurrence)
    {
        (Kind, Recurrence) = (kind, recurrence);
        if (Status is PmStatus.Done) Status = PmStatus.Planned;
    }

    public void StandAt(Location? location) => (Location, LocationId) = (location, location.Key());

    /// <exception cref="InvalidTransition"/>
    public void Pause()
    {
        RequireKept();
        if (Status is not (PmStatus.Planned or PmStatus.Suspended)) throw new InvalidTransition(Code, Status.ToString(), nameof(PmStatus.Paused));
        (Status, SuspensionReason) = (PmStatus.Paused, null);
        Raise("PmSchedulePaused");
    }

    /// <exception cref="InvalidTransition"/>
    public void Resume()
    {
        RequireKept();
        if (Status is not (PmStatus.Paused or PmStatus.Suspended)) throw new InvalidTransition(Code, Status.ToString(), nameof(PmStatus.Planned));
        (Status, SuspensionReason) = (PmStatus.Planned, null);
        Raise("PmScheduleResumed");
    }

    /// <summary>Takes it out of sight; the orders that it made stay.</summary>
    /// <exception cref="InvalidTransition"/>
    public void Archive(Instant now)
    {
        RequireKept();
        (ArchivedAt, NextOrderAt, NextDueAt, NextScheduledFor) = (now, null, null, null);
        Raise("PmScheduleDeleted");
    }

    /// <exception cref="InvalidTransition">It is deleted.</exception>
    public void RequireKept()
    {
        if (ArchivedAt is not null) throw new InvalidTransition(Code, "deleted", "changed");
    }

    /// <summary>Puts on record that a date is executed on another day.</summary>
    internal void OccurrenceMoved(string? reason) => Raise("PmOccurrenceRescheduled", reason);

    /// <summary>Puts on record that somebody decided that a date gets no order.</summary>
    internal void OccurrenceSkipped(string? reason) => Raise("PmOccurrenceSkipped", reason);

    internal void Suspend(string reason)
    {
        (Status, SuspensionReason) = (PmStatus.Suspended, reason);
        Raise("PmScheduleSuspended", reason);
    }

    /// <summary>A date of the series has been dealt with.</summary>
    internal void Advance(DateOnly through)
    {
        if (!(LastScheduledFor >= through)) LastScheduledFor = through;
    }

    /// <summary>What it waits for now.</summary>
    internal void Await(PmOccurrence? next, bool mayFollow)
    {
        (NextScheduledFor, NextOrderAt) = (next?.ScheduledFor, next?.OrderAt);
        NextDueAt = NextOrderAt + (TimeToComplete ?? TimeSpan.Zero);
        if (next is null && !mayFollow && Status is PmStatus.Planned)
        {
            Status = PmStatus.Done;
            Raise("PmScheduleDone");
        }
        else if (next is not null && Status is PmStatus.Done)
        {
            Status = PmStatus.Planned;
        }
    }

    internal void Maintain(IReadOnlyList<Asset> assets) => Replace(_assets, assets);
    internal void Staff(IReadOnlyList<User> technicians) => Replace(_technicians, technicians);
    internal void SupplyFrom(IReadOnlyList<Vendor> vendors) => Replace(_vendors, vendors);

    private static void Replace<T>(List<T> current, IReadOnlyList<T> wanted)
    {
        current.RemoveAll(x => !wanted.Contains(x));
        current.AddRange(wanted.Distinct().Where(x => !current.Contains(x)));
    }
}

/// <summary>A part that each order of a schedule needs.</summary>
public sealed class PmPart : SiteEntity
{
    private PmPart() { } // EF Core

    internal PmPart(PmSchedule schedule, Part part, Quantity quantity) => (PmSchedule, Part, Quantity) = (schedule, part, Check.Positive(quantity));

    public long PmScheduleId { get; private set; }
    /// <summary>The schedule that needs it.</summary>
    public PmSchedule PmSchedule { get; private set; } = null!;
    public long PartId { get; private set; }
    /// <summary>The part.</summary>
    public Part Part { get; private set; } = null!;
    /// <summary>How much each of its orders needs.</summary>
    public Quantity Quantity { get; private set; }
}

/// <summary>A line of the checklist that each order of a schedule gets.</summary>
public sealed class PmChecklistItem : SiteEntity
{
    private PmChecklistItem() { } // EF Core

    internal PmChecklistItem(PmSchedule schedule, int order, string text) => (PmSchedule, Order, Text) = (schedule, order, Check.Text(text, 1000, $"checklist[{order - 1}]"));

    public long PmScheduleId { get; private set; }
    /// <summary>The schedule that it is part of.</summary>
    public PmSchedule PmSchedule { get; private set; } = null!;
    /// <summary>Its place, from 1.</summary>
    public int Order { get; private set; }
    /// <summary>What is to be done or looked at.</summary>
    public string Text { get; private set; } = "";
}
