using Cmms.Domain.Files;

namespace Cmms.Domain.Inventory;

/// <summary>Why stock was moved.</summary>
public enum StockTransactionKind
{
    /// <summary>What was there when the part was created.</summary>
    Initial,
    /// <summary>Bought and put on the shelf.</summary>
    Restock,
    /// <summary>Counted, and corrected by the difference.</summary>
    Reconcile,
    /// <summary>Promised to a work order.</summary>
    Reservation,
    /// <summary>Promised no longer.</summary>
    Release,
    /// <summary>Taken and used.</summary>
    Usage,
    /// <summary>Brought back after it was taken.</summary>
    Return,
    /// <summary>Moved between storerooms: one row out, one row in.</summary>
    Transfer,
    /// <summary>The price of the last purchase was changed by hand.</summary>
    CostUpdate,
    /// <summary>The average cost, and with it the value of the stock, was changed by hand.</summary>
    AverageCostUpdate,
}

/// <summary>One line of a part's stock ledger. It is never changed or removed: what was wrong is put right by another line.</summary>
public sealed class StockTransaction : SiteEntity, IHasAttachments
{
    private readonly List<Attachment> _attachments = [];
    private StockTransaction() { } // EF Core

    internal StockTransaction(Part part, Storeroom? storeroom, Movement movement, PartFigures after)
    {
        (Part, Storeroom) = (part, storeroom);
        (Kind, Quantity, UnitCost, TotalCost) = (movement.Kind, movement.Quantity, movement.UnitCost, movement.TotalCost);
        (OnHandChange, ReservedChange, ValueChange) = (movement.OnHand, movement.Reserved, movement.Value);
        (OnHandAfter, ReservedAfter, StockValueAfter) = (after.OnHand, after.Reserved, after.StockValue);
        Note = Check.OptionalText(movement.Note, 4000, "note");
        WorkOrderId = movement.WorkOrderId;
        PurchaseRequestId = movement.PurchaseRequestId;
    }

    public long PartId { get; private set; }
    /// <summary>What was moved.</summary>
    public Part Part { get; private set; } = null!;
    public long? StoreroomId { get; private set; }

    /// <summary>Where it happened; none for a change of cost alone.</summary>
    public Storeroom? Storeroom { get; private set; }

    /// <summary>Why it was moved.</summary>
    public StockTransactionKind Kind { get; private set; }

    /// <summary>How much was moved; below zero only where a count found less.</summary>
    public Quantity Quantity { get; private set; }

    /// <summary>Cost of one, frozen at that moment.</summary>
    public Money UnitCost { get; private set; }

    /// <summary>Cost of all of it, frozen at that moment.</summary>
    public Money TotalCost { get; private set; }

    /// <summary>By how much it changed what is on hand.</summary>
    public Quantity OnHandChange { get; private set; }

    /// <summary>By how much it changed what is reserved.</summary>
    public Quantity ReservedChange { get; private set; }

    /// <summary>By how much it changed the value of the part's stock.</summary>
    public Money ValueChange { get; private set; }

    /// <summary>What was on hand of the part afterwards, in all storerooms.</summary>
    public Quantity OnHandAfter { get; private set; }

    /// <summary>What was reserved of the part afterwards, in all storerooms.</summary>
    public Quantity ReservedAfter { get; private set; }

    /// <summary>What the part's stock was worth afterwards.</summary>
    public Money StockValueAfter { get; private set; }

    /// <summary>What the person wrote beside it.</summary>
    public string? Note { get; private set; }

    /// <summary>The work order it was for.</summary>
    public long? WorkOrderId { get; private set; }

    public long? PurchaseRequestId { get; private set; }

    /// <summary>The purchase request it was received for.</summary>
    public PurchaseRequest? PurchaseRequest { get; private set; }

    /// <summary>Receipts and other files that belong to it.</summary>
    public IReadOnlyList<Attachment> Attachments => _attachments;
}
