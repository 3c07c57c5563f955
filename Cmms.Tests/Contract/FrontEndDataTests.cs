using System.Text.Json;
using System.Text.RegularExpressions;
using Cmms.Domain;
using Engines.GraphQL.Binding;
using Engines.GraphQL.Types;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cmms.Tests.Contract;

/// <summary>What docs/guides/frontend.md promises of every list and every object, asked of the demo plant.</summary>
[Collection(DemoGraph.Shared)]
public sealed partial class FrontEndDataTests(DemoGraph graph)
{
    /// <summary>Root lists that need no argument.</summary>
    private IEnumerable<FieldDefinition> Lists =>
        graph.Schema.Query.Fields.Where(f => f.Type.Named.Name.EndsWith("Connection", StringComparison.Ordinal) && !f.Arguments.Exists(a => a.Type.IsNonNull && a.DefaultValue is null));

    [Fact]
    public async Task An_object_of_every_type_is_found_by_its_id()
    {
        var ids = await IdsAsync();
        List<string> empty = [.. graph.Schema.PossibleTypes((InterfaceType)graph.Schema.Types["Node"]).Select(t => t.Name).Where(name => !ids.ContainsKey(name))];
        Assert.True(empty.Count <= ids.Count / 4, $"The demo plant has no {string.Join(", no ", empty)}.");
        foreach (var chunk in ids.Chunk(50))
        {
            var nodes = (await graph.DataAsync("query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }", new { ids = chunk.Select(c => c.Value) })).GetProperty("nodes");
            Assert.Equal(chunk.Select(c => $"{c.Key} {c.Value}"), nodes.EnumerateArray().Select(n => n.ValueKind is JsonValueKind.Null ? "null" : $"{n.GetProperty("__typename")} {n.GetProperty("id")}"));
        }
        foreach (var (type, id) in ids.Take(3))
        {
            var node = (await graph.DataAsync("query ($id: ID!) { node(id: $id) { __typename id } }", new { id })).GetProperty("node");
            Assert.Equal((type, id), (node.GetProperty("__typename").GetString(), node.GetProperty("id").GetString()));
        }
    }

    [Fact]
    public async Task Nothing_is_counted_that_nobody_asked_for()
    {
        using var log = await ListenAsync();
        foreach (var list in Lists)
        {
            log.Count(graph.Options);
            await graph.DataAsync($"{{ {list.Name}(first: 2) {{ nodes {{ __typename }} edges {{ cursor }} pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} }} }}");
            Assert.NotEmpty(log.Statements);
            Assert.DoesNotContain(log.Statements, s => Counts().IsMatch(s));
            log.Count(graph.Options);
            await graph.DataAsync($"{{ {list.Name} {{ totalCount }} }}");
            Assert.True(log.Statements.Any(s => Counts().IsMatch(s)), $"The count of {list.Name} was not seen.");
        }
    }

    [Fact]
    public async Task Lists_inside_of_objects_are_not_counted_either()
    {
        using var log = await ListenAsync();
        foreach (var (type, id) in await IdsAsync())
        {
            foreach (var list in ((ObjectType)graph.Schema.Types[type]).Fields.Where(f => f.Type.Named.Name.EndsWith("Connection", StringComparison.Ordinal)))
            {
                log.Count(graph.Options);
                await graph.DataAsync($"query ($id: ID!) {{ node(id: $id) {{ ... on {type} {{ {list.Name}(first: 1) {{ nodes {{ __typename }} pageInfo {{ hasNextPage }} }} }} }} }}", new { id });
                Assert.NotEmpty(log.Statements);
                Assert.DoesNotContain(log.Statements, s => Counts().IsMatch(s));
            }
        }
    }

    [Fact]
    public async Task A_page_has_from_1_to_100_objects_and_50_unless_said()
    {
        foreach (var list in Lists)
        {
            // The wizard's table is longer (seed 000).
            var tooMany = list.Name == "eligibleAssets" ? 201 : 101;
            foreach (var size in (string[])["first: 0", $"first: {tooMany}", "last: 0", $"last: {tooMany}", "first: -1", "first: 5, last: 5"])
            {
                var answer = await graph.AskAsync($"{{ {list.Name}({size}) {{ nodes {{ __typename }} }} }}");
                Assert.True(answer.TryGetProperty("errors", out var errors), $"{list.Name}({size})");
                Assert.Equal("BAD_USER_INPUT", errors[0].GetProperty("extensions").GetProperty("code").GetString());
            }
        }
        var data = await graph.DataAsync("{ some: workOrders { nodes { id } } most: workOrders(first: 100) { nodes { id } } }");
        Assert.Equal((50, 100), (data.GetProperty("some").GetProperty("nodes").GetArrayLength(), data.GetProperty("most").GetProperty("nodes").GetArrayLength()));
    }

    [Fact]
    public async Task The_history_of_an_object_pages_both_ways_and_knows_its_length()
    {
        var busiest = await graph.DataAsync("{ events(first: 100) { nodes { subject { id } } } }");
        var id = busiest.GetProperty("events").GetProperty("nodes").EnumerateArray().Where(e => e.GetProperty("subject").ValueKind is JsonValueKind.Object)
            .GroupBy(e => e.GetProperty("subject").GetProperty("id").GetString()).MaxBy(g => g.Count())!.Key!;
        var (onward, total) = await WalkAsync(id, "first: 1, after: $cursor", "hasNextPage", "endCursor");
        var (back, _) = await WalkAsync(id, "last: 1, before: $cursor", "hasPreviousPage", "startCursor");
        Assert.True(total > 1 && onward.Count == total, $"{onward.Count} of {total}");
        Assert.Equal(onward, back.AsEnumerable().Reverse());
        Assert.Equal(onward, (await graph.DataAsync("query ($id: ID!) { events(subjectId: $id, first: 100) { nodes { id } } }", new { id }))
            .GetProperty("events").GetProperty("nodes").EnumerateArray().Select(e => e.GetProperty("id").GetString()!));
    }

    /// <summary>EF Core remembers for a second that nobody listened.</summary>
    private async Task<StatementLog> ListenAsync()
    {
        StatementLog log = new();
        log.Count(graph.Options);
        for (var i = 0; log.Statements.Count == 0 && i < 100; i++)
        {
            await Task.Delay(100);
            await graph.DataAsync("{ me { id } }");
        }
        Assert.NotEmpty(log.Statements);
        return log;
    }

    private async Task<(List<string> Ids, int Total)> WalkAsync(string id, string arguments, string more, string end)
    {
        List<string> ids = [];
        string? cursor = null;
        while (true)
        {
            var page = (await graph.DataAsync(
                $"query ($id: ID!, $cursor: String) {{ node(id: $id) {{ ... on Auditable {{ events({arguments}) {{ totalCount nodes {{ id }} pageInfo {{ {more} {end} }} }} }} }} }}",
                new { id, cursor })).GetProperty("node").GetProperty("events");
            ids.AddRange(page.GetProperty("nodes").EnumerateArray().Select(n => n.GetProperty("id").GetString()!));
            if (!page.GetProperty("pageInfo").GetProperty(more).GetBoolean()) return (ids, page.GetProperty("totalCount").GetInt32());
            cursor = page.GetProperty("pageInfo").GetProperty(end).GetString();
        }
    }

    /// <summary>The global id of one object of each type that has any.</summary>
    private async Task<SortedDictionary<string, string>> IdsAsync()
    {
        SortedDictionary<string, string> ids = new(StringComparer.Ordinal);
        await using var db = graph.Read();
        foreach (var type in graph.Schema.PossibleTypes((InterfaceType)graph.Schema.Types["Node"]).Where(t => t.ClrType!.IsSubclassOf(typeof(Entity))))
        {
            var key = (Task<long?>)typeof(FrontEndDataTests).GetMethod(nameof(AnyOf), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!
                .MakeGenericMethod(type.ClrType!).Invoke(null, [db])!;
            if (await key is { } id) ids[type.Name] = new GlobalId(type.Name, id).ToString();
        }
        ids["Event"] = (await graph.DataAsync("{ events(first: 1) { nodes { id } } }")).GetProperty("events").GetProperty("nodes")[0].GetProperty("id").GetString()!;
        return ids;
    }

    private static Task<long?> AnyOf<T>(DbContext db) where T : Entity => db.Set<T>().OrderBy(x => x.Id).Select(x => (long?)x.Id).FirstOrDefaultAsync();

    [GeneratedRegex(@"^SELECT COUNT\(", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex Counts();
}
