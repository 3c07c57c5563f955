using System.Text.Json;
using System.Text.Json.Nodes;
using Engines.GraphQL.Binding;
using Engines.GraphQL.Types;

namespace Cmms.Tests.Isolation;

/// <summary>
/// Every condition of every filter, on an object itself and on what it refers to: with values of the victim's objects the owner finds them, all
/// conditions at once, and nobody else finds anything by any of them.
/// </summary>
internal sealed class FilterCases(World world, Findings findings, Belongings belongings)
{
    private const long Never = 99_999_999;

    /// <summary>Conditions that the owner has found something by, as <c>Asset.name</c>.</summary>
    private readonly HashSet<string> _met = [];
    private readonly HashSet<string> _wanted = [];

    public async Task TryAsync()
    {
        HashSet<string> known = [];
        foreach (var (list, node) in Lists.Of(world.Schema).Where(l => l.Field.FindArgument("where") is not null))
            await ListAsync(list, node, (InputObjectType)list.FindArgument("where")!.Type.Named, known.Add(node.Name));
        var unmet = _wanted.Except(_met).Order(StringComparer.Ordinal).ToList();
        findings.Expect(unmet.SequenceEqual(Exemptions.Unmet.Keys.Order(StringComparer.Ordinal)), () => $"By these the owner finds nothing: {string.Join(' ', unmet)}");
    }

    private async Task ListAsync(FieldDefinition list, ObjectType node, InputObjectType filter, bool withRelations)
    {
        var rows = await RowsAsync(list, node, filter);
        List<Case> cases = [.. Cases(node, filter, rows, [])];
        if (withRelations)
        {
            foreach (var relation in Relations(filter))
            {
                var (target, isList) = (TypeOf(node, relation.Name), IsList(relation));
                _wanted.Add($"{node.Name}.{relation.Name}");
                if (target is null) continue;
                var inner = (InputObjectType)(isList ? ((InputObjectType)relation.Type.Named).Find("some")!.Type.Named : relation.Type.Named);
                string[] path = isList ? [relation.Name, "some"] : [relation.Name];
                cases.AddRange(Cases(target, inner, rows.SelectMany(r => Related(r, relation.Name)), path, $"{node.Name}.{relation.Name}"));
            }
        }
        if (cases.Count == 0) return;
        var owner = await FindAsync(world.Owner, list, filter, cases.Select(c => c.All()));
        foreach (var (one, found) in cases.Zip(owner))
        {
            findings.Expect(found.Total > 0, () => $"{list.Name}: the owner does not find its own by {one.All()}: {Findings.Shorten(found.Answer)}");
            if (found.Total > 0) _met.UnionWith(one.Proves);
        }
        foreach (var asker in world.Intruders)
        {
            var strange = cases.Where(c => belongings.IsStrange(asker, c.Id)).ToList();
            foreach (var (one, found) in strange.Zip(await FindAsync(asker, list, filter, strange.Select(c => c.Any()))))
                findings.Expect(found.Total == 0 && found.Ids.Count == 0, () => $"{list.Name}: {asker} finds {found.Total} by one of {one.Any()}: {Findings.Shorten(found.Answer)}");
            // What is none of the victim's, and what has none of them: the same as for an id that never was.
            strange.RemoveAll(c => !c.HasId);
            var (apart, never) = (await FindAsync(asker, list, filter, strange.Select(c => c.Apart(c.Id))), await FindAsync(asker, list, filter, strange.Select(c => c.Apart(World.Id(c.Type, Never)))));
            foreach (var ((one, found), expected) in strange.Zip(apart).Zip(never))
                findings.Expect(found.Total == expected.Total && found.Total >= 0 && found.Ids.SequenceEqual(expected.Ids), () => $"{list.Name}: {asker} tells apart {one.Apart(one.Id)}: {found.Total} instead of {expected.Total}");
        }
    }

    /// <summary>Values of one object, to be asked for under a path.</summary>
    /// <param name="Key">The condition that is the object's own; null where the filter has none.</param>
    private sealed record Case(string Type, string Id, string[] Path, (string Name, JsonElement Value)? Key, IReadOnlyList<(string Name, JsonElement Value)> Values, IReadOnlyList<string> Proves)
    {
        public bool HasId => Key?.Name == "id";

        public JsonObject All() => Under(new JsonObject(Values.Select(v => KeyValuePair.Create<string, JsonNode?>(v.Name, Equal(v.Value)))));

        /// <summary>Each by itself; with the id where others may well have the same value.</summary>
        public JsonObject Any() => new()
        {
            ["or"] = new JsonArray([.. Values.Where(v => IsTelling(v) || Key is not null).Select(JsonNode (v) => Under(
                IsTelling(v) ? new JsonObject { [v.Name] = Equal(v.Value) } : new JsonObject { [Key!.Value.Name] = Equal(Key.Value.Value), [v.Name] = Equal(v.Value) }))]),
        };

        public JsonObject Apart(string id) => Path is [var list, "some"]
            ? new() { [list] = new JsonObject { ["none"] = new JsonObject { ["id"] = new JsonObject { ["in"] = new JsonArray(id) } }, ["all"] = new JsonObject { ["id"] = new JsonObject { ["neq"] = id } } } }
            : Under(new JsonObject { ["id"] = new JsonObject { ["neq"] = id, ["nin"] = new JsonArray(id) } });

        private bool IsTelling((string Name, JsonElement Value) value) => value.Name == Key?.Name || (value.Value.ValueKind is JsonValueKind.String && value.Value.GetString()!.Contains("zq", StringComparison.Ordinal));

        private JsonObject Under(JsonObject condition) => Path.Reverse().Aggregate(condition, (inner, name) => new JsonObject { [name] = inner });

        private static JsonObject Equal(JsonElement value) => new() { ["eq"] = JsonNode.Parse(value.GetRawText()) };
    }

    /// <summary>So many objects that each condition has one of them.</summary>
    private IEnumerable<Case> Cases(ObjectType type, InputObjectType filter, IEnumerable<JsonElement> objects, string[] path, string? relation = null)
    {
        var left = LeavesOf(filter).Select(f => f.Name).ToHashSet();
        // Also what is neither a condition that can be tried here nor a relation: somebody has to say how.
        _wanted.UnionWith(filter.Fields.Except(Relations(filter)).Where(f => f.Name is not ("and" or "or")).Select(f => $"{type.Name}.{f.Name}"));
        foreach (var one in objects)
        {
            var values = LeavesOf(filter).Where(f => one.TryGetProperty(f.Name, out var value) && MayBeAsked(f, value)).Select(f => (f.Name, Value: Asked(f, one.GetProperty(f.Name)))).ToList();
            var keys = values.Where(v => v.Name == "id" || (filter.Find("id") is null && v.Name.EndsWith("Id", StringComparison.Ordinal) && GlobalId.TryParse(v.Value.ToString(), out _))).Take(1).ToArray();
            values.RemoveAll(v => !left.Contains(v.Name));
            left.ExceptWith(values.Select(v => v.Name));
            // A filter takes 20 references, and each value stands under its own.
            foreach (var some in values.Chunk(15))
                yield return new Case(type.Name, one.GetProperty("id").GetString()!, path, keys is [var key] ? key : null, some, [.. some.Select(v => $"{type.Name}.{v.Name}"), .. relation is null ? (string[])[] : [relation]]);
        }
    }

    /// <summary>Average costs have more places than a condition takes: another object's will do.</summary>
    private static bool MayBeAsked(InputValue field, JsonElement value) =>
        value.ValueKind is not JsonValueKind.Null && (OperandOf(field) != "ID" || Asked(field, value).ValueKind is JsonValueKind.String) && !(value.ValueKind is JsonValueKind.Number && value.GetRawText().Split('.') is [_, { Length: > 2 }]);

    /// <summary>An object goes by its id; what else is shown as JSON is a text to a filter.</summary>
    private static JsonElement Asked(InputValue field, JsonElement value) => (value.ValueKind, OperandOf(field)) switch
    {
        (JsonValueKind.Object, "ID") when value.TryGetProperty("id", out var id) => id,
        (JsonValueKind.Array or JsonValueKind.Object, "String") => JsonSerializer.SerializeToElement(value.GetRawText()),
        _ => value,
    };

    private static string OperandOf(InputValue field) => ((InputObjectType)field.Type.Named).Find("eq")!.Type.Named.Name;

    private async Task<IReadOnlyList<JsonElement>> RowsAsync(FieldDefinition list, ObjectType node, InputObjectType filter)
    {
        var parts = new List<string> { Leaves(node, filter) };
        foreach (var relation in Relations(filter))
        {
            if (TypeOf(node, relation.Name) is not { } target) continue;
            var inner = Leaves(target, (InputObjectType)(IsList(relation) ? ((InputObjectType)relation.Type.Named).Find("some")!.Type.Named : relation.Type.Named));
            parts.Add(Selections.NodeOf(node.Find(relation.Name)!) is null ? $"{relation.Name} {{ {inner} }}" : $"{relation.Name}(first: 10) {{ nodes {{ {inner} }} }}");
        }
        var answer = JsonElement.Parse(await world.AskAsync(world.Owner, $"{{ {ViewCases.Ask(list, "first: 100")} {{ nodes {{ {string.Join(' ', parts)} }} }} }}"));
        return [.. answer.GetProperty("data").GetProperty(list.Name).GetProperty("nodes").EnumerateArray()];
    }

    private async Task<IReadOnlyList<Found>> FindAsync(Asker asker, FieldDefinition list, InputObjectType filter, IEnumerable<JsonObject> conditions)
    {
        var all = conditions.ToList();
        var variables = new JsonObject(all.Select((c, i) => KeyValuePair.Create<string, JsonNode?>($"w{i}", c)));
        return await Lists.FindAsync(world, asker, list, [.. all.Select((_, i) => $"where: $w{i}")], string.Join(", ", all.Select((_, i) => $"$w{i}: {filter.Name}")), variables);
    }

    /// <summary>A selection of what the conditions are about, under their names; <c>subjectId</c> is the id of what is shown as <c>subject</c>.</summary>
    private static string Leaves(ObjectType type, InputObjectType filter)
    {
        List<string> parts = ["id"];
        foreach (var name in LeavesOf(filter).Select(f => f.Name).Where(name => name != "id"))
        {
            if (type.Find(name) is { } field && field.Type.Named.IsLeaf) parts.Add(name);
            else if ((type.Find(name) ?? (name.EndsWith("Id", StringComparison.Ordinal) ? type.Find(name[..^2]) : null)) is { } referred) parts.Add($"{name}: {referred.Name} {{ ... on Node {{ id }} }}");
        }
        return string.Join(' ', parts);
    }

    private static IEnumerable<JsonElement> Related(JsonElement row, string relation) => !row.TryGetProperty(relation, out var value) ? [] : value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray(),
        JsonValueKind.Object => value.TryGetProperty("nodes", out var nodes) ? nodes.EnumerateArray() : [value],
        _ => [],
    };

    private static ObjectType? TypeOf(ObjectType node, string relation) => node.Find(relation) is { } field ? Selections.NodeOf(field) ?? field.Type.Named as ObjectType : null;

    private static IEnumerable<InputValue> LeavesOf(InputObjectType filter) => filter.Fields.Where(f => f.Type.Named is InputObjectType operations && operations.Find("eq") is not null);

    private static IEnumerable<InputValue> Relations(InputObjectType filter) =>
        filter.Fields.Where(f => f.Name is not ("and" or "or") && f.Type.Named is InputObjectType inner && (inner.Find("and") is not null || inner.Find("some") is not null));

    private static bool IsList(InputValue relation) => ((InputObjectType)relation.Type.Named).Find("some") is not null;
}
