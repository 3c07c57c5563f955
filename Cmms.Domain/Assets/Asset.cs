using Cmms.Domain.Files;
using Cmms.Domain.Inventory;
using Cmms.Domain.Organization;
using Cmms.Domain.Planning;
using Cmms.Domain.Production;
using Cmms.Domain.Work;

namespace Cmms.Domain.Assets;

/// <summary>A machine, vehicle or installation that is maintained, possibly as a part of another.</summary>
public sealed class Asset : TreeNode, IHasAttachments
{
    private readonly List<Asset> _children = [];
    private readonly List<AssetType> _assetTypes = [];
    private readonly List<User> _technicians = [];
    private readonly List<Part> _parts = [];
    private readonly List<Vendor> _vendors = [];
    private readonly List<StatusChange> _statusHistory = [];
    private readonly List<WorkOrder> _workOrders = [];
    private readonly List<PmSchedule> _pmSchedules = [];
    private readonly List<Downtime> _downtimes = [];
    private readonly List<ProductionOrder> _productionOrders = [];
    private readonly List<ProductionRecord> _productionRecords = [];
    private readonly List<Attachment> _attachments = [];
    private Asset() { } // EF Core

    /// <param name="parent">What it is a part of (<see cref="Trees.FindParent"/>); null at the top.</param>
    public Asset(string name, Instant now, Asset? parent = null)
    {
        Place(name, parent);
        StatusChangedAt = now;
    }

    /// <summary>What stands on its nameplate; unique on the site.</summary>
    public string? Code { get; set => field = Check.OptionalText(value, 64, nameof(Code)); }

    /// <summary>What it is and does, in words.</summary>
    public string? Description { get; set => field = Check.OptionalText(value, 4000, nameof(Description)); }

    /// <summary>The manufacturer's name for this kind of machine.</summary>
    public string? Model { get; set => field = Check.OptionalText(value, 200, nameof(Model)); }

    /// <summary>Who built it.</summary>
    public string? Manufacturer { get; set => field = Check.OptionalText(value, 200, nameof(Manufacturer)); }

    /// <summary>The manufacturer's number of this very piece.</summary>
    public string? SerialNumber { get; set => field = Check.OptionalText(value, 200, nameof(SerialNumber)); }

    /// <summary>When it was bought.</summary>
    public DateOnly? PurchaseDate { get; set => field = Check.Day(value, nameof(PurchaseDate)); }

    /// <summary>The last day under warranty.</summary>
    public DateOnly? WarrantyExpirationDate { get; set => field = Check.Day(value, nameof(WarrantyExpirationDate)); }

    /// <summary>How many days before the warranty expires somebody is told.</summary>
    public int WarrantyNoticeDays { get; set => field = Check.Between(value, 0, 3650, nameof(WarrantyNoticeDays)); } = 30;

    /// <summary>How long it is meant to last, in months from its purchase.</summary>
    public int? LifeExpectancyMonths
    {
        get;
        set => field = value is { } months ? Check.Between(months, 1, 2400, nameof(LifeExpectancyMonths)) : null;
    }

    /// <summary>What it cost, in the site's currency.</summary>
    public Money? PurchaseCost { get; set; }

    /// <summary>What another one would cost, in the site's currency.</summary>
    public Money? ReplacementCost { get; set; }

    /// <summary>What it will still bring at the end of its life, in the site's currency.</summary>
    public Money? SalvageValue { get; set; }

    /// <summary>Since when it is in service, as its reliability counts; null: since it was put down here.</summary>
    public Instant? InServiceAt { get; set => field = Check.Moment(value, nameof(InServiceAt)); }

    /// <summary>What an hour of its downtime costs, in the site's currency.</summary>
    public Money? DowntimeCostPerHour { get; set; }

    /// <summary>What it can produce in an hour.</summary>
    public Quantity? TheoreticalCapacity { get; set => field = value is { } q ? Check.NotNegative(q, nameof(TheoreticalCapacity)) : null; }

    /// <summary>The unit of its capacity: kg/h, m/h, units/h.</summary>
    public string? CapacityUnit { get; set => field = Check.OptionalText(value, 50, nameof(CapacityUnit)); }

    /// <summary>What its label says; unique at the customer's.</summary>
    public string? QrCode { get; set => field = QrCodes.Check(value); }

    /// <summary>Whether it runs, is worked on, or is out of service.</summary>
    public AssetStatus Status { get; private set; }

    /// <summary>Since when it has this status.</summary>
    public Instant StatusChangedAt { get; private set; }

    /// <summary>The state that it is in, apart from whether it runs.</summary>
    public AssetCondition Condition { get; set; }

    /// <summary>Whether it is out on a project now.</summary>
    public RentalStatus RentalStatus { get; internal set; }

    public long? LocationId { get; private set; }

    /// <summary>Where it stands.</summary>
    public Location? Location { get; private set; }

    public long? ProcessId { get; private set; }

    /// <summary>The step of production that it belongs to (seed 001: proceso).</summary>
    public Process? Process { get; private set; }

    /// <summary>What it is a part of.</summary>
    public Asset? Parent { get; private set; }

    /// <summary>The top of its tree; null for the top itself.</summary>
    public Asset? Root { get; private set; }

    /// <summary>Its own parts that are assets themselves.</summary>
    public IReadOnlyList<Asset> Children => _children;

    /// <summary>The kinds that it is of.</summary>
    public IReadOnlyList<AssetType> AssetTypes => _assetTypes;

    /// <summary>Who usually looks after it.</summary>
    public IReadOnlyList<User> Technicians => _technicians;

    /// <summary>The spare parts that fit it.</summary>
    public IReadOnlyList<Part> Parts => _parts;

    /// <summary>Who supplies or services it.</summary>
    public IReadOnlyList<Vendor> Vendors => _vendors;

    /// <summary>Every change of its operational status.</summary>
    public IReadOnlyList<StatusChange> StatusHistory => _statusHistory;

    /// <summary>When it stood still.</summary>
    public IReadOnlyList<Downtime> Downtimes => _downtimes;

    /// <summary>The work done and to be done on it.</summary>
    public IReadOnlyList<WorkOrder> WorkOrders => _workOrders;

    /// <summary>The preventive maintenance planned for it.</summary>
    public IReadOnlyList<PmSchedule> PmSchedules => _pmSchedules;

    /// <summary>What is to be made on it, and was.</summary>
    public IReadOnlyList<ProductionOrder> ProductionOrders => _productionOrders;

    /// <summary>What it made.</summary>
    public IReadOnlyList<ProductionRecord> ProductionRecords => _productionRecords;

    /// <summary>Pictures and documents of it.</summary>
    public IReadOnlyList<Attachment> Attachments => _attachments;

    /// <summary>Production may be logged and assigned only while operational; maintenance work always may (seed 001).</summary>
    public bool IsOperational => Status is AssetStatus.Operational;

    /// <summary>When somebody is to be told that the warranty expires; null without one.</summary>
    public DateOnly? WarrantyNoticeDate() => WarrantyExpirationDate?.AddDays(-WarrantyNoticeDays);

    /// <summary>Whether a day is covered; the day of expiration still is.</summary>
    public bool IsUnderWarranty(DateOnly day) => WarrantyExpirationDate >= day;

    /// <exception cref="AssetNotOperational"/>
    public void RequireOperational(string field = "assetId")
    {
        if (!IsOperational) throw new AssetNotOperational(Name, Status, field);
    }

    /// <exception cref="InvalidValue">The location is archived.</exception>
    public void StandAt(Location? location)
    {
        if (location is { IsArchived: true } && location.Id != LocationId) throw new InvalidValue("locationId", "is archived");
        (Location, LocationId) = (location, location.Key());
    }

    /// <exception cref="InvalidValue">The process is archived.</exception>
    public void RunIn(Process? process)
    {
        if (process is { IsArchived: true } && process.Id != ProcessId) throw new InvalidValue("processId", "is archived");
        (Process, ProcessId) = (process, process.Key());
    }

    /// <summary>Changes the operational status, for ever on record with who, when and why; <see cref="Assets.Downtimes"/> begins and ends what stands still by it.</summary>
    /// <exception cref="StatusUnchanged"/>
    internal StatusChange ChangeStatus(AssetStatus to, Reason reason, Actor by, Instant now, StatusChangeDetails? details = null)
    {
        if (to == Status) throw new StatusUnchanged(to);
        var change = new StatusChange(this, Status, to, reason, by, now, details ?? new StatusChangeDetails());
        _statusHistory.Add(change);
        (Status, StatusChangedAt) = (to, now);
        Raise("AssetStatusChanged", reason.Text);
        return change;
    }

    /// <summary>Replaces those who look after it; whoever is new among them must be assignable.</summary>
    /// <exception cref="InvalidValue"/>
    internal void Assign(IReadOnlyCollection<User> technicians)
    {
        if (technicians.FirstOrDefault(t => !t.IsAssignable && !_technicians.Contains(t)) is { } idle)
            throw new InvalidValue("technicianIds", $"names {idle.FullName}, who cannot be assigned to work");
        Replace(_technicians, technicians);
    }

    internal void Classify(IReadOnlyCollection<AssetType> types) => Replace(_assetTypes, types);
    internal void Fit(IReadOnlyCollection<Part> parts) => Replace(_parts, parts);
    internal void SupplyFrom(IReadOnlyCollection<Vendor> vendors) => Replace(_vendors, vendors);

    private protected override void Attach(TreeNode? parent) => Parent = (Asset?)parent;

    private static void Replace<T>(List<T> current, IReadOnlyCollection<T> wanted)
    {
        current.RemoveAll(x => !wanted.Contains(x));
        current.AddRange(wanted.Where(x => !current.Contains(x)));
    }
}
