using System.Globalization;

namespace Cmms.Domain.Imports;

/// <summary>What stands in a column of a row; read as what the column holds.</summary>
/// <param name="Heading">As the file has it: what errors name.</param>
internal sealed record Cell(string Heading, string Text)
{
    private static readonly string[] s_yes = ["yes", "y", "true", "1", "x", "si"], s_no = ["no", "n", "false", "0"];

    /// <summary>Without the mark by which exports keep sheets from taking a text for a formula.</summary>
    public static string Plain(string text) => text.Trim() is ['\'', '=' or '+' or '-' or '@', ..] marked ? marked[1..] : text.Trim();

    public bool IsEmpty => Text.Length == 0;

    /// <summary>Names that stand in one cell, parted by semicolons.</summary>
    public IReadOnlyList<string> Names => Text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <exception cref="InvalidValue"/>
    public decimal Decimal() => decimal.TryParse(Text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
        : throw new InvalidValue(Heading, "must be a number such as 1234.5");

    /// <exception cref="InvalidValue"/>
    public int Whole() => int.TryParse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw new InvalidValue(Heading, "must be a whole number");

    public Quantity Quantity() => Domain.Quantity.Of(Decimal(), Heading);

    public Money Cost() => Money.Cost(Decimal(), Heading);

    /// <exception cref="InvalidValue"/>
    public DateOnly Day() => DateOnly.TryParseExact(Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : throw new InvalidValue(Heading, "must be a day such as 2026-03-31");

    /// <exception cref="InvalidValue"/>
    public bool YesNo() => Domain.Text.Fold(Text) is var folded && s_yes.Contains(folded) || (s_no.Contains(folded) ? false : throw new InvalidValue(Heading, "must be yes or no"));

    /// <exception cref="InvalidValue"/>
    public T OneOf<T>() where T : struct, Enum => Enum.TryParse<T>(Text.Replace("_", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal), ignoreCase: true, out var value) && Enum.IsDefined(value) ? value
        : throw new InvalidValue(Heading, $"must be one of {string.Join(", ", Enum.GetValues<T>().Select(v => Persistence.Words.Constant(v)))}");
}
