using System.Text.Json;
using Engines.GraphQL.Types;

namespace Cmms.Tests.Isolation;

/// <summary>The lists at the root of the schema, and what somebody finds in them.</summary>
internal static class Lists
{
    /// <summary>Each with the type of its objects.</summary>
    public static IEnumerable<(FieldDefinition Field, ObjectType Node)> Of(Schema schema) =>
        from field in schema.Query.Fields
        let node = Selections.NodeOf(field)
        where node is not null
        select (field, node);

    /// <summary>Some lists by their names: how many there are in all, and their first hundred.</summary>
    public static async Task<IReadOnlyList<Found>> FindAsync(World world, Asker asker, FieldDefinition list, IReadOnlyList<string> arguments, string variables = "", object? values = null)
    {
        List<Found> found = [];
        // At most 30 at the root of a query.
        foreach (var some in arguments.Index().Chunk(25))
        {
            var asked = some.Select(a => $"a{a.Index}: {ViewCases.Ask(list, a.Item.Contains("last:", StringComparison.Ordinal) ? "" : "first: 100", a.Item)} {{ totalCount nodes {{ id }} pageInfo {{ hasNextPage }} }}");
            var text = await world.AskAsync(asker, $"query{Used(variables, some.Select(a => a.Item))} {{ {string.Join(' ', asked)} }}", values);
            var answer = JsonElement.Parse(text);
            foreach (var (index, _) in some)
            {
                if (answer.TryGetProperty("data", out var data) && data.ValueKind is JsonValueKind.Object && data.GetProperty($"a{index}") is { ValueKind: JsonValueKind.Object } page)
                    found.Add(new Found(page.GetProperty("totalCount").GetInt32(), [.. page.GetProperty("nodes").EnumerateArray().Select(n => n.GetProperty("id").GetString()!)],
                        page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean(), text));
                else found.Add(new Found(-1, [], false, text));
            }
        }
        return found;
    }

    /// <summary>The declarations of the variables that are used; the others would be refused.</summary>
    private static string Used(string variables, IEnumerable<string> arguments)
    {
        var names = arguments.SelectMany(a => a.Split('$').Skip(1).Select(v => new string([.. v.TakeWhile(char.IsAsciiLetterOrDigit)]))).ToHashSet();
        var used = variables.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(v => names.Contains(v[1..v.IndexOf(':', StringComparison.Ordinal)]));
        return string.Join(", ", used) is { Length: > 0 } some ? $"({some})" : "";
    }
}

/// <summary>What a list answered.</summary>
/// <param name="Total">-1 for an error.</param>
/// <param name="Answer">The whole text, for whoever has to look into it.</param>
internal sealed record Found(int Total, IReadOnlyList<string> Ids, bool GoesOn, string Answer)
{
    /// <summary>Whether the figures agree with what is shown, so that they count nothing else.</summary>
    public bool IsHonest => Total >= 0 && (GoesOn ? Total > Ids.Count : Total == Ids.Count);
}
