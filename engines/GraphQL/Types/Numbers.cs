using System.Globalization;

namespace Engines.GraphQL.Types;

/// <summary>What of C# counts as a number where the specification lets a result be coerced.</summary>
internal static class Numbers
{
    public static double? Read(object value) => value switch
    {
        int n => n,
        long n => n,
        double n => n,
        float n => n,
        decimal n => (double)n,
        bool n => n ? 1 : 0,
        short n => n,
        byte n => n,
        uint n => n,
        ulong n => n,
        ushort n => n,
        sbyte n => n,
        string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var n) => n,
        _ => null,
    };

    /// <summary>The digits of a whole number of any width; null for everything else.</summary>
    public static string? Digits(object value) => value is int or long or short or byte or uint or ulong or ushort or sbyte
        ? ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture) : null;
}
