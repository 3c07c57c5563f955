namespace Cmms.Domain.Inventory;

/// <summary>There is less than was asked for, what others have reserved not counted.</summary>
public sealed class InsufficientStock(string part, decimal requested, decimal available, string field = "quantity")
    : DomainError("INSUFFICIENT_STOCK", $"Only {Quantity.Of(available)} of {part} available, {Quantity.Of(requested)} asked.", field)
{
    /// <summary>How much was asked for.</summary>
    public decimal Requested => requested;

    /// <summary>How much could be had in that storeroom, read in the same transaction.</summary>
    public decimal Available => available;
}

/// <summary>A count or correction would leave less than nothing.</summary>
public sealed class NegativeStock(string part, decimal requested, decimal onHand, string field = "quantity")
    : DomainError("NEGATIVE_STOCK", $"{part} has {Quantity.Of(onHand)} on hand; {Quantity.Of(requested)} would leave less than nothing.", field)
{
    /// <summary>The change that was asked for.</summary>
    public decimal Requested => requested;

    /// <summary>How much is on hand in that storeroom.</summary>
    public decimal OnHand => onHand;
}

/// <summary>The part is bought when it is needed and has no stock to move.</summary>
public sealed class NonStockPart(string part) : DomainError("NON_STOCK_PART", $"{part} is not kept in stock.");
