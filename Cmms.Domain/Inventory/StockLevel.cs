namespace Cmms.Domain.Inventory;

/// <summary>How much of a part lies in one storeroom. Only <see cref="StockLedger"/> moves it.</summary>
public sealed class StockLevel : SiteEntity
{
    private StockLevel() { } // EF Core

    internal StockLevel(Part part, Storeroom storeroom)
    {
        Part = part;
        Storeroom = storeroom;
    }

    public long PartId { get; private set; }

    /// <summary>What lies there.</summary>
    public Part Part { get; private set; } = null!;

    public long StoreroomId { get; private set; }

    /// <summary>Where it lies.</summary>
    public Storeroom Storeroom { get; private set; } = null!;

    /// <summary>What is physically there; never below zero.</summary>
    public Quantity OnHand { get; private set; }

    /// <summary>What open work orders have been promised of it.</summary>
    public Quantity Reserved { get; private set; }

    /// <summary>What can still be promised: on hand less reserved. Below zero only after a count found less than was promised.</summary>
    public Quantity Available { get; private set; }
}
