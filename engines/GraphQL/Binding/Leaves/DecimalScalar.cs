using System.Globalization;
using System.Text.Json;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Language;
using Engines.GraphQL.Types;

namespace Engines.GraphQL.Binding.Leaves;

internal sealed class DecimalScalar : ScalarType
{
    public DecimalScalar() : base("Decimal")
    {
        Description = "An exact decimal number; no binary rounding happens on this side of the wire.";
        SpecifiedBy = "https://scalars.graphql.org/chillicream/decimal.html";
    }

    public override object ParseLiteral(ValueNode literal) => literal switch
    {
        IntValueNode number => Parse(number.Text),
        FloatValueNode number => Parse(number.Text),
        _ => throw Refused(),
    };

    public override object ParseValue(JsonElement value) => value.ValueKind is JsonValueKind.Number ? Parse(value.GetRawText()) : throw Refused();

    public override void Write(object value, JsonOutput output) => output.Number(Convert.ToDecimal(value, CultureInfo.InvariantCulture));

    public override ValueNode ToLiteral(object value)
    {
        var text = Convert.ToDecimal(value, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
        return text.Contains('.', StringComparison.Ordinal) ? new FloatValueNode(default, text) : new IntValueNode(default, text);
    }

    private static decimal Parse(string text)
    {
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)) throw Refused();
        // What has more digits than a decimal holds would be rounded in silence.
        var mantissa = text.Split('e', 'E')[0].TrimStart('-').Replace(".", "", StringComparison.Ordinal).Trim('0');
        var kept = value.ToString(CultureInfo.InvariantCulture).TrimStart('-').Replace(".", "", StringComparison.Ordinal).Trim('0');
        return mantissa == kept ? value : throw new InvalidValueException("Decimal holds at most 28 digits.");
    }

    private static InvalidValueException Refused() => new("Decimal takes a number of at most 28 digits.");
}
