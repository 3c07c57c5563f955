using Cmms.Domain.Assets;
using Cmms.Domain.Files;

namespace Cmms.Domain.Inventory;

/// <summary>A spare part or consumable. What is known about it is changed here; stock and cost move only through <see cref="StockLedger"/>.</summary>
public sealed class Part : SiteEntity, IHasAttachments
{
    private readonly List<VendorPart> _vendorParts = [];
    private readonly List<Asset> _assets = [];
    private readonly List<StockLevel> _stockLevels = [];
    private readonly List<StockTransaction> _transactions = [];
    private readonly List<Attachment> _attachments = [];
    private Part() { } // EF Core

    /// <param name="isNonStock">Bought when it is needed: it has a cost, but no quantities, for ever.</param>
    /// <param name="unitCost">Its price; from then on purchases set it.</param>
    public Part(string name, bool isNonStock = false, Money unitCost = default)
    {
        Name = name;
        IsNonStock = isNonStock;
        UnitCost = AverageUnitCost = unitCost;
    }

    /// <summary>What people call it.</summary>
    public string Name { get; set => field = Check.Text(value, 200, nameof(Name)); } = "";

    /// <summary>What it is and what it fits, in words.</summary>
    public string? Description { get; set => field = Check.OptionalText(value, 4000, nameof(Description)); }

    /// <summary>The part number; unique on the site.</summary>
    public string? Number { get; set => field = Check.OptionalText(value, 100, nameof(Number)); }

    /// <summary>Where in the storeroom: aisle, shelf, bin.</summary>
    public string? Area { get; set => field = Check.OptionalText(value, 200, nameof(Area)); }

    /// <summary>Bought when it is needed: it has a cost, but no quantities.</summary>
    public bool IsNonStock { get; private set; }

    /// <summary>Days from order to delivery.</summary>
    public int? LeadTime { get; set => field = value is { } days ? Check.Between(days, 0, 3650, nameof(LeadTime)) : null; }

    /// <summary>What its label says; unique at the customer's.</summary>
    public string? QrCode { get; set => field = QrCodes.Check(value); }

    /// <summary>Put away: kept for its history, and offered for nothing new.</summary>
    public bool IsArchived { get; private set; }

    /// <summary>At or below this, what can be promised is low.</summary>
    public Quantity? Minimum { get; private set; }

    /// <summary>Up to this it is reordered.</summary>
    public Quantity? Desired { get; private set; }

    /// <summary>What is physically there, in all storerooms.</summary>
    public Quantity OnHand { get; private set; }

    /// <summary>What open work orders have been promised of it.</summary>
    public Quantity Reserved { get; private set; }

    /// <summary>What can still be promised: on hand less reserved.</summary>
    public Quantity Available { get; private set; }

    /// <summary>What open purchase requests are still to bring.</summary>
    public Quantity OnOrder { get; private set; }

    /// <summary>What open work orders need beyond what could be promised to them.</summary>
    public Quantity Shortage { get; private set; }

    /// <summary>What was used so far, less what was brought back.</summary>
    public Quantity TotalUsed { get; private set; }

    /// <summary>Price of the last purchase.</summary>
    public Money UnitCost { get; private set; }

    /// <summary>Average cost of what is on hand; what a use of it costs.</summary>
    public Money AverageUnitCost { get; private set; }

    /// <summary>What is on hand is worth this much.</summary>
    public Money StockValue { get; private set; }

    /// <summary>Whether available, less shortage, is at or below the minimum.</summary>
    public bool IsLow { get; private set; }

    /// <summary>How many times it has become low. One number stands for one fall, until the stock has risen above the minimum and falls again.</summary>
    public int LowStockEpoch { get; private set; }

    public long? PartTypeId { get; private set; }

    /// <summary>The kind that it is of.</summary>
    public PartType? PartType { get; set => (field, PartTypeId) = (value, value.Key()); }

    public long? StoreroomId { get; private set; }

    /// <summary>Where it is usually kept; the site's default storeroom stands for none.</summary>
    public Storeroom? Storeroom { get; set => (field, StoreroomId) = (value, value.Key()); }

    public long? MeasurementUnitId { get; private set; }

    /// <summary>What its quantities count.</summary>
    public MeasurementUnit? MeasurementUnit { get; set => (field, MeasurementUnitId) = (value, value.Key()); }

    /// <summary>Who sells it, under which number.</summary>
    public IReadOnlyList<VendorPart> VendorParts => _vendorParts;

    /// <summary>The assets it fits.</summary>
    public IReadOnlyList<Asset> Assets => _assets;

    /// <summary>How much of it lies where.</summary>
    public IReadOnlyList<StockLevel> StockLevels => _stockLevels;

    /// <summary>Its ledger.</summary>
    public IReadOnlyList<StockTransaction> Transactions => _transactions;

    /// <summary>Pictures and documents of it.</summary>
    public IReadOnlyList<Attachment> Attachments => _attachments;

    /// <summary>How much to buy now: up to what is desired (or the minimum, where nothing more is), less what is there and what is coming.</summary>
    public Quantity ToReorder => Quantity.Max(Quantity.Zero, (Desired ?? Minimum ?? Quantity.Zero) - Available + Shortage - OnOrder);

    /// <summary>Sets from when on it is low, and how much there should be. Raising the minimum over what is available makes it low there and then.</summary>
    /// <exception cref="InvalidValue"/>
    /// <exception cref="NonStockPart"/>
    public void SetLevels(Quantity? minimum, Quantity? desired)
    {
        if (IsNonStock && (minimum ?? desired) is not null) throw new NonStockPart(Name);
        if (minimum is { } least) Check.NotNegative(least, nameof(minimum));
        if (desired is { } most) Check.NotNegative(most, nameof(desired));
        if (desired < minimum) throw new InvalidValue(nameof(desired), "must not be below the minimum");
        (Minimum, Desired) = (minimum, desired);
        var judged = Figures().Judged();
        (IsLow, LowStockEpoch) = (judged.IsLow, judged.LowStockEpoch);
    }

    /// <exception cref="NonStockPart"/>
    public void RequireStock()
    {
        if (IsNonStock) throw new NonStockPart(Name);
    }

    public void Archive()
    {
        if (IsArchived) return;
        IsArchived = true;
        Raise("PartArchived");
    }

    public void Restore()
    {
        if (!IsArchived) return;
        IsArchived = false;
        Raise("PartRestored");
    }

    internal void Fit(IReadOnlyCollection<Asset> assets)
    {
        _assets.RemoveAll(a => !assets.Contains(a));
        _assets.AddRange(assets.Where(a => !_assets.Contains(a)));
    }

    private PartFigures Figures() =>
        new(OnHand, Reserved, StockValue, UnitCost, AverageUnitCost, Shortage, TotalUsed, Minimum, IsLow, LowStockEpoch);
}
