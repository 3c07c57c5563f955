using System.Globalization;
using System.Text.Json;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Language;

namespace Engines.GraphQL.Types;

internal sealed class StringScalar : ScalarType
{
    public StringScalar() : base("String") =>
        Description = "The `String` scalar type represents textual data, represented as UTF-8 character sequences. "
            + "The String type is most often used by GraphQL to represent free-form human-readable text.";

    public override object ParseLiteral(ValueNode literal) => literal is StringValueNode text
        ? text.Value : throw new InvalidValueException($"String cannot represent a non string value: {Shown.Of(literal)}");

    public override object ParseValue(JsonElement value) => value.ValueKind is JsonValueKind.String
        ? Shown.Text(value) : throw new InvalidValueException($"String cannot represent a non string value: {Shown.Of(value)}");

    public override void Write(object value, JsonOutput output) => output.String(Text(value));

    public override ValueNode ToLiteral(object value) => new StringValueNode(default, Text(value));

    private static string Text(object value) => value switch
    {
        string text => text,
        bool truth => truth ? "true" : "false",
        double or float when Numbers.Read(value) is { } number && !double.IsFinite(number) => throw Refused(value),
        Guid or decimal or double or float => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        Uri or char => value.ToString()!,
        _ => Numbers.Digits(value) ?? throw Refused(value),
    };

    private static InvalidValueException Refused(object value) => new($"String cannot represent value: {Shown.Of(value)}");
}
