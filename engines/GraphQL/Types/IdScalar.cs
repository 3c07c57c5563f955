using System.Text.Json;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Language;

namespace Engines.GraphQL.Types;

internal sealed class IdScalar : ScalarType
{
    public IdScalar() : base("ID") =>
        Description = "The `ID` scalar type represents a unique identifier, often used to refetch an object or as key for a cache. The ID type appears in a JSON response as a String; "
            + "however, it is not intended to be human-readable. When expected as an input type, any string (such as `\"4\"`) or integer (such as `4`) input value will be accepted as an ID.";

    public override object ParseLiteral(ValueNode literal) => literal switch
    {
        StringValueNode text => text.Value,
        IntValueNode number => number.Text,
        _ => throw new InvalidValueException($"ID cannot represent a non-string and non-integer value: {Shown.Of(literal)}"),
    };

    public override object ParseValue(JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.String) return Shown.Text(value);
        if (value.ValueKind is JsonValueKind.Number)
        {
            var raw = value.GetRawText();
            if (raw.AsSpan().IndexOfAny(".eE") < 0) return raw;
            if (value.TryGetDouble(out var number) && number == Math.Truncate(number) && Math.Abs(number) <= 1L << 53)
                return ((long)number).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
        throw new InvalidValueException($"ID cannot represent value: {Shown.Of(value)}");
    }

    public override void Write(object value, JsonOutput output) => output.String(Text(value));

    public override ValueNode ToLiteral(object value) => new StringValueNode(default, Text(value));

    private static string Text(object value) => value switch
    {
        string text => text,
        Guid guid => guid.ToString(),
        _ => Numbers.Digits(value) ?? throw new InvalidValueException($"ID cannot represent value: {Shown.Of(value)}"),
    };
}
