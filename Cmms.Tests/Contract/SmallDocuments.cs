using System.Text.Json;
using System.Text.Json.Nodes;
using Engines.GraphQL.Types;

namespace Cmms.Tests.Contract;

/// <summary>The smallest valid document of each root field, made from the schema: required arguments, and of the answer as little as names it.</summary>
internal sealed class SmallDocuments(Schema schema)
{
    /// <summary>What a field cannot be asked without, by its own name and the argument's, or by the argument's alone. An id is that of an object which the field leads to.</summary>
    private static readonly Dictionary<string, string> s_examples = new()
    {
        ["at"] = "\"2026-03-02T08:00:00Z\"",
        ["kind"] = "\"PARTS\"",
        ["key"] = "\"low-stock-reorder\"",
        ["qrCode"] = "\"QR-1\"",
        ["recurrence"] = """{"frequency":"DAY","interval":1,"startDate":"2026-03-09"}""",
    };

    /// <summary>A query, and its variables.</summary>
    /// <param name="idOf">An id of an object of a type.</param>
    public static (string Document, JsonObject Variables) Query(FieldDefinition field, Func<string, string> idOf) => Operation("query", field, idOf);

    public static (string Document, JsonObject Variables) Subscription(FieldDefinition field) => Operation("subscription", field, _ => throw new InvalidOperationException());

    /// <summary>A mutation that takes its input as <c>$input</c>.</summary>
    public string Mutation(string name)
    {
        var field = schema.Mutation!.Find(name)!;
        var payload = string.Join(' ', ((ObjectType)field.Type.Named).Fields.Where(f => f.Name is not ("errors" or "query")).Select(f => f.Name + Selection(f)));
        var call = field.Arguments.Count == 0 ? ("", "") : ($"($input: {field.Arguments.Single().Type})", "(input: $input)");
        return $"mutation{call.Item1} {{ {name}{call.Item2} {{ {payload} errors {{ ... on Error {{ code message }} }} }} }}";
    }

    private static (string, JsonObject) Operation(string kind, FieldDefinition field, Func<string, string> idOf)
    {
        List<string> declared = [], given = [];
        JsonObject variables = [];
        foreach (var argument in field.Arguments)
        {
            if (Example(field, argument, idOf) is not { } value) continue;
            declared.Add($"${argument.Name}: {argument.Type}");
            given.Add($"{argument.Name}: ${argument.Name}");
            variables[argument.Name] = JsonNode.Parse(value);
        }
        var (signature, call) = declared.Count == 0 ? ("", "") : ($"({string.Join(", ", declared)})", $"({string.Join(", ", given)})");
        return ($"{kind}{signature} {{ {field.Name}{call}{Selection(field)} }}", variables);
    }

    private static string? Example(FieldDefinition field, InputValue argument, Func<string, string> idOf)
    {
        // One of id and code, where neither is required alone.
        var isWanted = argument.IsRequired || (argument.Name == "id" && field.Type.Named is ObjectType { ClrType: not null } && !field.Name.EndsWith("Changed", StringComparison.Ordinal));
        if (!isWanted) return null;
        if (argument.Name == "id") return JsonSerializer.Serialize(idOf(field.Type.Named is ObjectType ? field.Type.Named.Name : "Asset"));
        if (argument.Name == "ids") return JsonSerializer.Serialize(new[] { idOf("Asset"), idOf("WorkOrder") });
        return s_examples.GetValueOrDefault($"{field.Name}.{argument.Name}") ?? s_examples.GetValueOrDefault(argument.Name)
            ?? throw new InvalidOperationException($"{field.Name} requires {argument.Name}, of which there is no example.");
    }

    private static string Selection(FieldDefinition field) => field.Type.Named switch
    {
        FieldsType { Name: var name } type when name.EndsWith("Connection", StringComparison.Ordinal) => $" {{ nodes {{ {Named((FieldsType)type.Find("nodes")!.Type.Named)} }} }}",
        FieldsType type => $" {{ {Named(type)} }}",
        UnionType => " { __typename }",
        _ => "",
    };

    private static string Named(FieldsType type) => type.Find("id") is not null ? "id" : type.Find("cursor") is not null ? "cursor" : "__typename";
}
