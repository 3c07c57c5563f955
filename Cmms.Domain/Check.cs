using System.Runtime.CompilerServices;

namespace Cmms.Domain;

/// <summary>The checks that many entities share; each names the field it was asked about.</summary>
public static class Check
{
    private const int FirstYear = 1900, LastYear = 2999;

    /// <summary>Trimmed, not empty, at most <paramref name="longest"/> characters, without control characters.</summary>
    public static string Text(string value, int longest = 200, [CallerArgumentExpression(nameof(value))] string field = "")
    {
        var text = value.Trim();
        if (text.Length == 0) throw new InvalidValue(field, "must not be empty");
        return Bounded(text, longest, field);
    }

    /// <summary>Trimmed; null when empty; at most <paramref name="longest"/> characters.</summary>
    public static string? OptionalText(string? value, int longest = 4000, [CallerArgumentExpression(nameof(value))] string field = "") =>
        string.IsNullOrWhiteSpace(value) ? null : Bounded(value.Trim(), longest, field);

    public static Quantity NotNegative(Quantity value, [CallerArgumentExpression(nameof(value))] string field = "") =>
        value < Quantity.Zero ? throw new InvalidValue(field, "must not be negative") : value;

    public static Quantity Positive(Quantity value, [CallerArgumentExpression(nameof(value))] string field = "") =>
        value <= Quantity.Zero ? throw new InvalidValue(field, "must be greater than zero") : value;

    public static int Between(int value, int least, int most, [CallerArgumentExpression(nameof(value))] string field = "") =>
        value < least || value > most ? throw new InvalidValue(field, $"must be between {least} and {most}") : value;

    /// <summary>A day that people can mean, with room on both sides to count from it.</summary>
    public static DateOnly Day(DateOnly value, [CallerArgumentExpression(nameof(value))] string field = "") =>
        value.Year is >= FirstYear and <= LastYear ? value : throw Beyond(field);

    /// <summary>As <see cref="Day(DateOnly, string)"/>, or none.</summary>
    public static DateOnly? Day(DateOnly? value, [CallerArgumentExpression(nameof(value))] string field = "") => value is { } day ? Day(day, field) : null;

    /// <summary>A moment that people can mean, with room on both sides to count from it; or none.</summary>
    public static Instant? Moment(Instant? value, [CallerArgumentExpression(nameof(value))] string field = "") =>
        value is { } moment && moment.ToDateTimeOffset().Year is < FirstYear or > LastYear ? throw Beyond(field) : value;

    private static InvalidValue Beyond(string field) => new(field, $"must lie between the years {FirstYear} and {LastYear}");

    private static string Bounded(string text, int longest, string field)
    {
        if (text.Length > longest) throw new InvalidValue(field, $"may have at most {longest} characters");
        foreach (var c in text)
            if (char.IsControl(c) && c is not ('\n' or '\r' or '\t')) throw new InvalidValue(field, "must not contain control characters");
        return text;
    }
}
