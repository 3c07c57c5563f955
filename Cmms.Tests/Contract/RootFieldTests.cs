using System.Text.Json;
using Cmms.Domain;
using Cmms.Domain.Persistence;
using Cmms.Graph;
using Engines.GraphQL.Types;
using Xunit;

namespace Cmms.Tests.Contract;

public sealed class RootFieldTests
{
    [Theory, Sqlite, PostgreSql]
    public async Task Every_list_answers_each_caller_for_itself_whoever_came_first(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        await graph.Plant.Database.WriteAsync(graph.Plant.Scope, db => { db.Locations.Add(new("Hall 1")); return Task.CompletedTask; });
        await graph.Plant.Database.WriteAsync(graph.Plant.Neighbour, db => { db.Locations.Add(new("Hall 2")); return Task.CompletedTask; });
        var lists = Lists(graph).ToList();
        Assert.True(lists.Count > 15, $"only {lists.Count} lists");

        var seen = 0;
        foreach (var (field, node) in lists)
        {
            var (mine, theirs) = (await Ids(field, "admin", 50), await Ids(field, "neighbour", 50));
            Assert.Equal(mine, await Ids(field, "admin", 50));
            Assert.Equal(theirs, await Ids(field, "neighbour", 50));
            Assert.Equal(mine.Take(1), await Ids(field, "admin", 1));
            if (typeof(SiteEntity).IsAssignableFrom(node.ClrType)) Assert.Empty(mine.Intersect(theirs));
            seen += mine.Except(theirs).Any() && theirs.Except(mine).Any() ? 1 : 0;
        }
        Assert.True(seen >= 3, $"only {seen} lists had rows of both callers");

        async Task<List<string>> Ids(string field, string caller, int first)
        {
            var data = await graph.DataAsync($"query Of($first: Int) {{ {field}(first: $first) {{ nodes {{ id }} }} }}", new { first }, @as: caller);
            return [.. data.GetProperty(field).GetProperty("nodes").EnumerateArray().Select(n => n.GetProperty("id").GetString()!)];
        }
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_single_object_is_that_of_this_caller_and_this_id(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        await graph.Plant.Database.WriteAsync(graph.Plant.Scope, db => { db.Locations.AddRange([new("Hall 1"), new("Hall 2")]); return Task.CompletedTask; });
        var places = (await graph.DataAsync("{ locations(order: { name: ASC }) { nodes { id name } } }")).GetProperty("locations").GetProperty("nodes");
        Assert.Equal(2, places.GetArrayLength());
        foreach (var place in places.EnumerateArray())
        {
            Assert.Equal(place.GetProperty("name").GetString(), (await Ask(place, "admin")).GetProperty("name").GetString());
            Assert.Equal(JsonValueKind.Null, (await Ask(place, "neighbour")).ValueKind);
        }

        async Task<JsonElement> Ask(JsonElement place, string caller) =>
            (await graph.DataAsync("query One($id: ID!) { location(id: $id) { name } }", new { id = place.GetProperty("id").GetString() }, @as: caller)).GetProperty("location");
    }

    private static IEnumerable<(string Field, ObjectType Node)> Lists(TestGraph graph)
    {
        var schema = CmmsSchema.Build(graph.Plant.Database.Factory.Model);
        foreach (var field in schema.Query.Fields)
            if (field.Type.Named is ObjectType connection && connection.Name.EndsWith("Connection", StringComparison.Ordinal) && connection.Find("nodes")?.Type.Named is ObjectType { } node
                && node.Find("id") is not null && field.FindArgument("first") is not null && field.Arguments.TrueForAll(a => !a.IsRequired))
                yield return (field.Name, node);
    }
}
