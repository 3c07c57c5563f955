using System.Globalization;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Engines.GraphQL.Data;

/// <summary>Values of columns as exact text, by what the database keeps.</summary>
internal static class KeyText
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public static string Write(IProperty column, object value)
    {
        var converter = column.GetTypeMapping().Converter;
        var kept = converter is null ? value : converter.ConvertToProvider(value)!;
        return kept switch
        {
            string text => text,
            DateTime or DateTimeOffset or DateOnly or TimeOnly => ((IFormattable)kept).ToString("O", Invariant),
            TimeSpan span => span.ToString("c", Invariant),
            double or float => ((IFormattable)kept).ToString("R", Invariant),
            bool flag => flag ? "1" : "0",
            IFormattable formattable => formattable.ToString(null, Invariant),
            _ => throw new NotSupportedException($"{column.Name} cannot be a key of a cursor."),
        };
    }

    /// <exception cref="FormatException">It is no such text.</exception>
    public static object Read(IProperty column, string text)
    {
        var converter = column.GetTypeMapping().Converter;
        var type = converter?.ProviderClrType ?? column.ClrType;
        var kept = Parse(text, Nullable.GetUnderlyingType(type) ?? type);
        return converter is null ? kept : converter.ConvertFromProvider(kept) ?? throw new FormatException();
    }

    private static object Parse(string text, Type type)
    {
        if (type == typeof(string)) return Text.IsStorable(text) ? text : throw new FormatException();
        if (type == typeof(DateTime)) return DateTime.ParseExact(text, "O", Invariant, DateTimeStyles.RoundtripKind);
        if (type == typeof(DateTimeOffset)) return DateTimeOffset.ParseExact(text, "O", Invariant);
        if (type == typeof(DateOnly)) return DateOnly.ParseExact(text, "O", Invariant);
        if (type == typeof(TimeOnly)) return TimeOnly.ParseExact(text, "O", Invariant);
        if (type == typeof(TimeSpan)) return TimeSpan.ParseExact(text, "c", Invariant);
        if (type == typeof(Guid)) return Guid.Parse(text, Invariant);
        if (type == typeof(bool)) return text is "1" or "0" ? text is "1" : throw new FormatException();
        return Convert.ChangeType(text, type, Invariant);
    }
}
