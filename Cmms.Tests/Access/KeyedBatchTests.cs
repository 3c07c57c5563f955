using Cmms.Domain.Persistence;
using Xunit;

namespace Cmms.Tests.Access;

/// <summary>Several root fields under one key, of which some fail.</summary>
public sealed class KeyedBatchTests
{
    private const string Three = """
        mutation($van: String!) {
          a: createPart(input: { name: "Belt" }) { part { id name } query { parts { totalCount } } }
          createStoreroom(input: { name: $van }) { storeroom { id name } }
          b: createPart(input: { name: "Chain" }) { part { id name } query { parts { totalCount } } }
        }
        """;

    [Theory, Sqlite, PostgreSql]
    public async Task What_the_server_failed_to_do_is_tried_again_and_what_was_done_is_not(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        await FailAsync(graph, "storeroom");
        var first = await graph.KeyedAsync("k", Three, new { van = "Van" });
        Assert.Equal(("INTERNAL_SERVER_ERROR", "createStoreroom"), (first.Code, first.Json.GetProperty("errors")[0].GetProperty("path")[0].GetString()));
        Assert.Equal(["Belt", "Chain"], await graph.PartNamesAsync());
        Assert.Equal([0, 2], (await graph.KeptAsync()).Select(k => int.Parse(k.Split(' ')[2], System.Globalization.CultureInfo.InvariantCulture)));

        await HealAsync(graph, "storeroom");
        var second = await graph.KeyedAsync("k", Three, new { van = "Van" });
        Assert.False(second.IsReplay);
        Assert.Equal("""{"data":{"a":{"part":{"id":"UGFydDox","name":"Belt"},"query":{"parts":{"totalCount":1}}},"createStoreroom":{"storeroom":{"id":"U3RvcmVyb29tOjM","name":"Van"}},"b":{"part":{"id":"UGFydDoy","name":"Chain"},"query":{"parts":{"totalCount":2}}}}}""", second.Text);
        (await graph.KeyedAsync("k", Three, new { van = "Van" })).AssertReplayOf(second);
        Assert.Equal(["Belt", "Chain"], await graph.PartNamesAsync());
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_failure_of_the_server_below_a_field_undoes_it_and_shows_nothing_of_it(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        const string Reading = """mutation { createPart(input: { name: "Belt" }) { part { id name } query { vendors { totalCount } } } }""";
        await graph.Plant.Database.ExecuteAsync("ALTER TABLE vendor RENAME TO lost");
        var events = await graph.EventCountAsync();
        var first = await graph.KeyedAsync("k", Reading);
        Assert.Equal("INTERNAL_SERVER_ERROR", first.Code);
        Assert.DoesNotContain("Belt", first.Text, StringComparison.Ordinal);
        Assert.Empty(await graph.PartNamesAsync());
        Assert.Equal(events, await graph.EventCountAsync());
        Assert.Empty(await graph.KeptAsync());

        await graph.Plant.Database.ExecuteAsync("ALTER TABLE lost RENAME TO vendor");
        Assert.Contains("\"name\":\"Belt\"", (await graph.KeyedAsync("k", Reading)).Text, StringComparison.Ordinal);
        Assert.Equal(["Belt"], await graph.PartNamesAsync());
    }

    [Theory, Sqlite, PostgreSql]
    public async Task What_was_refused_before_it_ran_is_not_kept(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        const string Mixed = """
            mutation {
              createPart(input: { name: "Belt" }) { part { name } }
              createSite(input: { name: "West", code: "WEST", timeZone: "Etc/UTC", currency: "USD" }) { site { name } }
            }
            """;
        Assert.Equal("FORBIDDEN", (await graph.KeyedAsync("k", Mixed, @as: "manager")).Code);
        await graph.Plant.Database.ExecuteAsync("""UPDATE "user" SET customer_role = 'Owner'""");
        var second = await graph.KeyedAsync("k", Mixed, @as: "manager");
        Assert.Contains("\"name\":\"West\"", second.Text, StringComparison.Ordinal);
        Assert.Equal(["Belt"], await graph.PartNamesAsync());
    }

    [Theory, Sqlite, PostgreSql]
    public async Task All_or_nothing_is_given_again_as_a_whole(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        var atomic = Three.Replace("($van: String!)", "($van: String!) @atomic", StringComparison.Ordinal).Replace("storeroom { id name }", "storeroom { id name } errors { ... on Error { code } }", StringComparison.Ordinal);
        var done = await graph.KeyedAsync("done", atomic, new { van = "Van" });
        Assert.Contains("\"totalCount\":2", done.Text, StringComparison.Ordinal);
        (await graph.KeyedAsync("done", atomic, new { van = "Van" })).AssertReplayOf(done);
        Assert.Equal(3, (await graph.KeptAsync()).Count);

        var events = await graph.EventCountAsync();
        var refused = await graph.KeyedAsync("refused", atomic, new { van = "Van" });
        Assert.Contains("\"DUPLICATE\"", refused.Text, StringComparison.Ordinal);
        await graph.Plant.Database.ExecuteAsync("UPDATE storeroom SET name = 'Truck', name_folded = 'truck' WHERE name = 'Van'");
        (await graph.KeyedAsync("refused", atomic, new { van = "Van" })).AssertReplayOf(refused);
        Assert.Equal(422, (await graph.KeyedAsync("refused", atomic, new { van = "Car" })).Status);
        Assert.Equal(["Belt", "Chain"], await graph.PartNamesAsync());
        Assert.Equal(events, await graph.EventCountAsync());

        await FailAsync(graph, "storeroom");
        Assert.Equal("INTERNAL_SERVER_ERROR", (await graph.KeyedAsync("broken", atomic, new { van = "Bus" })).Code);
        await HealAsync(graph, "storeroom");
        Assert.Contains("\"totalCount\":4", (await graph.KeyedAsync("broken", atomic, new { van = "Bus" })).Text, StringComparison.Ordinal);
        Assert.Equal(["Belt", "Chain", "Belt", "Chain"], await graph.PartNamesAsync());
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Many_at_once_that_are_rolled_back_answer_the_same(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        const string Refused = """
            mutation @atomic {
              createPart(input: { name: "Belt" }) { part { id } errors { ... on Error { code } } }
              createStoreroom(input: { name: "Main Warehouse" }) { errors { ... on Error { code } } }
            }
            """;
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => graph.KeyedAsync("k", Refused)));
        Assert.Equal("""{"data":{"createPart":{"part":null,"errors":[{"code":"ROLLED_BACK"}]},"createStoreroom":{"errors":[{"code":"DUPLICATE"}]}}}""", Assert.Single(answers.Select(a => a.Text).Distinct()));
        Assert.Equal((2, 0), ((await graph.KeptAsync()).Count, (await graph.PartNamesAsync()).Count));
    }

    /// <summary>From now on, nothing can be put into a table, for a reason that the program has no word for.</summary>
    private static Task FailAsync(TestGraph graph, string table) => graph.Plant.Database.ExecuteAsync($"ALTER TABLE {table} RENAME COLUMN description TO lost");

    private static Task HealAsync(TestGraph graph, string table) => graph.Plant.Database.ExecuteAsync($"ALTER TABLE {table} RENAME COLUMN lost TO description");
}
