using System.Text.Json;
using Engines.GraphQL.Types;

namespace Cmms.Tests.Isolation;

/// <summary>
/// Every argument of a query that takes an id, at the root or below, and <c>node</c> itself: somebody else's is answered exactly as one that never
/// was, and the owner's is not.
/// </summary>
internal sealed class ArgumentCases(World world, Findings findings, Belongings belongings)
{
    private const long Never = 99_999_999;
    private readonly Selections _selections = new(world.Schema);
    private readonly IReadOnlyList<string> _types = [.. world.Schema.Types.Values.OfType<ObjectType>().Where(Selections.IsNode).Select(t => t.Name)];

    public async Task TryAsync()
    {
        foreach (var type in _types) await NodesAsync(type);
        foreach (var parent in world.Schema.Types.Values.OfType<ObjectType>().Where(t => t != world.Schema.Mutation && t != world.Schema.Subscription))
            foreach (var field in parent.Fields.Where(f => f.Name is not ("node" or "nodes")))
                foreach (var argument in field.Arguments)
                {
                    if (ViewCases.IsId(argument)) await ArgumentAsync(parent, field, argument);
                    // Filters have cases of their own; whoever takes ids in another way says here how they are tried.
                    else if (argument.Name != "where") findings.Expect(!TakesIds(argument.Type.Named, []), () => $"{parent.Name}.{field.Name}({argument.Name}) takes ids that nobody tries");
                }
    }

    private static bool TakesIds(NamedType type, HashSet<NamedType> above) =>
        type.Name == "ID" || (type is InputObjectType input && above.Add(input) && input.Fields.Any(f => TakesIds(f.Type.Named, above)));

    /// <summary>Of each type, an object of the victim by <c>node</c> and all of them by <c>nodes</c>.</summary>
    private async Task NodesAsync(string type)
    {
        var ids = belongings.Of(world.Victim, type).TakeLast(100).ToList();
        findings.Expect(ids.Count > 0, () => $"The victim has no {type}.");
        const string document = "query($ids: [ID!]!, $id: ID!) { nodes(ids: $ids) { __typename id } node(id: $id) { __typename id } }";
        var seen = await world.AskAsync(world.Owner, document, new { ids, id = ids[^1] });
        findings.Expect(ids.TrueForAll(id => seen.Contains($"\"{id}\"", StringComparison.Ordinal)) && !seen.Contains("null", StringComparison.Ordinal), () => $"The owner does not see each {type}: {Findings.Shorten(seen)}");
        foreach (var asker in world.Intruders)
        {
            var strange = ids.Where(id => belongings.IsStrange(asker, id)).ToList();
            if (strange.Count == 0) continue;
            var answer = await world.AskAsync(asker, document, new { ids = strange, id = strange[^1] });
            var nothing = await world.AskAsync(asker, document, new { ids = strange.Select((_, i) => World.Id(type, Never + i)), id = World.Id(type, Never) });
            findings.Expect(answer == nothing, () => $"{asker} gets {type} by node: {Findings.Shorten(answer)}");
        }
    }

    private async Task ArgumentAsync(ObjectType parent, FieldDefinition field, InputValue argument)
    {
        var (at, proved) = ($"{parent.Name}.{field.Name}({argument.Name})", 0);
        foreach (var type in _types)
        {
            var never = World.Id(type, Never);
            var nothing = await AskAsync(world.Owner, parent, field, argument, never);
            if (nothing.Contains("BAD_USER_INPUT", StringComparison.Ordinal)) continue; // it takes no id of this type
            foreach (var id in belongings.Of(world.Victim, type).Reverse().Take(3))
                if ((await AskAsync(world.Owner, parent, field, argument, id)).Replace(id, never, StringComparison.Ordinal) != nothing) proved++;
            foreach (var asker in world.Intruders)
            {
                var expected = await AskAsync(asker, parent, field, argument, never);
                foreach (var id in belongings.Strange(asker, type, world.Victim).Take(2))
                {
                    var answer = (await AskAsync(asker, parent, field, argument, id)).Replace(id, never, StringComparison.Ordinal);
                    findings.Expect(answer == expected, () => $"{asker} tells a strange {type} apart in {at}: {Findings.Shorten(answer)} instead of {Findings.Shorten(expected)}");
                }
            }
        }
        findings.Expect(proved > 0, () => $"{at}: the owner's own id makes no difference");
    }

    private Task<string> AskAsync(Asker asker, ObjectType parent, FieldDefinition field, InputValue argument, string id)
    {
        var value = argument.Type.Nullable is ListType ? $"[{JsonSerializer.Serialize(id)}]" : JsonSerializer.Serialize(id);
        var ask = $"{ViewCases.Ask(field, "first: 3", $"{argument.Name}: {value}")} {_selections.Of(field.Type.Named, 0)}";
        if (ReferenceEquals(parent, world.Schema.Query)) return world.AskAsync(asker, $"{{ {ask} }}");
        if (!Selections.IsNode(parent)) throw new InvalidOperationException($"Nobody has said yet how {parent.Name}.{field.Name} is reached.");
        return world.AskAsync(asker, $"query($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on {parent.Name} {{ {ask} }} }} }}", new { ids = belongings.KnownTo(asker, parent.Name).Take(20) });
    }
}
