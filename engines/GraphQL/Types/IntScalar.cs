using System.Globalization;
using System.Text.Json;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Language;

namespace Engines.GraphQL.Types;

internal sealed class IntScalar : ScalarType
{
    public IntScalar() : base("Int") =>
        Description = "The `Int` scalar type represents non-fractional signed whole numeric values. Int can represent values between -(2^31) and 2^31 - 1.";

    public override object ParseLiteral(ValueNode literal) => literal is not IntValueNode number
        ? throw new InvalidValueException($"Int cannot represent non-integer value: {Shown.Of(literal)}")
        : int.TryParse(number.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value : throw new InvalidValueException($"Int cannot represent non 32-bit signed integer value: {Shown.Of(literal)}");

    public override object ParseValue(JsonElement value)
    {
        if (value.ValueKind is not JsonValueKind.Number) throw new InvalidValueException($"Int cannot represent non-integer value: {Shown.Of(value)}");
        if (value.TryGetInt32(out var whole)) return whole;
        // JSON has one kind of number: 1.0 and 1e3 are whole.
        if (!value.TryGetDouble(out var number) || number != Math.Truncate(number)) throw new InvalidValueException($"Int cannot represent non-integer value: {Shown.Of(value)}");
        return number is >= int.MinValue and <= int.MaxValue
            ? (int)number : throw new InvalidValueException($"Int cannot represent non 32-bit signed integer value: {Shown.Of(value)}");
    }

    public override void Write(object value, JsonOutput output)
    {
        if (value is int number) output.Number(number);
        else output.Number(Whole(value));
    }

    public override ValueNode ToLiteral(object value) => new IntValueNode(default, Whole(value).ToString(CultureInfo.InvariantCulture));

    private static int Whole(object value)
    {
        var number = Numbers.Read(value) ?? throw new InvalidValueException($"Int cannot represent non-integer value: {Shown.Of(value)}");
        if (number != Math.Truncate(number)) throw new InvalidValueException($"Int cannot represent non-integer value: {Shown.Of(value)}");
        return number is >= int.MinValue and <= int.MaxValue
            ? (int)number : throw new InvalidValueException($"Int cannot represent non 32-bit signed integer value: {Shown.Of(value)}");
    }
}
