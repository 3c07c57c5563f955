using Cmms.Domain.Assets;
using Cmms.Domain.Files;
using Cmms.Domain.Inventory;
using Cmms.Domain.Organization;
using Cmms.Domain.Planning;

namespace Cmms.Domain.Work;

/// <summary>Work to be done on assets or at a location, by people, with parts.</summary>
public sealed class WorkOrder : SiteEntity, IHasAttachments
{
    private readonly List<Asset> _assets = [];
    private readonly List<User> _technicians = [];
    private readonly List<Vendor> _vendors = [];
    private readonly List<WorkOrderPart> _parts = [];
    private readonly List<ChecklistItem> _checklist = [];
    private readonly List<Downtime> _downtimes = [];

    private readonly List<Attachment> _attachments = [];
    private WorkOrder() { } // EF Core

    /// <param name="code">The next of the site's sequence.</param>
    /// <param name="status">A status of the phase PENDING.</param>
    public WorkOrder(string code, string title, WorkOrderType type, WorkOrderStatus status)
    {
        (Code, Title, Type) = (code, Check.Text(title), type);
        Enter(status);
    }

    /// <summary>The number that people use, such as WO-000123; unique in the site.</summary>
    public string Code { get; private set; } = "";
    /// <summary>What is to be done, in one line.</summary>
    public string Title { get; private set; } = "";
    /// <summary>What is to be done, at length.</summary>
    public string? Description { get; private set; }
    /// <summary>What those who did the work noted.</summary>
    public string? Notes { get; private set; }
    /// <summary>Why the work is done: a breakdown, a plan, an inspection, an improvement.</summary>
    public WorkOrderType Type { get; private set; }
    /// <summary>How urgent it is.</summary>
    public WorkOrderPriority Priority { get; private set; }

    public long StatusId { get; private set; }
    /// <summary>How far it has come, in the site's own words; `phase` is the same for programs.</summary>
    public WorkOrderStatus Status { get; private set; } = null!;
    /// <summary>The phase of its status.</summary>
    public WorkOrderPhase Phase { get; private set; }

    /// <summary>By when it should be done.</summary>
    public Instant? DueAt { get; private set; }
    /// <summary>When the work is planned to begin.</summary>
    public Instant? ScheduledStartAt { get; private set; }
    /// <summary>When the work is planned to end.</summary>
    public Instant? ScheduledEndAt { get; private set; }
    /// <summary>Whether its assets stand still while it is done: from its planned start to its planned end for those who plan, and really from its start on.</summary>
    public bool StopsAssets { get; set; }
    /// <summary>When the work began.</summary>
    public Instant? ActualStartAt { get; private set; }
    /// <summary>When the work ended.</summary>
    public Instant? ActualEndAt { get; private set; }
    /// <summary>When it was declared done.</summary>
    public Instant? CompletedAt { get; private set; }
    /// <summary>When it was done or given up.</summary>
    public Instant? FinishedAt { get; private set; }
    /// <summary>When it was taken out of sight; its history stays.</summary>
    public Instant? ArchivedAt { get; private set; }

    public long? LocationId { get; private set; }
    /// <summary>Where the work is done.</summary>
    public Location? Location { get; private set; }
    public long? AssetId { get; private set; }
    /// <summary>The asset that the order is mainly about; one of its assets.</summary>
    public Asset? Asset { get; private set; }
    /// <summary>All assets that are worked on (seed 000: activos).</summary>
    public IReadOnlyList<Asset> Assets => _assets;
    /// <summary>Who does the work.</summary>
    public IReadOnlyList<User> Technicians => _technicians;
    /// <summary>Who from outside does the work.</summary>
    public IReadOnlyList<Vendor> Vendors => _vendors;
    /// <summary>What it takes from stock, a line a part.</summary>
    public IReadOnlyList<WorkOrderPart> Parts => _parts;
    /// <summary>The downtimes that go with it.</summary>
    public IReadOnlyList<Downtime> Downtimes => _downtimes;
    /// <summary>What is to be ticked off, in order.</summary>
    public IReadOnlyList<ChecklistItem> Checklist => _checklist;
    /// <summary>Pictures and documents of the work.</summary>
    public IReadOnlyList<Attachment> Attachments => _attachments;

    /// <summary>Whether its asset was under warranty when the order was made; the last day of the warranty is covered.</summary>
    public bool OpenedUnderWarranty { get; private set; }

    public long? PmScheduleId { get; private set; }
    /// <summary>The schedule that made it.</summary>
    public PmSchedule? PmSchedule { get; private set; }
    /// <summary>The date of the schedule's series that it was made for.</summary>
    public DateOnly? PmScheduledFor { get; private set; }

    public long? SplitFromId { get; private set; }
    /// <summary>The order that this one was split from.</summary>
    public WorkOrder? SplitFrom { get; private set; }
    public long? MergedIntoId { get; private set; }
    /// <summary>The order that took this one's work over.</summary>
    public WorkOrder? MergedInto { get; private set; }

    /// <summary>Past its due time and not done.</summary>
    public bool IsOverdue(Instant now) => !Phase.IsFinal && DueAt < now;

    /// <summary>What may be done with it next.</summary>
    public IReadOnlyList<WorkOrderTransition> Transitions() => IsGone ? [] : Phase.Transitions;

    /// <summary>Whether labour, use of parts or completion is on record, so that it can no longer be deleted.</summary>
    public bool HasRecordedWork => CompletedAt is not null || _parts.Any(p => p.Used > Quantity.Zero);

    public void Describe(string title, string? description, WorkOrderPriority priority) =>
        (Title, Description, Priority) = (Check.Text(title), Check.OptionalText(description), priority);

    public void Note(string? notes) => Notes = Check.OptionalText(notes, 8000);

    /// <exception cref="EndBeforeStart"/>
    public void Schedule(Instant? scheduledStartAt, Instant? scheduledEndAt, Instant? dueAt)
    {
        (ScheduledStartAt, ScheduledEndAt, DueAt) = (Check.Moment(scheduledStartAt), Check.Moment(scheduledEndAt), Check.Moment(dueAt));
        EndBeforeStart.Check(scheduledStartAt, scheduledEndAt);
    }

    /// <summary>What really happened and when, as those who did it say.</summary>
    /// <exception cref="EndBeforeStart"/>
    public void RecordActuals(Instant? actualStartAt, Instant? actualEndAt)
    {
        (ActualStartAt, ActualEndAt) = (Check.Moment(actualStartAt), Check.Moment(actualEndAt));
        EndBeforeStart.Check(actualStartAt, actualEndAt);
    }

    /// <summary>
    /// Moves the start to a day of the site, at the time of day that it had; end and due time move by the same delta, so that durations stay
    /// (seed 000). An order that has no start moves by its due time; one without any time begins with that day.
    /// </summary>
    /// <exception cref="InvalidTransition"/>
    public void Reschedule(DateOnly date, SiteZone zone, string? reason)
    {
        RequireOpen("rescheduled");
        Check.Day(date);
        var why = Check.OptionalText(reason, field: nameof(reason));
        if ((ScheduledStartAt ?? ScheduledEndAt ?? DueAt) is { } from)
        {
            var delta = zone.At(date, zone.Local(from).Time) - from;
            (ScheduledStartAt, ScheduledEndAt, DueAt) = (ScheduledStartAt + delta, ScheduledEndAt + delta, DueAt + delta);
        }
        else
        {
            ScheduledStartAt = zone.At(date, TimeOnly.MinValue);
        }
        Raise("WorkOrderRescheduled", why);
    }

    /// <summary>What the work is done on. The first asset is the main one; without assets, the location alone.</summary>
    public void WorkOn(IReadOnlyList<Asset> assets, Location? location, DateOnly today)
    {
        Replace(_assets, assets);
        Asset = assets.Count > 0 ? assets[0] : null;
        AssetId = Asset?.Id;
        Location = location ?? Asset?.Location;
        LocationId = location?.Id ?? Asset?.LocationId;
        OpenedUnderWarranty = Asset?.WarrantyExpirationDate >= today;
    }

    /// <exception cref="InvalidValue">Someone who cannot be assigned to work, and is not assigned to it already.</exception>
    public void AssignTechnicians(IReadOnlyList<User> technicians)
    {
        RequireAssignable(technicians, _technicians);
        Replace(_technicians, technicians);
    }

    internal static void RequireAssignable(IReadOnlyList<User> technicians, List<User> assigned)
    {
        foreach (var (i, technician) in technicians.Index())
            if (!technician.IsAssignable && !assigned.Contains(technician)) throw new InvalidValue($"technicianIds[{i}]", $"names {technician.FullName}, who cannot be assigned to work");
    }

    internal void Unite(IReadOnlyList<User> technicians, IReadOnlyList<Vendor> vendors)
    {
        _technicians.AddRange(technicians.Except(_technicians).ToList());
        _vendors.AddRange(vendors.Except(_vendors).ToList());
    }

    public void AssignVendors(IReadOnlyList<Vendor> vendors) => Replace(_vendors, vendors);

    /// <summary>Replaces the checklist.</summary>
    public void SetChecklist(IReadOnlyList<ChecklistLine> lines)
    {
        _checklist.Clear();
        foreach (var (line, order) in lines.Select((line, i) => (line, i + 1))) _checklist.Add(new ChecklistItem(this, order, line));
    }

    /// <exception cref="InvalidTransition">It is deleted or merged into another.</exception>
    public void RequireKept()
    {
        if (IsGone) throw Cannot("changed");
    }

    /// <exception cref="InvalidTransition"/>
    internal void RequireOpen(string action)
    {
        if (Phase.IsFinal || IsGone) throw Cannot(action);
    }

    /// <summary>Enters a status, with the marks of time that its phase leaves. What becomes of parts is <see cref="WorkOrderFlow"/>'s matter.</summary>
    /// <exception cref="InvalidTransition"/>
    internal WorkOrderTransition? Move(WorkOrderStatus to, Instant now, string? reason)
    {
        if (IsGone) throw Cannot(to.Name);
        if (to.Phase == Phase)
        {
            Enter(to);
            Because(Check.OptionalText(reason));
            return null;
        }
        var transition = Phase.TransitionTo(to.Phase) ?? throw Cannot(to.Name);
        switch (transition)
        {
            case WorkOrderTransition.Start or WorkOrderTransition.Resume when to.Phase is WorkOrderPhase.InProgress:
                ActualStartAt ??= now;
                break;
            case WorkOrderTransition.Complete:
                ActualEndAt ??= now;
                RecordActuals(ActualStartAt ?? ActualEndAt, ActualEndAt);
                (CompletedAt, FinishedAt) = (now, ActualEndAt);
                break;
            case WorkOrderTransition.Cancel:
                FinishedAt = now;
                break;
            case WorkOrderTransition.Reopen:
                (CompletedAt, ActualEndAt, FinishedAt) = (null, null, null);
                break;
        }
        Enter(to);
        Raise(transition switch
        {
            WorkOrderTransition.Start => "WorkOrderStarted",
            WorkOrderTransition.Hold => "WorkOrderHeld",
            WorkOrderTransition.Resume => "WorkOrderResumed",
            WorkOrderTransition.Complete => "WorkOrderCompleted",
            WorkOrderTransition.Cancel => "WorkOrderCancelled",
            _ => "WorkOrderReopened",
        }, Check.OptionalText(reason));
        return transition;
    }

    /// <summary>Another status of the phase that it is in.</summary>
    internal void Rename(WorkOrderStatus status) => Enter(status);

    internal WorkOrderPart Line(Part part, Storeroom? storeroom)
    {
        var line = _parts.Find(p => p.PartId == part.Id);
        if (line is null) _parts.Add(line = new WorkOrderPart(this, part, storeroom));
        return line;
    }

    internal void Remove(WorkOrderPart line) => _parts.Remove(line);

    /// <exception cref="InvalidTransition">Work is on record, or it is gone already.</exception>
    internal void Archive(Instant now)
    {
        if (IsGone || HasRecordedWork) throw Cannot("deleted");
        (ArchivedAt, FinishedAt) = (now, FinishedAt ?? now);
        Raise("WorkOrderDeleted");
    }

    /// <summary>Puts on record that its parts are others now; whoever follows the order is to know.</summary>
    internal void PartsChanged() => Raise("WorkOrderPartsChanged");

    /// <summary>Puts on record that something on its checklist was ticked.</summary>
    internal void ChecklistChanged() => Raise("WorkOrderChecklistChanged");

    internal void ComeFrom(PmSchedule schedule, DateOnly scheduledFor) =>
        (PmSchedule, PmScheduleId, PmScheduledFor) = (schedule, schedule.Id, scheduledFor);

    internal void MarkSplitFrom(WorkOrder source) =>
        (SplitFrom, SplitFromId, PmScheduleId, PmScheduledFor) = (source, source.Id, source.PmScheduleId, source.PmScheduledFor);

    internal void MarkMergedInto(WorkOrder survivor) => (MergedInto, MergedIntoId) = (survivor, survivor.Id);

    internal void Detach(IReadOnlyCollection<Asset> assets)
    {
        _assets.RemoveAll(assets.Contains);
        if (Asset is null || _assets.Contains(Asset)) return;
        Asset = _assets.FirstOrDefault();
        AssetId = Asset?.Id;
    }

    internal InvalidTransition Cannot(string to) => new(Code, ArchivedAt is not null ? "deleted" : MergedIntoId is not null ? "merged into another" : Status.Name, to);

    /// <summary>Deleted, or merged into another order: nothing happens to it any more.</summary>
    private bool IsGone => ArchivedAt is not null || MergedIntoId is not null;

    private static void Replace<T>(List<T> current, IReadOnlyList<T> wanted)
    {
        current.RemoveAll(x => !wanted.Contains(x));
        current.AddRange(wanted.Distinct().Where(x => !current.Contains(x)).ToList());
    }

    private void Enter(WorkOrderStatus status) => (Status, StatusId, Phase) = (status, status.Id, status.Phase);
}
