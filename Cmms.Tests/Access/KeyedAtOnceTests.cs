using Cmms.Domain.Persistence;
using Xunit;
using static Cmms.Tests.Access.KeyedRequests;

namespace Cmms.Tests.Access;

/// <summary>The same request many times at once.</summary>
public sealed class KeyedAtOnceTests
{
    [Theory, Sqlite(2), Sqlite(32), PostgreSql(2), PostgreSql(32)]
    public async Task Many_at_once_have_one_effect_and_one_answer(DatabaseProvider provider, int count)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        // On PostgreSQL half of them come to another program; SQLite's lock is the file's as well.
        await using var second = await TestGraph.ReopenAsync(graph.Plant);
        var events = await graph.EventCountAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, count).Select(i => (i % 2 == 0 ? graph : second).KeyedAsync("k", Create, new { name = "Belt" })));

        Assert.Single(answers.Select(a => (a.Status, a.Text)).Distinct());
        Assert.Equal((200, 1), (answers[0].Status, answers.Count(a => !a.IsReplay)));
        Assert.Equal(["Belt"], await graph.PartNamesAsync());
        Assert.Equal(events + 1, await graph.EventCountAsync());
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Many_at_once_that_are_refused_are_tried_once(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        await graph.KeyedAsync("first", Create, new { name = "Belt", number = "B-1" });

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => graph.KeyedAsync("k", Create, new { name = "Chain", number = "B-1" })));

        Assert.Contains("\"DUPLICATE\"", Assert.Single(answers.Select(a => a.Text).Distinct()), StringComparison.Ordinal);
        Assert.Equal(1, answers.Count(a => !a.IsReplay));
        Assert.Equal(2, (await graph.KeptAsync()).Count);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Two_requests_that_race_for_one_key_are_never_both_done(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        for (var round = 0; round < 5; round++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => graph.KeyedAsync($"k{round}", Create, new { name = i % 2 == 0 ? "Belt" : "Chain" })));
            Assert.Equal((3, 3), (answers.Count(a => a.Status == 200), answers.Count(a => a.Status == 422)));
            Assert.Single(answers.Where(a => a.Status == 200).Select(a => a.Text).Distinct());
        }
        Assert.Equal(5, (await graph.PartNamesAsync()).Count);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Two_that_end_each_others_wait_are_done_once_each(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        foreach (var name in (string[])["Belt", "Chain"]) await graph.PayloadAsync("mutation($n: String!) { createPart(input: { name: $n, onHand: 100 }) { part { id } } }", new { n = name });
        const string Exchange = """
            mutation($give: ID!, $take: ID!) @atomic {
              returnPart(input: { id: $give, quantity: 1 }) { part { onHand } errors { ... on Error { code } } }
              issuePart(input: { id: $take, quantity: 1 }) { part { onHand } errors { ... on Error { code } } }
            }
            """;
        string[] ids = ["UGFydDox", "UGFydDoy"];
        for (var round = 0; round < 3; round++)
        {
            // In opposite orders, each twice: where they cross, PostgreSQL ends one of them as a deadlock, and it is done again as a whole.
            var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => graph.KeyedAsync($"{round}-{i % 2}", Exchange, new { give = ids[i % 2], take = ids[1 - (i % 2)] })));
            Assert.All(answers, a => Assert.True(a.Status == 200 && !a.Text.Contains("code", StringComparison.Ordinal), a.Text));
            Assert.Equal((answers[0].Text, answers[1].Text), (answers[2].Text, answers[3].Text));
        }
        var parts = (await graph.DataAsync("{ parts { nodes { onHand transactions { totalCount } } } }")).GetProperty("parts").GetProperty("nodes").EnumerateArray();
        Assert.All(parts, part => Assert.Equal("""{"onHand":100,"transactions":{"totalCount":7}}""", part.GetRawText()));
    }
}
