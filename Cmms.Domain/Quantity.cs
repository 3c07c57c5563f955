using System.Globalization;

namespace Cmms.Domain;

/// <summary>An exact amount of something counted or measured, with at most three decimal places; kept as thousandths.</summary>
public readonly record struct Quantity : IComparable<Quantity>
{
    private Quantity(long thousandths) => Thousandths = thousandths;

    public long Thousandths { get; }
    public decimal Value => Thousandths / 1000m;
    public static Quantity Zero => default;

    public static Quantity FromThousandths(long thousandths) => new(thousandths);

    /// <exception cref="InvalidValue">More than three decimal places, or too large.</exception>
    public static Quantity Of(decimal value, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(value))] string field = "") =>
        new(Decimals.Scale(value, 1000m, 3, field));

    public int CompareTo(Quantity other) => Thousandths.CompareTo(other.Thousandths);

    public static Quantity operator +(Quantity left, Quantity right) => new(checked(left.Thousandths + right.Thousandths));
    public static Quantity operator -(Quantity left, Quantity right) => new(checked(left.Thousandths - right.Thousandths));
    public static Quantity operator -(Quantity value) => new(-value.Thousandths);
    public static bool operator <(Quantity left, Quantity right) => left.Thousandths < right.Thousandths;
    public static bool operator >(Quantity left, Quantity right) => left.Thousandths > right.Thousandths;
    public static bool operator <=(Quantity left, Quantity right) => left.Thousandths <= right.Thousandths;
    public static bool operator >=(Quantity left, Quantity right) => left.Thousandths >= right.Thousandths;

    public static Quantity Max(Quantity left, Quantity right) => left > right ? left : right;
    public static Quantity Min(Quantity left, Quantity right) => left < right ? left : right;

    public override string ToString() => Value.ToString("0.###", CultureInfo.InvariantCulture);
}
