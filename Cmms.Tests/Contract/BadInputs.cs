using System.Text.Json.Nodes;
using Engines.GraphQL.Binding;
using Engines.GraphQL.Types;

namespace Cmms.Tests.Contract;

/// <summary>An input that must be refused: a valid one with one thing wrong.</summary>
/// <param name="Why">What is wrong with it.</param>
/// <param name="Path">Where, from below <c>input</c>.</param>
/// <param name="Input">The whole input.</param>
/// <param name="Strangers">For the id of an object that does not exist: the same input with ids of objects that others have.</param>
internal sealed record BadInput(string Why, IReadOnlyList<string> Path, JsonObject Input, IReadOnlyList<JsonObject>? Strangers = null);

/// <summary>
/// All that can be wrong with a valid input, by its type alone: what is missing, null, of another JSON type, too small, large, long or fine, and
/// ids that are none, or of something else, or of nothing, or of somebody else's.
/// </summary>
/// <param name="valid">The input that works.</param>
/// <param name="isMine">Whether this call answers for a path; another call of the same mutation does for those that it is the first to give.</param>
/// <param name="strangers">Ids by type, of objects that the caller must not know of.</param>
internal sealed class BadInputs(Schema schema, InputObjectType type, JsonObject valid, Func<string, bool> isMine, ILookup<string, string> strangers)
{
    /// <summary>JSON can say it, UTF-8 cannot: it takes the place of this word when the request is written.</summary>
    public const string LoneSurrogate = "LONE-SURROGATE";

    private const string Nobody = "99999999";
    private static readonly string[] s_notText = ["7", "true", """["x"]""", """{"a":1}"""];

    /// <summary>Differences may be below zero, and a recurrence counts the last weekday of a month as -1.</summary>
    private static readonly HashSet<string> s_signed = ["ReconcilePartInput.quantity", "RecurrenceInput.weekdayOrdinals"];

    private readonly List<BadInput> _bad = [];

    public IReadOnlyList<BadInput> All()
    {
        Fields(type, valid, []);
        var strange = (JsonObject)valid.DeepClone();
        strange["noSuchField"] = 1;
        _bad.Add(new BadInput("a field that does not exist", ["noSuchField"], strange));
        return _bad;
    }

    private void Fields(InputObjectType at, JsonObject given, string[] above)
    {
        foreach (var field in at.Fields)
        {
            string[] path = [.. above, field.Name];
            if (!isMine(string.Join('.', path))) continue;
            if (field.IsRequired) Add("missing", path, null, remove: true);
            if (field.Type.IsNonNull || IsRequiredAtBirth(at, field)) Add("null", path, "null");
            Values(at, field, field.Type, given[field.Name], path);
        }
    }

    private void Values(InputObjectType owner, InputValue field, GraphQLType type, JsonNode? given, string[] path)
    {
        switch (type.Nullable)
        {
            case ListType list:
                if (list.Item.IsNonNull) Add("a list with null", path, "[null]");
                // One item stands for all; the others stay what they are.
                Values(owner, field, list.Item, given is JsonArray { Count: > 0 } items ? items[0] : null, [.. path, "0"]);
                break;
            case InputObjectType inner:
                foreach (var wrong in (string[])["\"x\"", "7", "[7]"]) Add("no object", path, wrong);
                if (given is JsonObject there)
                {
                    var strange = (JsonObject)there.DeepClone();
                    strange["noSuchField"] = 1;
                    Add("a field that does not exist", path, strange.ToJsonString(), named: [.. path, "noSuchField"]);
                    Fields(inner, there, path);
                }
                break;
            case EnumType:
                foreach (var wrong in (string[])["\"NO_SUCH_VALUE\"", "\"\"", "7", "true", """{"a":1}"""]) Add("no value of the enum", path, wrong);
                break;
            case ScalarType scalar:
                Scalar(scalar.Name, given, path, $"{owner.Name}.{field.Name}", type.IsNonNull || IsRequiredAtBirth(owner, field));
                break;
        }
    }

    private void Scalar(string scalar, JsonNode? given, string[] path, string name, bool isRequired)
    {
        switch (scalar)
        {
            case "String":
                foreach (var wrong in s_notText) Add("no text", path, wrong);
                Add("too long", path, $"\"{new string('x', 20_000)}\"");
                Add("U+0000", path, "\"A reason \\u0000 with nothing in it\"");
                Add("a lone surrogate", path, $"\"A reason {LoneSurrogate} with half a character\"");
                if (isRequired) foreach (var blank in (string[])["", " \\t  "]) Add("blank", path, $"\"{blank}\"");
                break;
            case "ID":
                Ids(given, path);
                break;
            case "Int":
                foreach (var wrong in (string[])["\"7\"", "1.5", "true", "2147483648", "1e400", """{"a":1}"""]) Add("no whole number", path, wrong);
                Add("too large", path, "2147483647");
                if (!s_signed.Contains(name)) Add("negative", path, "-1");
                break;
            case "Decimal":
                foreach (var wrong in (string[])["\"7\"", "true", "1e400", "1234567890123456789012345678901234567890", """{"a":1}"""]) Add("no decimal", path, wrong);
                foreach (var fine in (string[])["1.00001", "0.00009"]) Add("too many decimals", path, fine);
                foreach (var large in (string[])["1000000000000", "79228162514264337593543950335"]) Add("too large", path, large);
                if (!s_signed.Contains(name)) foreach (var low in (string[])["-1", "-0.01"]) Add("negative", path, low);
                break;
            case "Boolean":
                foreach (var wrong in (string[])["\"true\"", "1", """{"a":1}"""]) Add("neither true nor false", path, wrong);
                break;
            case "Date":
                foreach (var wrong in (string[])["\"2026-02-30\"", "\"tomorrow\"", "\"2026-3-1\"", "20260301", "\"2026-03-01T00:00:00Z\"", """{"a":1}"""]) Add("no day", path, wrong);
                foreach (var far in (string[])["\"0001-01-01\"", "\"9999-12-31\""]) Add("a day that no plant sees", path, far);
                break;
            case "DateTime":
                foreach (var wrong in (string[])["\"2026-03-01\"", "\"2026-03-01T08:30:00\"", "\"tomorrow\"", "7", """{"a":1}"""]) Add("no instant", path, wrong);
                foreach (var far in (string[])["\"0001-01-01T00:00:00Z\"", "\"9999-12-31T23:59:59Z\""]) Add("a moment that no plant sees", path, far);
                break;
            case "Duration":
                foreach (var wrong in (string[])["\"4 hours\"", "4", "\"P1M\"", """{"a":1}"""]) Add("no duration", path, wrong);
                foreach (var odd in (string[])["\"-PT1H\"", "\"P9999999D\""]) Add("a duration that no work has", path, odd);
                break;
            case "LocalTime":
                foreach (var wrong in (string[])["\"25:00\"", "\"noon\"", "8", """{"a":1}"""]) Add("no time of day", path, wrong);
                break;
            case "JSON":
                foreach (var wrong in (string[])["7", "\"x\"", "[1]", "true"]) Add("no object", path, wrong);
                break;
            case "Upload":
                foreach (var wrong in (string[])["\"x\"", "7", """{"a":1}""", "[null]"]) Add("no file", path, wrong);
                break;
            default:
                throw new InvalidOperationException($"Nobody has said yet what a bad {scalar} is.");
        }
    }

    private void Ids(JsonNode? given, string[] path)
    {
        if (given is null || !GlobalId.TryParse(given.GetValue<string>(), out var id)) throw new InvalidOperationException($"{string.Join('.', path)} of {type.Name} is in no valid call.");
        var other = id.Type == "Site" ? "Asset" : "Site";
        foreach (var wrong in (string[])["", "nonsense", "!?", $"{id.Type}:1", new GlobalId(id.Type, "x").ToString(), new GlobalId(id.Type, "99999999999999999999").ToString(), new string('A', 5000)])
            Add("no id", path, $"\"{wrong}\"");
        foreach (var wrong in (string[])["7", "1.5", "true", """{"a":1}""", $"\"{LoneSurrogate}\"", "\"\\u0000\""]) Add("no id", path, wrong);
        Add("the id of something else", path, $"\"{new GlobalId(other, id.Key)}\"");
        var foreign = strangers[id.Type].ToList();
        if (foreign.Count == 0) throw new InvalidOperationException($"No stranger has a {id.Type}.");
        _bad.Add(new BadInput("the id of nothing", path, With(path, $"\"{new GlobalId(id.Type, Nobody)}\""), [.. foreign.Select(f => With(path, $"\"{f}\""))]));
    }

    /// <summary>An update may leave out what a new object must have, but not take it away.</summary>
    private bool IsRequiredAtBirth(InputObjectType at, InputValue field) =>
        at.Name.StartsWith("Update", StringComparison.Ordinal)
        && new[] { "Create", "Add", "Invite" }.Select(verb => schema.Types.GetValueOrDefault(verb + at.Name[6..])).OfType<InputObjectType>().FirstOrDefault()?.Find(field.Name) is { IsRequired: true };

    private void Add(string why, string[] path, string? value, bool remove = false, string[]? named = null) =>
        _bad.Add(new BadInput($"{why}: {(value is { Length: > 60 } ? value[..60] + "…" : value)}", named ?? path, With(path, value, remove)));

    private JsonObject With(string[] path, string? value, bool remove = false)
    {
        var copy = (JsonObject)valid.DeepClone();
        JsonNode at = copy;
        for (var i = 0; i < path.Length; i++)
        {
            var isLast = i == path.Length - 1;
            if (at is JsonArray items)
            {
                if (isLast) items[0] = JsonNode.Parse(value!);
                else at = items[0]!;
                continue;
            }
            var (fields, name) = ((JsonObject)at, path[i]);
            if (remove && isLast) fields.Remove(name);
            else if (isLast) fields[name] = JsonNode.Parse(value!);
            // What was not given at all: a list of the one bad item.
            else if (fields[name] is null or JsonArray { Count: 0 } && path[i + 1] == "0") at = fields[name] = new JsonArray(JsonValue.Create(0));
            else at = fields[name]!;
        }
        return copy;
    }
}
