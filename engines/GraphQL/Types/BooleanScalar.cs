using System.Text.Json;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Language;

namespace Engines.GraphQL.Types;

internal sealed class BooleanScalar : ScalarType
{
    public BooleanScalar() : base("Boolean") => Description = "The `Boolean` scalar type represents `true` or `false`.";

    public override object ParseLiteral(ValueNode literal) => literal is BooleanValueNode truth
        ? truth.Value : throw new InvalidValueException($"Boolean cannot represent a non boolean value: {Shown.Of(literal)}");

    public override object ParseValue(JsonElement value) => value.ValueKind is JsonValueKind.True or JsonValueKind.False
        ? value.GetBoolean() : throw new InvalidValueException($"Boolean cannot represent a non boolean value: {Shown.Of(value)}");

    public override void Write(object value, JsonOutput output) => output.Boolean(Truth(value));

    public override ValueNode ToLiteral(object value) => new BooleanValueNode(default, Truth(value));

    private static bool Truth(object value) => value switch
    {
        bool truth => truth,
        not string when Numbers.Read(value) is { } number && double.IsFinite(number) => number != 0,
        _ => throw new InvalidValueException($"Boolean cannot represent a non boolean value: {Shown.Of(value)}"),
    };
}
