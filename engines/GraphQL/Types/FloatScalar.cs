using System.Globalization;
using System.Text.Json;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Language;

namespace Engines.GraphQL.Types;

internal sealed class FloatScalar : ScalarType
{
    public FloatScalar() : base("Float") =>
        Description = "The `Float` scalar type represents signed double-precision fractional values as specified by [IEEE 754](https://en.wikipedia.org/wiki/IEEE_floating_point).";

    public override object ParseLiteral(ValueNode literal)
    {
        var text = literal switch { IntValueNode i => i.Text, FloatValueNode f => f.Text, _ => null };
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? value : throw new InvalidValueException($"Float cannot represent non numeric value: {Shown.Of(literal)}");
    }

    public override object ParseValue(JsonElement value) =>
        value.ValueKind is JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number)
            ? number : throw new InvalidValueException($"Float cannot represent non numeric value: {Shown.Of(value)}");

    public override void Write(object value, JsonOutput output)
    {
        if (value is decimal exact) output.Number(exact);
        else output.Number(Finite(value));
    }

    public override ValueNode ToLiteral(object value)
    {
        var number = Finite(value);
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().IndexOfAny(".eE") < 0 ? new IntValueNode(default, text) : new FloatValueNode(default, text);
    }

    private static double Finite(object value) => Numbers.Read(value) is { } number && double.IsFinite(number)
        ? number : throw new InvalidValueException($"Float cannot represent non numeric value: {Shown.Of(value)}");
}
