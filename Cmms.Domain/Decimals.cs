namespace Cmms.Domain;

/// <summary>Exact conversion of decimals to scaled integers: excess places are refused, never rounded away.</summary>
internal static class Decimals
{
    /// <summary>Twelve digits before the point: far beyond any stock or price, and safe to add up in 64 bits.</summary>
    private const decimal Largest = 99_999_999_999m;

    public static long Scale(decimal value, decimal factor, int places, string field)
    {
        if (Math.Abs(value) > Largest) throw new InvalidValue(field, $"must not exceed {Largest}");
        var scaled = value * factor;
        if (scaled != decimal.Truncate(scaled)) throw new InvalidValue(field, $"may have at most {places} decimal places");
        return (long)scaled;
    }
}
