using System.Text.Json;
using Engines.GraphQL.Types;

namespace Cmms.Tests.Isolation;

/// <summary>Every list: what is counted, searched and sorted in it, and what another's cursor leads to.</summary>
internal sealed class ListCases(World world, Findings findings, Belongings belongings)
{
    public async Task TryAsync()
    {
        HashSet<string> sorted = [], searched = [];
        foreach (var (list, node) in Lists.Of(world.Schema))
        {
            await CountsAsync(list);
            await CursorsAsync(list);
            if (list.FindArgument("order") is not null) await SortsAsync(list, node, sorted.Add(node.Name));
            if (list.FindArgument("search") is not null && await SearchAsync(list)) searched.Add(node.Name);
        }
        foreach (var (list, node) in Lists.Of(world.Schema).Where(l => l.Field.FindArgument("search") is not null))
            findings.Expect(searched.Contains(node.Name), () => $"{list.Name}: the owner finds none of its own by search");
        foreach (var field in world.Schema.Query.Fields.Where(f => f.Type.Named is CompositeType && !Selections.IsConnection(f.Type.Named))) await KeysAsync(field);
    }

    private async Task CountsAsync(FieldDefinition list)
    {
        var own = (await Lists.FindAsync(world, world.Owner, list, [""]))[0];
        findings.Expect(own.Total > 0, () => $"{list.Name}: the owner sees nothing: {Findings.Shorten(own.Answer)}");
        foreach (var asker in world.Intruders)
        {
            var found = (await Lists.FindAsync(world, asker, list, [""]))[0];
            findings.Expect(found.IsHonest, () => $"{list.Name} counts {found.Total} for {asker} and shows {found.Ids.Count}");
            findings.Expect(!found.Ids.Any(id => belongings.IsStrange(asker, id)), () => $"{list.Name} shows {asker} what is strange");
        }
    }

    /// <summary>A cursor is a place in an order: from another's it goes on among one's own, or it is refused.</summary>
    private async Task CursorsAsync(FieldDefinition list)
    {
        var own = await world.AskAsync(world.Owner, $"{{ {ViewCases.Ask(list, "first: 50")} {{ edges {{ cursor }} }} }}");
        var cursors = JsonElement.Parse(own).GetProperty("data").GetProperty(list.Name).GetProperty("edges").EnumerateArray().Select(e => e.GetProperty("cursor").GetString()!).ToList();
        findings.Expect(cursors.Count > 0, () => $"{list.Name}: the owner has no cursor");
        var from = new[] { cursors[0], cursors[cursors.Count / 2], cursors[^1] }.Distinct().SelectMany(c => new[] { $"after: \"{c}\"", $"last: 100, before: \"{c}\"" }).ToList();
        foreach (var asker in world.Intruders)
            foreach (var argument in from)
                foreach (var page in await Lists.FindAsync(world, asker, list, [argument]))
                    findings.Expect(page.Total < 0 ? page.Answer.Contains("BAD_USER_INPUT", StringComparison.Ordinal) && world.StrangeIn(page.Answer, asker, belongings) is null
                        : !page.Ids.Any(id => belongings.IsStrange(asker, id)), () => $"{list.Name}({argument}) leads {asker} to {Findings.Shorten(page.Answer)}");
    }

    /// <summary>By each path, in either direction: the same objects, and their own alone.</summary>
    private async Task SortsAsync(FieldDefinition list, ObjectType node, bool isFirst)
    {
        List<string> keys = [];
        foreach (var key in ((InputObjectType)list.FindArgument("order")!.Type.Named).Fields)
        {
            if (key.Type.Named is InputObjectType inner)
            {
                if (isFirst) keys.AddRange(inner.Fields.Where(f => f.Type.Named is EnumType).Select((f, i) => $"{{{key.Name}: {{{f.Name}: {(i % 2 == 0 ? "ASC" : "DESC")}}}}}"));
            }
            else keys.Add($"{{{key.Name}: {(keys.Count % 2 == 0 ? "DESC" : "ASC")}}}");
        }
        // The id ends an order, so it stands by itself; eight keys are the most.
        var orders = keys.Where(k => !k.Contains("id:", StringComparison.Ordinal) && !IsForOwners(k)).Chunk(7).Select(some => $"order: [{string.Join(", ", some)}]").Append("order: [{id: DESC}]").ToList();
        var forOwners = keys.Where(IsForOwners).Select(key => $"order: [{key}]").ToList();
        foreach (var asker in world.Intruders.Where(a => !a.IsOwner))
            foreach (var (order, found) in forOwners.Zip(await Lists.FindAsync(world, asker, list, forOwners)))
                findings.Expect(found.Total < 0 && found.Answer.Contains("FORBIDDEN", StringComparison.Ordinal), () => $"{list.Name}({order}) tells {asker} what is for owners: {Findings.Shorten(found.Answer)}");
        foreach (var asker in world.Intruders.Append(world.Owner))
        {
            var all = (await Lists.FindAsync(world, asker, list, [""]))[0];
            foreach (var (order, found) in orders.Zip(await Lists.FindAsync(world, asker, list, orders)))
                findings.Expect(found.Total == all.Total && found.IsHonest && !(asker != world.Owner && found.Ids.Any(id => belongings.IsStrange(asker, id))) && (found.GoesOn || found.Ids.ToHashSet().SetEquals(all.Ids)),
                    () => $"{list.Name}({order}) gives {asker} {found.Total} of {all.Total} {node.Name}: {Findings.Shorten(found.Answer)}");
        }
    }

    /// <summary>What people cost is nobody's to sort by but an owner's.</summary>
    private static bool IsForOwners(string key) => key.Contains("regularRate", StringComparison.Ordinal) || key.Contains("overtimeRate", StringComparison.Ordinal);

    /// <summary>Whether the owner finds something by its marker.</summary>
    private async Task<bool> SearchAsync(FieldDefinition list)
    {
        string[] words = [$"search: \"{world.Victim.Marker}\"", $"search: \"{world.Victim.SiteMarker}\"", $"search: \"{world.Victim.Owner}\"", "search: \"000001\""];
        var own = await Lists.FindAsync(world, world.Owner, list, words);
        foreach (var asker in world.Intruders)
        {
            var found = await Lists.FindAsync(world, asker, list, words);
            findings.Expect(found.All(f => f.IsHonest && !f.Ids.Any(id => belongings.IsStrange(asker, id))), () => $"{list.Name}: a search shows {asker} what is strange");
            findings.Expect(found[0].Total == 0, () => $"{list.Name}: {asker} finds {found[0].Total} by the victim's marker");
            if (!asker.KnowsOf(world.Victim.CustomerId, world.Victim.SiteId)) findings.Expect(found[1].Total == 0, () => $"{list.Name}: {asker} finds {found[1].Total} by the marker of the victim's site");
        }
        return own.Any(f => f.Total > 0);
    }

    /// <summary>One object by a code, a number or a label: another's is as none, and the same one of one's own is one's own.</summary>
    private async Task KeysAsync(FieldDefinition field)
    {
        foreach (var key in field.Arguments.Where(a => a.Type.Named.Name == "String"))
        {
            var types = world.Schema.PossibleTypes((CompositeType)field.Type.Named).Where(t => t.Find(key.Name) is not null && Selections.IsNode(t)).ToList();
            if (types.Count == 0) continue;
            var tried = 0;
            foreach (var type in types)
            {
                foreach (var (id, value) in await ValuesAsync(world.Owner, type, key.Name))
                {
                    var own = await ByAsync(world.Owner, value);
                    findings.Expect(own.Contains($"\"{id}\"", StringComparison.Ordinal), () => $"{field.Name}({key.Name}) does not show the owner its {value}: {own}");
                    foreach (var asker in world.Intruders.Where(a => belongings.IsStrange(a, id)))
                    {
                        var mine = (await ValuesAsync(asker, type, key.Name)).Any(v => v.Value == value);
                        var answer = await ByAsync(asker, value);
                        if (!mine) tried++;
                        findings.Expect(world.StrangeIn(answer, asker, belongings) is null && (mine || answer == await ByAsync(asker, "no-such-code")), () => $"{field.Name}({key.Name}: {value}) shows {asker} {answer}");
                    }
                }
            }
            findings.Expect(tried > 0, () => $"{field.Name}({key.Name}): the victim has none that others do not have too");

            Task<string> ByAsync(Asker asker, string value) => world.AskAsync(asker, $"query($key: String!) {{ {field.Name}({key.Name}: $key) {{ __typename ... on Node {{ id }} }} }}", new { key = value });
        }
    }

    private readonly Dictionary<(Asker, string, string), IReadOnlyList<(string Id, string Value)>> _values = [];

    private async Task<IReadOnlyList<(string Id, string Value)>> ValuesAsync(Asker asker, ObjectType type, string key)
    {
        if (_values.TryGetValue((asker, type.Name, key), out var known)) return known;
        var ids = belongings.KnownTo(asker, type.Name).TakeLast(100);
        var answer = await world.AskAsync(asker, $"query($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on {type.Name} {{ id {key} }} }} }}", new { ids });
        return _values[(asker, type.Name, key)] =
        [
            .. JsonElement.Parse(answer).GetProperty("data").GetProperty("nodes").EnumerateArray().Where(n => n.GetProperty(key).ValueKind is JsonValueKind.String)
                .Select(n => (n.GetProperty("id").GetString()!, n.GetProperty(key).GetString()!)),
        ];
    }
}
