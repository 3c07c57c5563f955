namespace Cmms.Domain.Inventory;

/// <summary>How far a purchase has come.</summary>
public enum PurchaseRequestStatus
{
    /// <summary>Raised, by a person or a policy; nobody has agreed yet.</summary>
    Requested,
    /// <summary>Agreed; to be delivered.</summary>
    Approved,
    /// <summary>Some of it has come.</summary>
    PartiallyReceived,
    /// <summary>All of it has come.</summary>
    Received,
    /// <summary>Given up; what had come stays.</summary>
    Cancelled,
}

/// <summary>That parts are to be bought from a vendor. While it is open, what it is still to bring counts as on order.</summary>
public sealed class PurchaseRequest : SiteEntity
{
    private const int Longest = 4000;
    private readonly List<PurchaseLine> _lines = [];
    private PurchaseRequest() { } // EF Core

    internal PurchaseRequest(string code, Vendor? vendor, DateOnly? needByDate)
    {
        Code = code;
        (Vendor, VendorId) = (vendor, vendor.Key());
        NeedByDate = Check.Day(needByDate);
    }

    /// <summary>Its number, such as <c>PR-000012</c>; unique on the site.</summary>
    public string Code { get; private set; } = "";

    public long? VendorId { get; private set; }

    /// <summary>From whom; null where nobody sells all of it yet.</summary>
    public Vendor? Vendor { get; private set; }

    /// <summary>How far it has come.</summary>
    public PurchaseRequestStatus Status { get; private set; }

    /// <summary>The day by which it should be there.</summary>
    public DateOnly? NeedByDate { get; private set; }

    /// <summary>What the buyer should know.</summary>
    public string? Note { get; internal set => field = Check.OptionalText(value, 4000, nameof(Note)); }

    /// <summary>Why a policy raised it, in words and figures, a sentence a line; null where a person did.</summary>
    public string? Explanation { get; private set; }

    public Actor? ApprovedBy { get; private set; }
    /// <summary>When somebody agreed.</summary>
    public Instant? ApprovedAt { get; private set; }

    /// <summary>When all of it had come or it was given up.</summary>
    public Instant? ClosedAt { get; private set; }

    /// <summary>What is bought, a line a part.</summary>
    public IReadOnlyList<PurchaseLine> Lines => _lines;

    /// <summary>Whether anything is still to come.</summary>
    public bool IsOpen => Status is PurchaseRequestStatus.Requested or PurchaseRequestStatus.Approved or PurchaseRequestStatus.PartiallyReceived;

    internal void Add(Part part, Quantity quantity, Money? unitCost) => _lines.Add(new PurchaseLine(this, part, quantity, unitCost));

    /// <summary>As a policy adds it, with its reason.</summary>
    /// <param name="claimKey">What the line is raised for: a second one that is still to come cannot be.</param>
    internal void Add(Part part, Quantity quantity, DateOnly? needBy, string explanation, string claimKey)
    {
        _lines.Add(new PurchaseLine(this, part, quantity, null, explanation, claimKey));
        if (NeedByDate is null || needBy < NeedByDate) NeedByDate = needBy;
        var all = Explanation is null ? explanation : $"{Explanation}\n{explanation}";
        Explanation = all.Length <= Longest ? all : Explanation; // each line has its own
    }

    /// <exception cref="InvalidTransition"/>
    public void Approve(Actor by, Instant now)
    {
        if (Status is not PurchaseRequestStatus.Requested) throw Refused(PurchaseRequestStatus.Approved);
        (Status, ApprovedBy, ApprovedAt) = (PurchaseRequestStatus.Approved, by, now);
        Raise("PurchaseRequestApproved");
    }

    /// <exception cref="InvalidTransition"/>
    internal void RequireReceivable()
    {
        if (Status is not (PurchaseRequestStatus.Approved or PurchaseRequestStatus.PartiallyReceived)) throw Refused(PurchaseRequestStatus.Received);
    }

    /// <summary>After lines have taken what came.</summary>
    internal void Take(string? note, Instant now)
    {
        var complete = _lines.TrueForAll(l => l.Outstanding == Quantity.Zero);
        Status = complete ? PurchaseRequestStatus.Received : PurchaseRequestStatus.PartiallyReceived;
        if (complete) Close(now);
        Raise(complete ? "PurchaseRequestReceived" : "PurchaseRequestPartiallyReceived", Check.OptionalText(note));
    }

    internal void Cancel(string? reason, Instant now)
    {
        if (!IsOpen) throw Refused(PurchaseRequestStatus.Cancelled);
        Status = PurchaseRequestStatus.Cancelled;
        Close(now);
        Raise("PurchaseRequestCancelled", Check.OptionalText(reason, 2000));
    }

    /// <summary>Its lines are known by then.</summary>
    private void Close(Instant now)
    {
        ClosedAt = now;
        foreach (var line in _lines) line.ClaimKey = null;
    }

    private InvalidTransition Refused(PurchaseRequestStatus to) => new(Code, Status.ToString(), to.ToString());
}

/// <summary>A part of a purchase request, and how much of it has come.</summary>
public sealed class PurchaseLine : SiteEntity
{
    private PurchaseLine() { } // EF Core

    internal PurchaseLine(PurchaseRequest request, Part part, Quantity quantity, Money? unitCost, string? explanation = null, string? claimKey = null)
    {
        (PurchaseRequest, Part) = (request, part);
        Quantity = Check.Positive(quantity);
        UnitCost = unitCost;
        (Explanation, ClaimKey) = (Check.OptionalText(explanation), claimKey);
    }

    public long PurchaseRequestId { get; private set; }
    /// <summary>The request that it is part of.</summary>
    public PurchaseRequest PurchaseRequest { get; private set; } = null!;
    public long PartId { get; private set; }
    /// <summary>What is bought.</summary>
    public Part Part { get; private set; } = null!;
    /// <summary>How much is asked for.</summary>
    public Quantity Quantity { get; private set; }

    /// <summary>How much has come so far.</summary>
    public Quantity Received { get; private set; }

    /// <summary>What one is expected to cost.</summary>
    public Money? UnitCost { get; private set; }

    /// <summary>Why a policy asks for it, in words and figures; null where a person does.</summary>
    public string? Explanation { get; private set; }

    /// <summary>What it was raised for, while it is still to come: two of a policy for one thing cannot be.</summary>
    internal string? ClaimKey { get; set; }

    /// <summary>What is still to come.</summary>
    public Quantity Outstanding => Quantity - Received;

    /// <exception cref="InvalidValue">More than is still to come.</exception>
    internal void Receive(Quantity quantity, string field)
    {
        Check.Positive(quantity, field);
        if (quantity > Outstanding) throw new InvalidValue(field, $"is more than the {Outstanding} still to come");
        Received += quantity;
        if (Outstanding == Quantity.Zero) ClaimKey = null;
    }
}
