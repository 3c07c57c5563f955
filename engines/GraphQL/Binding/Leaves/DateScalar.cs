using System.Globalization;
using Engines.GraphQL.Execution;

namespace Engines.GraphQL.Binding.Leaves;

internal sealed class DateScalar : TextScalar<DateOnly>
{
    public DateScalar() : base("Date", "a day as 2026-03-01")
    {
        Description = "A day of the calendar, without time or zone.";
        SpecifiedBy = "https://scalars.graphql.org/chillicream/date.html";
    }

    public static void Write(JsonOutput json, DateOnly value)
    {
        Span<char> text = stackalloc char[10];
        value.TryFormat(text, out var length, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        json.String(text[..length]);
    }

    protected override bool TryParse(string text, out DateOnly value) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out value);

    protected override string Text(DateOnly value) => value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

internal sealed class LocalTimeScalar : TextScalar<TimeOnly>
{
    private const string Format = "HH:mm:ss.FFFFFFF";

    public LocalTimeScalar() : base("LocalTime", "a time of day as 08:30 or 08:30:00")
    {
        Description = "A time of day on the wall, without date or zone.";
        SpecifiedBy = "https://scalars.graphql.org/chillicream/local-time.html";
    }

    public static void Write(JsonOutput json, TimeOnly value)
    {
        Span<char> text = stackalloc char[16];
        value.TryFormat(text, out var length, Format, CultureInfo.InvariantCulture);
        json.String(text[..length]);
    }

    protected override bool TryParse(string text, out TimeOnly value) =>
        TimeOnly.TryParseExact(text, ["HH:mm:ss.FFFFFFF", "HH:mm:ss", "HH:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out value);

    protected override string Text(TimeOnly value) => value.ToString(Format, CultureInfo.InvariantCulture);
}
