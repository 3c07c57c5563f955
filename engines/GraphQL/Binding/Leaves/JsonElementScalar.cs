using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Language;
using Engines.GraphQL.Types;

namespace Engines.GraphQL.Binding.Leaves;

internal sealed class JsonElementScalar : ScalarType
{
    public JsonElementScalar() : base("JSON")
    {
        Description = "Any JSON value.";
        SpecifiedBy = "https://www.rfc-editor.org/rfc/rfc8259";
    }

    public static void Write(JsonOutput json, JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Undefined) json.Null();
        else json.Raw(JsonMarshal.GetRawUtf8Value(value));
    }

    public override object ParseLiteral(ValueNode literal)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer)) Write(writer, literal);
        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return document.RootElement.Clone();
    }

    public override object ParseValue(JsonElement value) => value.Clone();

    public override void Write(object value, JsonOutput output)
    {
        if (value is JsonElement element) Write(output, element);
        else throw new InvalidValueException("JSON shows a JsonElement only.");
    }

    public override ValueNode ToLiteral(object value) => Literal((JsonElement)value);

    private static void Write(Utf8JsonWriter writer, ValueNode literal)
    {
        switch (literal)
        {
            case IntValueNode number: writer.WriteRawValue(number.Text); break;
            case FloatValueNode number: writer.WriteRawValue(number.Text); break;
            case StringValueNode text: writer.WriteStringValue(text.Value); break;
            case BooleanValueNode boolean: writer.WriteBooleanValue(boolean.Value); break;
            case EnumValueNode name: writer.WriteStringValue(name.Name); break;
            case ListValueNode list:
                writer.WriteStartArray();
                foreach (var item in list.Items) Write(writer, item);
                writer.WriteEndArray();
                break;
            case ObjectValueNode { Fields: var fields }:
                writer.WriteStartObject();
                foreach (var member in fields)
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value);
                }
                writer.WriteEndObject();
                break;
            case NullValueNode: writer.WriteNullValue(); break;
            default: throw new InvalidValueException("A variable cannot stand inside a JSON literal.");
        }
    }

    private static ValueNode Literal(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => new ObjectValueNode(default, [.. value.EnumerateObject().Select(p => new ObjectFieldNode(default, p.Name, Literal(p.Value)))]),
        JsonValueKind.Array => new ListValueNode(default, [.. value.EnumerateArray().Select(Literal)]),
        JsonValueKind.String => new StringValueNode(default, value.GetString()!),
        JsonValueKind.Number => value.TryGetInt64(out _) ? new IntValueNode(default, value.GetRawText()) : new FloatValueNode(default, value.GetRawText()),
        JsonValueKind.True or JsonValueKind.False => new BooleanValueNode(default, value.GetBoolean()),
        _ => new NullValueNode(default),
    };
}
