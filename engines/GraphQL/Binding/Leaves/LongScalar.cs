using System.Globalization;
using System.Text.Json;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Language;
using Engines.GraphQL.Types;

namespace Engines.GraphQL.Binding.Leaves;

internal sealed class LongScalar : ScalarType
{
    public LongScalar() : base("Long")
    {
        Description = "A whole number of 64 bits.";
        SpecifiedBy = "https://scalars.graphql.org/chillicream/long.html";
    }

    public override object ParseLiteral(ValueNode literal) => literal is IntValueNode { Text: var text } && TryParse(text) is { } value ? value : throw Refused();

    public override object ParseValue(JsonElement value) => value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out var number) ? number : throw Refused();

    public override void Write(object value, JsonOutput output) => output.Number(Convert.ToInt64(value, CultureInfo.InvariantCulture));

    public override ValueNode ToLiteral(object value) => new IntValueNode(default, Convert.ToInt64(value, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture));

    private static long? TryParse(string text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static InvalidValueException Refused() => new("Long takes a whole number of 64 bits.");
}
