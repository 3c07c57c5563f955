using Cmms.Domain.Inventory;

namespace Cmms.Domain.Work;

/// <summary>A part that a work order needs: planned, reserved, and in the end used.</summary>
public sealed class WorkOrderPart : SiteEntity
{
    private WorkOrderPart() { } // EF Core

    internal WorkOrderPart(WorkOrder workOrder, Part part, Storeroom? storeroom) =>
        (WorkOrder, WorkOrderId, Part, PartId, IsNonStock, Storeroom, StoreroomId) =
        (workOrder, workOrder.Id, part, part.Id, part.IsNonStock, storeroom, storeroom?.Id);

    public long WorkOrderId { get; private set; }
    /// <summary>The order that needs it.</summary>
    public WorkOrder WorkOrder { get; private set; } = null!;
    public long PartId { get; private set; }
    /// <summary>The part.</summary>
    public Part Part { get; private set; } = null!;
    public long? StoreroomId { get; private set; }
    /// <summary>Where it is taken from; none for a part that is not kept in stock.</summary>
    public Storeroom? Storeroom { get; private set; }

    /// <summary>How much the work needs.</summary>
    public Quantity Quantity { get; private set; }
    /// <summary>How much is held back for it in stock.</summary>
    public Quantity Reserved { get; private set; }
    /// <summary>How much was taken from stock for it.</summary>
    public Quantity Used { get; private set; }
    /// <summary>What the used quantity cost, frozen when it was taken.</summary>
    public Money TotalCost { get; private set; }

    /// <summary>Bought for the work instead of kept in stock: nothing is held back for it.</summary>
    public bool IsNonStock { get; private set; }

    /// <summary>How much of the need is neither reserved nor used: it counts as demand.</summary>
    public Quantity Shortfall => Quantity - Reserved - Used;

    /// <summary>From here on, what is reserved and used leaves this storeroom, whatever becomes of the part's own.</summary>
    internal void TakeFrom(Storeroom storeroom) => (Storeroom, StoreroomId) = (storeroom, storeroom.Id);

    internal void Plan(Quantity quantity) => Quantity = quantity;

    internal void Reserve(Quantity quantity) => Reserved += quantity;

    internal void Use(Quantity quantity, Money cost) =>
        (Reserved, Used, TotalCost) = (Domain.Quantity.Max(Reserved - quantity, Domain.Quantity.Zero), Used + quantity, TotalCost + cost);

    internal void Unuse() => (Used, TotalCost) = (Domain.Quantity.Zero, Money.Zero);
}
