using System.Buffers.Binary;
using System.Collections;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Engines.GraphQL;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Types;

namespace Cmms.Tests.GraphQL.Conformance;

/// <summary>
/// Answers that look random and follow from a seed, the way to the field and its arguments alone, so that they are the same in oracle.mjs. Any of them,
/// in lists too, may be null or an error. A field named <c>echo</c> answers its coerced arguments.
/// </summary>
internal static class SeededAnswers
{
    public const string Seed = "seed";
    public const string Trouble = "trouble";

    private static readonly string[] s_texts = ["", "plain", "é ü ñ", "日本", "😀 ok", "a\"b\\c", "line\nbreak\ttab\r", "\u0001\u001f\u007f\u2028", "</script>&'+", "\"\"\"", "\b\f"];
    private static readonly double[] s_floats =
    [
        0, -0.0, 1, 0.5, -2.25, 3.14, 1e15, 123456789012345680, 1e20, 1e21, 1.5e300, 0.001, 0.000001, 1e-7, 5e-324, -1.7976931348623157e308, 0.1, 100, 1e16,
    ];
    private static readonly int[] s_ints = [0, 1, -1, 42, 2147483647, -2147483648, 1000000];

    public static BatchResolver Resolver { get; } = new(batch =>
    {
        var (arguments, trouble) = (Shown(batch.Arguments), (double)batch.Request.Items[Trouble]!);
        if (batch.Field.Name == "echo") return ValueTask.FromResult<IReadOnlyList<object?>>([.. batch.Parents.Select(_ => arguments)]);
        return ValueTask.FromResult<IReadOnlyList<object?>>([.. batch.Parents.Select(p => Of(batch.Field.Type, batch.Request.Schema, $"{SeedOf(p)}/{batch.Field.Name}{arguments}", trouble))]);
    });

    private static object? SeedOf(object parent) => parent is RequestContext request ? request.Items[Seed] : ((Dictionary<string, object?>)parent)[Seed];

    private static object? Of(GraphQLType type, Schema schema, string seed, double trouble)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(seed));
        var roll = Number(bytes, 0) / 65536.0;
        if (roll < trouble) return null;
        if (roll < trouble * 1.6) return new FieldFailure(new GraphQLError($"failed at {Number(bytes, 2).ToString(CultureInfo.InvariantCulture)}", "FAILED"));
        return type.Nullable switch
        {
            ListType list => Enumerable.Range(0, bytes[6] % 4).Select(i => Of(list.Item, schema, $"{seed}[{i.ToString(CultureInfo.InvariantCulture)}]", trouble)).ToArray(),
            EnumType leaf => Pick(leaf.Values).Value,
            ObjectType => new Dictionary<string, object?> { [Seed] = seed },
            CompositeType wide => new Dictionary<string, object?> { [Seed] = seed, ["__typename"] = Pick([.. schema.PossibleTypes(wide).Select(t => t.Name).Order(StringComparer.Ordinal)]) },
            ScalarType { Name: "Int" } => Pick(s_ints),
            ScalarType { Name: "Float" } => Pick(s_floats),
            ScalarType { Name: "Boolean" } => bytes[4] % 2 == 0,
            ScalarType { Name: "ID" } => $"id{Number(bytes, 4).ToString(CultureInfo.InvariantCulture)}",
            _ => Pick(s_texts),
        };

        T Pick<T>(IReadOnlyList<T> items) => items[Number(bytes, 4) % items.Count];
    }

    private static ushort Number(byte[] bytes, int at) => BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at));

    /// <summary>A coerced value, the keys of objects in ordinal order.</summary>
    private static string Shown(object? value)
    {
        switch (value)
        {
            case null: return "null";
            case IReadOnlyDictionary<string, object?> fields: return $"{{{string.Join(',', fields.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Key}:{Shown(f.Value)}"))}}}";
            case IEnumerable items and not string: return $"[{string.Join(',', items.Cast<object?>().Select(Shown))}]";
        }
        using var output = new JsonOutput();
        switch (value)
        {
            case string text: output.String(text); break;
            case bool truth: output.Boolean(truth); break;
            case double number: output.Number(number); break;
            default: output.Number(Convert.ToInt64(value, CultureInfo.InvariantCulture)); break;
        }
        return Encoding.UTF8.GetString(output.Written.Span);
    }
}
