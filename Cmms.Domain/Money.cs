using System.Globalization;

namespace Cmms.Domain;

/// <summary>An exact amount in the site's currency, kept with four decimal places; rounded to two, half to even, only where it is shown as a total.</summary>
public readonly record struct Money : IComparable<Money>
{
    private Money(long tenThousandths) => TenThousandths = tenThousandths;

    public long TenThousandths { get; }
    public decimal Value => TenThousandths / 10_000m;
    public static Money Zero => default;

    public static Money FromTenThousandths(long tenThousandths) => new(tenThousandths);

    /// <summary>An amount as people give it: not negative, at most two decimal places (seed 003).</summary>
    /// <exception cref="InvalidValue"/>
    public static Money Cost(decimal value, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(value))] string field = "")
    {
        if (value < 0) throw new InvalidValue(field, "must not be negative");
        return new Money(checked(Decimals.Scale(value, 100m, 2, field) * 100));
    }

    /// <summary>The exact result of a computation, rounded half to even to four places.</summary>
    public static Money Round(decimal value) => new((long)decimal.Round(value * 10_000m, 0, MidpointRounding.ToEven));

    public int CompareTo(Money other) => TenThousandths.CompareTo(other.TenThousandths);

    public static Money operator +(Money left, Money right) => new(checked(left.TenThousandths + right.TenThousandths));
    public static Money operator -(Money left, Money right) => new(checked(left.TenThousandths - right.TenThousandths));
    public static Money operator -(Money value) => new(-value.TenThousandths);
    public static bool operator <(Money left, Money right) => left.TenThousandths < right.TenThousandths;
    public static bool operator >(Money left, Money right) => left.TenThousandths > right.TenThousandths;
    public static bool operator <=(Money left, Money right) => left.TenThousandths <= right.TenThousandths;
    public static bool operator >=(Money left, Money right) => left.TenThousandths >= right.TenThousandths;

    public override string ToString() => Value.ToString("0.00##", CultureInfo.InvariantCulture);
}
