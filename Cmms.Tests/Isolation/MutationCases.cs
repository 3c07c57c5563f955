using System.Text.Json;
using System.Text.Json.Nodes;
using Cmms.Tests.Contract;
using Engines.GraphQL.Binding;
using Engines.GraphQL.Types;

namespace Cmms.Tests.Isolation;

/// <summary>
/// Before each call that works, the same with one id of somebody else in it, for every id that it has: the answer is that for an id that never was, and
/// nothing has changed anywhere.
/// </summary>
internal sealed class MutationCases(World world, Findings findings, Belongings belongings)
{
    private const long Never = 99_999_999;
    private readonly Selections _selections = new(world.Schema);
    private readonly HashSet<string> _tried = [];

    public async Task TryAsync(Step step, JsonObject input, IReadOnlyList<Asker> askers)
    {
        var field = world.Schema.Mutation!.Find(step.Name)!;
        var type = (InputObjectType)field.Arguments.Single().Type.Named;
        var places = Ids(type, input, []).ToList();
        if (places.Count == 0) return;
        var before = await DatabaseImage.TakeAsync(world.Plant.Database);
        foreach (var asker in askers)
        {
            List<(string Path, JsonObject Strange, JsonObject Nothing, string Id, string Never)> probes = [];
            foreach (var (name, path, id) in places)
            {
                var never = World.Id(id.Type, Never);
                foreach (var strange in belongings.Strange(asker, id.Type, world.Victim).Take(1).Concat(belongings.Strange(asker, id.Type, world.Victim).TakeLast(1)).Distinct())
                {
                    probes.Add((name, With(input, path, strange), With(input, path, never), strange, never));
                    lock (_tried) _tried.Add(name);
                }
            }
            if (probes.Count == 0) continue;
            var answer = await AskAsync(asker, field, type, probes.Select(p => p.Strange));
            var nothing = await AskAsync(asker, field, type, probes.Select(p => p.Nothing));
            foreach (var probe in probes) answer = answer.Replace(probe.Id, probe.Never, StringComparison.Ordinal);
            findings.Expect(answer == nothing, () => $"{asker} tells strange ids apart in {step.Name} ({string.Join(", ", probes.Select(p => p.Path))}): {Findings.Shorten(answer)} instead of {Findings.Shorten(nothing)}");
            findings.Expect(world.StrangeIn(answer, asker, belongings) is null, () => $"{asker} learns {world.StrangeIn(answer, asker, belongings)} by {step.Name}");
            for (var i = 0; i < probes.Count; i++)
            {
                var at = i;
                findings.Expect(IsRefused(JsonElement.Parse(answer), $"p{i}"), () => $"{asker} is not refused in {step.Name} {probes[at].Path}: {Findings.Shorten(answer)}");
            }
        }
        var after = await DatabaseImage.TakeAsync(world.Plant.Database);
        foreach (var table in before.Keys) findings.Expect(before[table] == after[table], () => $"{step.Name} with a strange id changes {table}");
    }

    /// <summary>Every id that a mutation can be given was somebody else's once.</summary>
    public void RequireAll()
    {
        foreach (var field in world.Schema.Mutation!.Fields)
            foreach (var argument in field.Arguments)
                foreach (var name in AllIds((InputObjectType)argument.Type.Named, [])) findings.Expect(_tried.Contains(name), () => $"{field.Name}: {name} was never given a strange id");
    }

    private Task<string> AskAsync(Asker asker, FieldDefinition field, InputObjectType type, IEnumerable<JsonObject> inputs)
    {
        var all = inputs.ToList();
        var asked = string.Join(' ', all.Select((_, i) => $"p{i}: {field.Name}(input: $i{i}) {_selections.Of(field.Type.Named, 1)}"));
        return world.AskAsync(asker, $"mutation({string.Join(", ", all.Select((_, i) => $"$i{i}: {type.Name}!"))}) {{ {asked} }}", new JsonObject(all.Select((input, i) => KeyValuePair.Create<string, JsonNode?>($"i{i}", input))));
    }

    private static bool IsRefused(JsonElement answer, string alias)
    {
        if (!answer.TryGetProperty("data", out var data) || data.ValueKind is not JsonValueKind.Object || !data.TryGetProperty(alias, out var payload) || payload.ValueKind is not JsonValueKind.Object) return answer.TryGetProperty("errors", out _);
        return payload.GetProperty("errors").ValueKind is JsonValueKind.Array || (payload.TryGetProperty("results", out var results) && results.EnumerateArray().Any(r => r.GetProperty("error").ValueKind is JsonValueKind.Object));
    }

    /// <summary>The ids in an input, each with the input type's field that it stands in, and its place.</summary>
    private static IEnumerable<(string Name, object[] Path, GlobalId Id)> Ids(InputObjectType type, JsonObject given, object[] above)
    {
        foreach (var field in type.Fields)
        {
            if (given[field.Name] is not { } value) continue;
            object[] path = [.. above, field.Name];
            (JsonNode Value, object[] Path)[] items = value is JsonArray { Count: > 0 } list ? [(list[0]!, [.. path, 0])] : [(value, path)];
            foreach (var (item, at) in items)
            {
                if (field.Type.Named is InputObjectType inner && item is JsonObject there)
                    foreach (var id in Ids(inner, there, at)) yield return id;
                else if (field.Type.Named.Name == "ID" && item is JsonValue && GlobalId.TryParse((string)item!, out var id)) yield return ($"{type.Name}.{field.Name}", at, id);
            }
        }
    }

    private static IEnumerable<string> AllIds(InputObjectType type, HashSet<InputObjectType> above) => !above.Add(type) ? [] : type.Fields.SelectMany(f =>
        f.Type.Named is InputObjectType inner ? AllIds(inner, above) : f.Type.Named.Name == "ID" ? [$"{type.Name}.{f.Name}"] : (IEnumerable<string>)[]);

    private static JsonObject With(JsonObject input, object[] path, string id)
    {
        var copy = (JsonObject)input.DeepClone();
        JsonNode at = copy;
        foreach (var part in path[..^1]) at = part is int index ? at[index]! : at[(string)part]!;
        if (path[^1] is int last) at[last] = id;
        else at[(string)path[^1]] = id;
        return copy;
    }
}
