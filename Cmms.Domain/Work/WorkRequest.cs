using Cmms.Domain.Assets;
using Cmms.Domain.Files;
using Cmms.Domain.Inventory;
using Cmms.Domain.Organization;

namespace Cmms.Domain.Work;

/// <summary>That somebody, or a policy, asks for maintenance (seed 000: aviso). Approved, it becomes a work order that carries everything over.</summary>
public sealed class WorkRequest : SiteEntity, IHasAttachments
{
    private readonly List<User> _technicians = [];
    private readonly List<Vendor> _vendors = [];

    private readonly List<Attachment> _attachments = [];
    private WorkRequest() { } // EF Core

    /// <param name="code">The next of the site's sequence.</param>
    /// <param name="requester">Who asks; null where it is no person.</param>
    public WorkRequest(string code, string title, User? requester)
    {
        (Code, Title) = (code, Check.Text(title));
        (Requester, RequesterId) = (requester, requester?.Id);
    }

    /// <summary>The number that people use, such as WR-000123; unique in the site.</summary>
    public string Code { get; private set; } = "";
    /// <summary>What is wrong or wanted, in one line.</summary>
    public string Title { get; private set; } = "";
    /// <summary>What is wrong or wanted, at length.</summary>
    public string? Description { get; private set; }
    /// <summary>How urgent it is to who asks.</summary>
    public WorkOrderPriority Priority { get; private set; }
    /// <summary>By when it should be done.</summary>
    public Instant? DueAt { get; private set; }
    /// <summary>Whether who asks wants an e-mail about what becomes of it.</summary>
    public bool Notify { get; private set; }

    /// <summary>What was decided about it.</summary>
    public WorkRequestStatus Status { get; private set; }
    /// <summary>Why it waits or was declined, as it was told to who asked.</summary>
    public string? StatusReason { get; private set; }

    public long? RequesterId { get; private set; }
    /// <summary>Who asks; null for a policy's request.</summary>
    public User? Requester { get; private set; }
    public long? AssetId { get; private set; }
    /// <summary>The asset that it is about.</summary>
    public Asset? Asset { get; private set; }
    public long? LocationId { get; private set; }
    /// <summary>Where; without one of its own, where the asset stood.</summary>
    public Location? Location { get; private set; }
    /// <summary>Who should do the work.</summary>
    public IReadOnlyList<User> Technicians => _technicians;
    /// <summary>Who from outside should do the work.</summary>
    public IReadOnlyList<Vendor> Vendors => _vendors;
    /// <summary>What shows what is wrong.</summary>
    public IReadOnlyList<Attachment> Attachments => _attachments;

    public long? WorkOrderId { get; private set; }
    /// <summary>What it became.</summary>
    public WorkOrder? WorkOrder { get; private set; }

    /// <summary>When it was taken out of sight; its history stays.</summary>
    public Instant? ArchivedAt { get; private set; }

    /// <summary>Nobody has decided for good yet.</summary>
    public bool IsOpen => ArchivedAt is null && Status is WorkRequestStatus.Pending or WorkRequestStatus.OnHold;

    /// <summary>What may be done with it next.</summary>
    public IReadOnlyList<WorkRequestTransition> Transitions() => ArchivedAt is not null ? [] : Status switch
    {
        WorkRequestStatus.Pending => [WorkRequestTransition.Approve, WorkRequestTransition.Hold, WorkRequestTransition.Decline],
        WorkRequestStatus.OnHold => [WorkRequestTransition.Approve, WorkRequestTransition.Decline, WorkRequestTransition.Reopen],
        WorkRequestStatus.Declined => [WorkRequestTransition.Reopen],
        _ => [],
    };

    public void Describe(string title, string? description, WorkOrderPriority priority, Instant? dueAt, bool notify)
    {
        (Title, Description, Priority) = (Check.Text(title), Check.OptionalText(description), priority);
        (DueAt, Notify) = (Check.Moment(dueAt), notify);
    }

    /// <param name="location">Where; null: where the asset stands.</param>
    public void Concern(Asset? asset, Location? location)
    {
        (Asset, AssetId) = (asset, asset.Key());
        (Location, LocationId) = (location ?? asset?.Location, location?.Id ?? asset?.LocationId);
    }

    /// <exception cref="InvalidValue">Someone who cannot be assigned to work.</exception>
    public void Propose(IReadOnlyList<User> technicians)
    {
        WorkOrder.RequireAssignable(technicians, _technicians);
        Replace(_technicians, technicians);
    }

    public void Propose(IReadOnlyList<Vendor> vendors) => Replace(_vendors, vendors);

    /// <summary>Who asked changes it until somebody looks at it; those who decide, until it is decided.</summary>
    /// <exception cref="InvalidTransition"/>
    public void RequireChangeable(bool byThoseWhoDecide)
    {
        if (!(byThoseWhoDecide ? IsOpen : IsOpen && Status is WorkRequestStatus.Pending)) throw Cannot("changed");
    }

    /// <summary>It becomes this order.</summary>
    /// <exception cref="InvalidTransition"/>
    internal void Approve(WorkOrder order)
    {
        Go(WorkRequestTransition.Approve, WorkRequestStatus.Approved, null);
        (WorkOrder, WorkOrderId) = (order, order.Id);
        Raise("WorkRequestApproved");
    }

    /// <exception cref="InvalidTransition"/>
    public void Hold(string? reason)
    {
        Go(WorkRequestTransition.Hold, WorkRequestStatus.OnHold, Check.OptionalText(reason, 2000));
        Raise("WorkRequestHeld", StatusReason);
    }

    /// <exception cref="InvalidTransition"/>
    public void Decline(string reason)
    {
        Go(WorkRequestTransition.Decline, WorkRequestStatus.Declined, Check.Text(reason, 2000));
        Raise("WorkRequestDeclined", StatusReason);
    }

    /// <exception cref="InvalidTransition"/>
    public void Reopen(string? reason)
    {
        Go(WorkRequestTransition.Reopen, WorkRequestStatus.Pending, null);
        Raise("WorkRequestReopened", Check.OptionalText(reason, 2000));
    }

    /// <summary>Takes it out of sight.</summary>
    public void Archive(Instant now)
    {
        ArchivedAt = now;
        Raise("WorkRequestDeleted");
    }

    private void Go(WorkRequestTransition transition, WorkRequestStatus to, string? reason)
    {
        if (!Transitions().Contains(transition)) throw Cannot(to.ToString());
        (Status, StatusReason) = (to, reason);
    }

    private InvalidTransition Cannot(string to) => new(Code, ArchivedAt is null ? Status.ToString() : "deleted", to);

    private static void Replace<T>(List<T> current, IReadOnlyList<T> wanted)
    {
        current.RemoveAll(x => !wanted.Contains(x));
        current.AddRange(wanted.Distinct().Where(x => !current.Contains(x)).ToList());
    }
}

/// <summary>What was decided about a work request.</summary>
public enum WorkRequestStatus
{
    /// <summary>Nobody has decided yet.</summary>
    Pending,
    /// <summary>It waits for something; it can still be approved or declined.</summary>
    OnHold,
    /// <summary>It became a work order.</summary>
    Approved,
    /// <summary>It will not be done.</summary>
    Declined,
}

/// <summary>What may be done next with a work request.</summary>
public enum WorkRequestTransition
{
    /// <summary>Make it a work order.</summary>
    Approve,
    /// <summary>Let it wait.</summary>
    Hold,
    /// <summary>Refuse it.</summary>
    Decline,
    /// <summary>Take it up again.</summary>
    Reopen,
}
