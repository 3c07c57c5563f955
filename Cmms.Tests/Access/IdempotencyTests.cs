using System.Text.Json;
using Cmms.Domain;
using Cmms.Domain.Persistence;
using Cmms.Domain.Persistence.Sql;
using Xunit;
using static Cmms.Tests.Access.KeyedRequests;

namespace Cmms.Tests.Access;

/// <summary><c>Idempotency-Key</c> as clients meet it, over HTTP on both databases.</summary>
public sealed class IdempotencyTests
{
    [Theory, Sqlite, PostgreSql]
    public async Task The_same_request_answers_the_same_bytes_also_when_the_object_has_changed_and_Graph_was_restarted(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        var first = await graph.KeyedAsync("order-1", Create, new { name = "Belt" });
        Assert.Equal((200, """{"part":{"id":"UGFydDox","name":"Belt","number":null,"version":1},"errors":null,"query":{"parts":{"totalCount":1}}}"""), (first.Status, first.Json.GetProperty("data").GetProperty("createPart").GetRawText()));

        await graph.PayloadAsync("""mutation { updatePart(input: { id: "UGFydDox", name: "Chain" }) { part { id } } }""");
        var events = await graph.EventCountAsync();
        (await graph.KeyedAsync("order-1", Create, new { name = "Belt" })).AssertReplayOf(first);
        await using (var restarted = await TestGraph.ReopenAsync(graph.Plant))
            (await restarted.KeyedAsync("order-1", Create, new { name = "Belt" })).AssertReplayOf(first);

        Assert.Equal(["Chain"], await graph.PartNamesAsync());
        Assert.Equal(events, await graph.EventCountAsync());
    }

    [Theory, Sqlite, PostgreSql]
    public async Task With_a_key_the_answer_is_what_it_is_without(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        const string Mixed = """
            mutation($name: String!, $code: String!) {
              __typename
              createPart(input: { name: $name }) { part { name } errors { ... on Error { code } } query { parts { nodes { name } } storerooms { nodes { name } } } }
              createSite(input: { name: $name, code: "NORTH", timeZone: "Etc/UTC", currency: "USD" }) { site { id } errors { ... on Error { code path } } query { parts { nodes { name } } } }
              late: createPart(input: { name: "" }) { part { name } errors { ... on Error { code path } } query { parts { totalCount } me { id } } }
              createStoreroom(input: { name: $code }) { storeroom { name } errors { ... on Error { code } } query { parts(first: 1000) { totalCount } } }
            }
            """;
        var with = await graph.KeyedAsync("k", Mixed, new { name = "Belt", code = "A" });
        await graph.Plant.Database.ExecuteAsync("DELETE FROM storeroom WHERE name = 'A'; DELETE FROM part");
        var without = await graph.KeyedAsync(null, Mixed, new { name = "Belt", code = "A" });

        Assert.Equal(without with { IsReplay = false }, with);
        Assert.Contains("\"NORTH\"", (await graph.DataAsync("{ sites { nodes { code } } }")).GetRawText(), StringComparison.Ordinal);
        Assert.Contains("\"code\":\"DUPLICATE\"", with.Text, StringComparison.Ordinal);
        Assert.Contains("\"errors\":[{\"message\"", with.Text, StringComparison.Ordinal);
        // The errors belong to the answer, in their place.
        (await graph.KeyedAsync("k", Mixed, new { name = "Belt", code = "A" })).AssertReplayOf(with);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_refusal_is_given_again_when_its_cause_has_gone(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        await graph.KeyedAsync("a", Create, new { name = "Belt", number = "B-1" });
        var refused = await graph.KeyedAsync("b", Create, new { name = "Chain", number = "B-1" });
        Assert.Contains("\"DUPLICATE\"", refused.Text, StringComparison.Ordinal);
        await graph.PayloadAsync("""mutation { updatePart(input: { id: "UGFydDox", number: "B-2" }) { part { id } } }""");

        (await graph.KeyedAsync("b", Create, new { name = "Chain", number = "B-1" })).AssertReplayOf(refused);
        Assert.Equal(["Belt"], await graph.PartNamesAsync());
        Assert.Contains("\"name\":\"Chain\"", (await graph.KeyedAsync("c", Create, new { name = "Chain", number = "B-1" })).Text, StringComparison.Ordinal);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_key_that_was_given_to_another_request_is_refused_before_anything_runs(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        await graph.KeyedAsync("k", Create, new { name = "Belt" }, site: "NORTH");
        var events = await graph.EventCountAsync();
        foreach (var other in (Func<Task<KeyedAnswer>>[])
        [
            () => graph.KeyedAsync("k", Create, new { name = "Chain" }, site: "NORTH"),
            () => graph.KeyedAsync("k", Create.Replace("version", "", StringComparison.Ordinal), new { name = "Belt" }, site: "NORTH"),
            () => graph.KeyedAsync("k", Create, new { name = "Belt", number = "1" }, site: "NORTH"),
            () => graph.KeyedAsync("k", Create.Replace("$number: String)", "$number: String) @atomic", StringComparison.Ordinal), new { name = "Belt" }, site: "NORTH"),
            () => graph.KeyedAsync("k", Create, new { name = "Chain" }, site: "NORTH", accept: "application/json"),
        ])
        {
            var refused = await other();
            Assert.Equal((422, "IDEMPOTENCY_KEY_REUSED", false), (refused.Status, refused.Code, refused.Json.TryGetProperty("data", out _)));
        }
        Assert.Equal(["Belt"], await graph.PartNamesAsync());
        Assert.Equal(events, await graph.EventCountAsync());

        // The order of variables and the space between them are nobody's request.
        using StringContent spaced = new($$"""{ "variables" : { "number" : null, "name" : "\u0042elt" }, "query": {{JsonSerializer.Serialize(Create)}} }""", System.Text.Encoding.UTF8, "application/json");
        Assert.Equal(422, (await SendAsync(graph.Address, "k", spaced, site: "NORTH")).Status);
        using StringContent same = new($$"""{ "variables" : {  "name" : "\u0042elt" }, "query": {{JsonSerializer.Serialize(Create)}} }""", System.Text.Encoding.UTF8, "application/json");
        Assert.True((await SendAsync(graph.Address, "k", same, site: "NORTH")).IsReplay);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Another_site_is_another_request_and_another_credential_has_keys_of_its_own(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        var both = "INSERT INTO user_role (customer_id, user_id, site_id, role, version, created_at, created_by, updated_at, updated_by) SELECT r.customer_id, r.user_id, s.id, r.role, 1, r.created_at, r.created_by, r.updated_at, r.updated_by FROM user_role r JOIN site s ON s.code = 'SOUTH' WHERE r.role = 'Admin'";
        await graph.Plant.Database.ExecuteAsync(both);
        Assert.Equal(200, (await graph.KeyedAsync("k", Create, new { name = "Belt" }, site: "NORTH")).Status);
        Assert.Equal(422, (await graph.KeyedAsync("k", Create, new { name = "Belt" }, site: "SOUTH")).Status);

        var manager = await graph.KeyedAsync("k", Create, new { name = "Belt" }, @as: "manager");
        Assert.Equal((200, false), (manager.Status, manager.IsReplay));
        var secret = (await graph.PayloadAsync("""mutation { createApiKey(input: { name: "second" }) { secret } }""", @as: "manager")).GetProperty("secret").GetString();
        Assert.False((await graph.KeyedAsync("k", Create, new { name = "Belt" }, @as: secret)).IsReplay);
        (await graph.KeyedAsync("k", Create, new { name = "Belt" }, @as: "manager")).AssertReplayOf(manager);
        Assert.Equal(["Belt", "Belt", "Belt"], await graph.PartNamesAsync());
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Who_may_no_longer_do_it_is_told_so_and_not_what_was_answered(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        await graph.KeyedAsync("k", Create, new { name = "Belt" }, @as: "manager");
        await graph.Plant.Database.ExecuteAsync("UPDATE user_role SET role = 'Viewer' WHERE role = 'Manager'");
        var again = await graph.KeyedAsync("k", Create, new { name = "Belt" }, @as: "manager");
        Assert.Equal(("FORBIDDEN", false), (again.Code, again.Text.Contains("Belt", StringComparison.Ordinal)));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task After_24_hours_a_key_is_new_and_its_answers_are_removed_in_small_steps(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        await graph.KeyedAsync("k", Create, new { name = "Belt" });
        graph.Plant.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        Assert.True((await graph.KeyedAsync("k", Create, new { name = "Belt" })).IsReplay);
        for (var i = 0; i < 5; i++) await graph.KeyedAsync($"later-{i}", Create, new { name = "Nut" });
        graph.Plant.Clock.Advance(TimeSpan.FromSeconds(1));

        // Not removed yet, but not there either; also for another request.
        var other = await graph.KeyedAsync("k", Create, new { name = "Chain" });
        Assert.Equal((200, false), (other.Status, other.IsReplay));
        (await graph.KeyedAsync("k", Create, new { name = "Chain" })).AssertReplayOf(other);
        Assert.Equal(6, (await graph.KeptAsync()).Count);

        graph.Plant.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        var change = new Change(Actor.System, graph.Plant.Now);
        List<int> steps = [];
        do steps.Add(await KeptAnswers.ForgetAsync(graph.Plant.Database.Factory, change, 2, default)); while (steps[^1] == 2);
        Assert.Equal([2, 2, 1], steps);
        Assert.True((await graph.KeyedAsync("k", Create, new { name = "Chain" })).IsReplay);
    }
}
