using System.Globalization;
using System.Text.RegularExpressions;
using Engines.GraphQL.Execution;

namespace Engines.GraphQL.Binding.Leaves;

/// <summary>RFC 3339 with any offset comes in, UTC goes out.</summary>
internal sealed partial class DateTimeScalar : TextScalar<DateTimeOffset>
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'";

    public DateTimeScalar() : base("DateTime", "an instant as RFC 3339 writes it, with its offset: 2026-03-01T08:30:00Z")
    {
        Description = "A moment in time, as RFC 3339 writes it; answers are in UTC.";
        SpecifiedBy = "https://scalars.graphql.org/chillicream/date-time.html";
    }

    public static void Write(JsonOutput json, DateTimeOffset value)
    {
        Span<char> text = stackalloc char[32];
        value.UtcDateTime.TryFormat(text, out var length, Format, CultureInfo.InvariantCulture);
        json.String(text[..length]);
    }

    protected override bool TryParse(string text, out DateTimeOffset value)
    {
        value = default;
        if (text.Length > 40 || Rfc3339().Match(text) is not { Success: true } match) return false;
        // Digits beyond the tick are cut off, as clocks do.
        var fraction = match.Groups["f"].Value;
        var normal = match.Groups["t"].Value.ToUpperInvariant() + (fraction.Length > 0 ? "." + fraction[..Math.Min(7, fraction.Length)] : "") + match.Groups["z"].Value.ToUpperInvariant();
        return DateTimeOffset.TryParseExact(normal, ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out value);
    }

    protected override string Text(DateTimeOffset value) => value.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<t>\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d)(\.(?<f>\d{1,18}))?(?<z>[Zz]|[+-]\d\d:\d\d)\z", RegexOptions.ECMAScript)]
    private static partial Regex Rfc3339();
}
