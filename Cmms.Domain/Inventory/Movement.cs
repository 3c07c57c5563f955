using static Cmms.Domain.Inventory.StockTransactionKind;

namespace Cmms.Domain.Inventory;

/// <summary>What one line of the ledger is going to say: signed changes of what is on hand, reserved, and worth.</summary>
internal sealed record Movement(StockTransactionKind Kind, Quantity Quantity)
{
    public Quantity OnHand { get; init; }
    public Quantity Reserved { get; init; }

    /// <summary>How much of it must not be promised to anybody else.</summary>
    public Quantity Needs { get; init; }

    public Money Value { get; init; }
    public Money UnitCost { get; init; }
    public Money TotalCost { get; init; }
    public string? Note { get; init; }
    public long? WorkOrderId { get; init; }
    public long? PurchaseRequestId { get; init; }
}

/// <summary>A part's figures at one moment of a transaction, as the database has them.</summary>
internal sealed record PartFigures(
    Quantity OnHand, Quantity Reserved, Money StockValue, Money UnitCost, Money AverageUnitCost, Quantity Shortage, Quantity TotalUsed,
    Quantity? Minimum, bool IsLow, int LowStockEpoch)
{
    public Quantity Available => OnHand - Reserved;

    /// <summary>The figures after a movement. The average follows from the value: only what is bought or revalued can change it.</summary>
    public PartFigures After(Movement movement)
    {
        var onHand = OnHand + movement.OnHand;
        var value = StockValue + movement.Value;
        return (this with
        {
            OnHand = onHand,
            Reserved = Reserved + movement.Reserved,
            StockValue = value,
            UnitCost = movement.Kind is Initial or Restock or CostUpdate ? movement.UnitCost : UnitCost,
            AverageUnitCost = movement.Kind switch
            {
                AverageCostUpdate => movement.UnitCost,
                Initial or Restock or Return => OnHand == Quantity.Zero ? movement.UnitCost : Costing.Average(value, onHand),
                _ => AverageUnitCost,
            },
            TotalUsed = movement.Kind switch
            {
                Usage => TotalUsed + movement.Quantity,
                Return => TotalUsed - movement.Quantity,
                _ => TotalUsed,
            },
        }).Judged();
    }

    /// <summary>
    /// Low is at or below the minimum. The epoch counts the crossings: it rises by one when the part becomes low, stays while it is low, and
    /// so names one fall for which one claim is made, by whoever looks first.
    /// </summary>
    public PartFigures Judged()
    {
        var low = Minimum is { } minimum && Available - Shortage <= minimum;
        return this with { IsLow = low, LowStockEpoch = low && !IsLow ? LowStockEpoch + 1 : LowStockEpoch };
    }
}
