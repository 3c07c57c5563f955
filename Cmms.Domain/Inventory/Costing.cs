namespace Cmms.Domain.Inventory;

/// <summary>Products and quotients of quantities and amounts, exact in C#, where the database's would not be.</summary>
internal static class Costing
{
    private const decimal Largest = 99_999_999_999m;

    /// <summary>More than any shelf holds, and little enough to be added up.</summary>
    public static Quantity Most { get; } = Quantity.Of(Largest);

    /// <exception cref="InvalidValue">The product is beyond anything that can be kept.</exception>
    public static Money Total(Quantity quantity, Money unitCost)
    {
        var total = quantity.Value * unitCost.Value;
        return Math.Abs(total) <= Largest ? Money.Round(total) : throw new InvalidValue("quantity", $"costs more than {Largest} in all");
    }

    public static Money Average(Money value, Quantity quantity) => Money.Round(value.Value / quantity.Value);

    /// <summary>The value that leaves with a quantity: its share, and all that is left with the last of it, so that rounding never stays behind.</summary>
    public static Money Share(Quantity quantity, PartFigures part) =>
        quantity == part.OnHand ? part.StockValue : Money.Round(quantity.Value * part.StockValue.Value / part.OnHand.Value);
}
