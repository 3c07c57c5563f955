using System.Collections;
using System.Globalization;
using System.Text.Json;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Language;

namespace Engines.GraphQL.Types;

/// <summary>A scalar of any JSON. Runtime values: string, bool, long, double, lists (<c>List&lt;object?&gt;</c>) and dictionaries; results may be a <see cref="JsonElement"/> too.</summary>
public sealed class JsonScalar(string name) : ScalarType(name)
{
    private const int MaxDepth = 64;
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override object ParseLiteral(ValueNode literal) => Read(literal) ?? throw new InvalidValueException($"{Name} cannot represent null.");

    public override object ParseValue(JsonElement value) => Read(value) ?? throw new InvalidValueException($"{Name} cannot represent null.");

    public override void Write(object value, JsonOutput output) => Write(value, output, MaxDepth);

    public override ValueNode ToLiteral(object value) => Literal(value, MaxDepth);

    private object? Read(ValueNode literal)
    {
        switch (literal)
        {
            case StringValueNode text: return text.Value;
            case EnumValueNode name: return name.Name;
            case BooleanValueNode truth: return truth.Value;
            case IntValueNode number when long.TryParse(number.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole): return whole;
            case IntValueNode number: return Finite(number.Text);
            case FloatValueNode number: return Finite(number.Text);
            case ListValueNode list: return list.Items.Select(Read).ToList();
            case ObjectValueNode fields:
                var read = new Dictionary<string, object?>(StringComparer.Ordinal);
                foreach (var field in fields.Fields) read[field.Name] = Read(field.Value);
                return read;
            default: return null;
        }
    }

    private object? Read(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String: return Shown.Text(value);
            case JsonValueKind.True: return true;
            case JsonValueKind.False: return false;
            case JsonValueKind.Number: return value.TryGetInt64(out var whole) ? (object)whole : Finite(value.GetRawText());
            case JsonValueKind.Array: return value.EnumerateArray().Select(Read).ToList();
            case JsonValueKind.Object:
                var read = new Dictionary<string, object?>(StringComparer.Ordinal);
                foreach (var property in value.EnumerateObject()) read[Shown.Name(property)] = Read(property.Value);
                return read;
            default: return null;
        }
    }

    private double Finite(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
        ? number : throw new InvalidValueException($"{Name} cannot represent so large a number.");

    private void Write(object? value, JsonOutput output, int depth)
    {
        if (depth == 0) throw new InvalidValueException($"{Name} cannot represent a value nested deeper than {MaxDepth} levels.");
        switch (value)
        {
            case null: output.Null(); break;
            case string text: output.String(text); break;
            case bool truth: output.Boolean(truth); break;
            case JsonElement { ValueKind: not JsonValueKind.Undefined } json: output.Raw(JsonSerializer.SerializeToUtf8Bytes(json, Relaxed)); break;
            case decimal exact: output.Number(exact); break;
            case double or float: output.Number(Numbers.Read(value)!.Value); break;
            case IReadOnlyDictionary<string, object?> fields:
                output.Raw((byte)'{');
                var first = true;
                foreach (var (key, item) in fields)
                {
                    if (!first) output.Raw((byte)',');
                    first = false;
                    output.String(key);
                    output.Raw((byte)':');
                    Write(item, output, depth - 1);
                }
                output.Raw((byte)'}');
                break;
            case IEnumerable items:
                output.Raw((byte)'[');
                var none = true;
                foreach (var item in items)
                {
                    if (!none) output.Raw((byte)',');
                    none = false;
                    Write(item, output, depth - 1);
                }
                output.Raw((byte)']');
                break;
            default: output.Raw(System.Text.Encoding.ASCII.GetBytes(Numbers.Digits(value) ?? throw new InvalidValueException($"{Name} cannot represent value: {Shown.Of(value)}"))); break;
        }
    }

    private ValueNode Literal(object? value, int depth)
    {
        if (depth == 0) throw new InvalidValueException($"{Name} cannot represent a value nested deeper than {MaxDepth} levels.");
        return value switch
        {
            null => new NullValueNode(default),
            string text => new StringValueNode(default, text),
            bool truth => new BooleanValueNode(default, truth),
            double or float or decimal => new FloatValueNode(default, ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture)),
            IReadOnlyDictionary<string, object?> fields => new ObjectValueNode(default, [.. fields.Select(f => new ObjectFieldNode(default, f.Key, Literal(f.Value, depth - 1)))]),
            IEnumerable items => new ListValueNode(default, [.. items.Cast<object?>().Select(i => Literal(i, depth - 1))]),
            _ => new IntValueNode(default, Numbers.Digits(value) ?? throw new InvalidValueException($"{Name} cannot represent value: {Shown.Of(value)}")),
        };
    }
}
