using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;

namespace Engines.GraphQL.Binding.Leaves;

/// <summary>ISO 8601 without years and months, whose length nobody knows.</summary>
internal sealed partial class DurationScalar : TextScalar<TimeSpan>
{
    public DurationScalar() : base("Duration", "an ISO 8601 duration in weeks, days, hours, minutes and seconds, such as P1DT2H30M")
    {
        Description = "A length of time, as ISO 8601 writes it in weeks, days, hours, minutes and seconds.";
        SpecifiedBy = "https://scalars.graphql.org/chillicream/duration.html";
    }

    public static string Format(TimeSpan value) => XmlConvert.ToString(value);

    protected override bool TryParse(string text, out TimeSpan value)
    {
        value = default;
        if (text.Length > 40 || Iso8601().Match(text) is not { Success: true } match || text[^1] is 'P' or 'T') return false;
        var seconds = Part("w") * 604_800 + Part("d") * 86_400 + Part("h") * 3_600 + Part("m") * 60 + Part("s");
        if (seconds > (decimal)TimeSpan.MaxValue.TotalSeconds - 1) return false;
        var ticks = (long)(seconds * TimeSpan.TicksPerSecond);
        value = new TimeSpan(match.Groups["sign"].Length > 0 ? -ticks : ticks);
        return true;

        decimal Part(string name) => match.Groups[name] is { Success: true, Value: var digits } ? decimal.Parse(digits, CultureInfo.InvariantCulture) : 0;
    }

    protected override string Text(TimeSpan value) => Format(value);

    [GeneratedRegex(@"^(?<sign>-)?P((?<w>\d{1,9})W)?((?<d>\d{1,9})D)?(T((?<h>\d{1,9})H)?((?<m>\d{1,9})M)?((?<s>\d{1,12}(\.\d{1,9})?)S)?)?\z", RegexOptions.ECMAScript)]
    private static partial Regex Iso8601();
}
