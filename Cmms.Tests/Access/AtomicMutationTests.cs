using System.Text.Json;
using Cmms.Domain;
using Cmms.Domain.Persistence;
using Cmms.Tests.Demo;
using Cmms.Tests.Work;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cmms.Tests.Access;

/// <summary><c>mutation @atomic</c> as clients meet it, over HTTP on both databases.</summary>
public sealed class AtomicMutationTests
{
    private const string Two = """
        mutation($a: CreatePartInput!, $b: CreatePartInput!) ATOMIC {
          a: createPart(input: $a) { part { id name number } errors { __typename ... on Error { code path } ... on RolledBackError { failedField } } query { parts { totalCount } } }
          b: createPart(input: $b) { part { id name number } errors { __typename ... on Error { code path } ... on RolledBackError { failedField } } query { parts { totalCount } } }
        }
        """;

    [Theory, Sqlite, PostgreSql]
    public async Task All_that_succeed_are_committed_as_one_change_in_their_order(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        var before = await EventsAsync(graph);

        var data = await graph.DataAsync(Atomic(Two), new { a = new { name = "Belt", number = "B-1" }, b = new { name = "Chain", number = "C-1" } });

        Assert.Equal(("Belt", "Chain"), (Text(data, "a", "part", "name"), Text(data, "b", "part", "name")));
        // Each field reads with what was written before it, and not what comes after it.
        Assert.Equal((1, 2), (Number(data, "a", "query", "parts", "totalCount"), Number(data, "b", "query", "parts", "totalCount")));
        var events = (await EventsAsync(graph))[before.Count..];
        Assert.Equal(["PartCreated", "PartCreated"], events.Select(e => e.Type));
        Assert.Single(events.Select(e => (e.At, e.RequestId)).Distinct());
        Assert.Equal(["Belt", "Chain"], await NamesAsync(graph));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task When_one_fails_all_are_undone_and_say_so(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        var before = await EventsAsync(graph);

        // The second has the number that the first has just taken: it sees what the first wrote.
        var answer = await graph.AskAsync(Atomic(Two), new { a = new { name = "Belt", number = "B-1" }, b = new { name = "Chain", number = "B-1" } });

        Assert.Equal(
            """{"data":{"a":{"part":null,"errors":[{"__typename":"RolledBackError","code":"ROLLED_BACK","path":null,"failedField":"b"}],"query":{"parts":{"totalCount":0}}},"b":{"part":null,"errors":[{"__typename":"DuplicateError","code":"DUPLICATE","path":["input","number"]}],"query":{"parts":{"totalCount":0}}}}}""",
            answer.GetRawText());
        Assert.Equal(before, await EventsAsync(graph));
        Assert.Empty(await NamesAsync(graph));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Each_that_fails_answers_its_own_errors_also_after_a_failure_of_the_database(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        await graph.DataAsync(Atomic(Two), new { a = new { name = "Belt", number = "B-1" }, b = new { name = "Chain", number = "C-1" } });

        var data = await graph.DataAsync("""
            mutation @atomic {
              first: createPart(input: { name: "Chain", number: "C-1" }) { errors { ... on Error { code } } }
              second: createPart(input: { name: "Nut", number: "N-1" }) { errors { ... on Error { code } ... on RolledBackError { failedField } } }
              third: createPart(input: { name: "Bolt", number: "B-2", onHand: -1 }) { errors { ... on Error { code path } } }
            }
            """);

        Assert.Equal("""{"first":{"errors":[{"code":"DUPLICATE"}]},"second":{"errors":[{"code":"ROLLED_BACK","failedField":"first"}]},"third":{"errors":[{"code":"INVALID_VALUE","path":["input","onHand"]}]}}""", data.GetRawText());
        Assert.Equal(["Belt", "Chain"], await NamesAsync(graph));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task An_error_below_a_field_undoes_all_and_is_told_where_it_came_up(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);

        var answer = await graph.AskAsync("""
            mutation @atomic {
              a: createPart(input: { name: "Belt" }) { part { id } errors { ... on Error { code } } query { parts(first: 1000) { totalCount } } }
              b: createPart(input: { name: "Chain" }) { part { id } errors { ... on Error { code } } }
            }
            """);

        var error = Assert.Single(answer.GetProperty("errors").EnumerateArray());
        Assert.Equal("BAD_USER_INPUT", Text(error, "extensions", "code"));
        Assert.Equal("""["a","query","parts"]""", error.GetProperty("path").GetRawText());
        Assert.DoesNotContain("\"part\":{", answer.GetRawText(), StringComparison.Ordinal);
        Assert.Empty(await NamesAsync(graph));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_field_that_is_denied_keeps_all_others_from_running(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        var before = await EventsAsync(graph);

        var answer = await graph.AskAsync("""
            mutation @atomic {
              createWorkRequest: createPart(input: { name: "Belt" }) { part { id } }
              createSite(input: { name: "West", code: "WEST", timeZone: "Etc/UTC", currency: "USD" }) { site { id } }
            }
            """, @as: "manager");

        Assert.Equal("FORBIDDEN", Text(answer.GetProperty("errors")[0], "extensions", "code"));
        Assert.Equal(before, await EventsAsync(graph));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task What_belongs_to_the_customer_and_what_belongs_to_a_site_happen_together(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        const string Mixed = """
            mutation($name: String!) @atomic {
              createPart(input: { name: $name }) { part { id } errors { ... on Error { code } } }
              createSite(input: { name: "West", code: "WEST", timeZone: "Etc/UTC", currency: "USD" }) { site { id } errors { ... on Error { code } } }
              createStoreroom(input: { name: $name }) { storeroom { id } errors { ... on Error { code } } }
            }
            """;

        var data = await graph.DataAsync(Mixed, new { name = "Belt" });
        Assert.All(data.EnumerateObject(), field => Assert.Equal(JsonValueKind.Null, field.Value.GetProperty("errors").ValueKind));
        var again = await graph.DataAsync(Mixed, new { name = "Chain" }, site: "NORTH");
        Assert.Equal(["ROLLED_BACK", "DUPLICATE", "ROLLED_BACK"], again.EnumerateObject().Select(f => Text(f.Value.GetProperty("errors")[0], "code")));
        Assert.Equal(["Belt"], await NamesAsync(graph));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_version_that_has_gone_by_is_a_conflict_of_its_field_and_undoes_the_others(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        var made = await graph.PayloadAsync("""mutation { createPart(input: { name: "Belt" }) { part { id version } } }""");
        var id = Text(made, "part", "id");
        await graph.PayloadAsync("mutation($id: ID!) { updatePart(input: { id: $id, name: \"Belt 2\" }) { part { id } } }", new { id });

        var data = await graph.DataAsync("""
            mutation($id: ID!, $version: Int!) @atomic {
              createPart(input: { name: "Chain" }) { errors { ... on Error { code } } }
              updatePart(input: { id: $id, version: $version, name: "Belt 3" }) { errors { ... on Error { code } ... on ConflictError { current { ... on Part { name } } } } }
            }
            """, new { id, version = made.GetProperty("part").GetProperty("version").GetInt32() });

        Assert.Equal("""{"createPart":{"errors":[{"code":"ROLLED_BACK"}]},"updatePart":{"errors":[{"code":"CONFLICT","current":{"name":"Belt 2"}}]}}""", data.GetRawText());
        Assert.Equal(["Belt 2"], await NamesAsync(graph));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Two_that_wait_for_each_other_are_both_done_in_the_end(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        var ids = new List<string>();
        foreach (var name in (string[])["Belt", "Chain"])
            ids.Add(Text(await graph.PayloadAsync("mutation($n: String!) { createPart(input: { name: $n, onHand: 100 }) { part { id } } }", new { n = name }), "part", "id")!);
        const string Exchange = """
            mutation($give: ID!, $take: ID!) @atomic {
              returnPart(input: { id: $give, quantity: 1 }) { errors { ... on Error { code } } }
              issuePart(input: { id: $take, quantity: 1 }) { errors { ... on Error { code } } }
            }
            """;

        // In opposite orders: where they cross, PostgreSQL ends one of a pair as a deadlock, and it is done again as a whole.
        for (var round = 0; round < 3; round++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 2).Select(i => graph.DataAsync(Exchange, new { give = ids[i], take = ids[1 - i] })));
            Assert.All(answers, data => Assert.All(data.EnumerateObject(), field => Assert.Equal(JsonValueKind.Null, field.Value.GetProperty("errors").ValueKind)));
        }
        var parts = await graph.DataAsync("{ parts { nodes { onHand transactions { totalCount } } } }");
        Assert.All(parts.GetProperty("parts").GetProperty("nodes").EnumerateArray(), part => Assert.Equal((100, 7), (part.GetProperty("onHand").GetInt32(), Number(part, "transactions", "totalCount"))));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Without_the_directive_each_field_is_committed_alone(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);

        var data = await graph.DataAsync(Two.Replace("ATOMIC", "", StringComparison.Ordinal), new { a = new { name = "Belt", number = "B-1" }, b = new { name = "Chain", number = "B-1" } });

        Assert.Equal(("Belt", "DUPLICATE"), (Text(data, "a", "part", "name"), Text(data.GetProperty("b").GetProperty("errors")[0], "code")));
        Assert.Equal(["Belt"], await NamesAsync(graph));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Subscribers_hear_all_of_what_is_committed_and_nothing_of_what_is_undone(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        await using var listener = await graph.SubscribeAsync("subscription { eventOccurred(types: [\"PartCreated\"]) { cursor subject { ... on Part { name } } } }");
        await listener.NextAsync();

        await graph.DataAsync(Atomic(Two), new { a = new { name = "Belt", number = "B-1" }, b = new { name = "Chain", number = "B-1" } });
        await graph.DataAsync(Atomic(Two), new { a = new { name = "Nut", number = "N-1" }, b = new { name = "Bolt", number = "B-1" } });

        Assert.Equal(("Nut", "Bolt"), (Text(await listener.NextAsync(), "subject", "name"), Text(await listener.NextAsync(), "subject", "name")));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task The_document_of_the_operations_folder_exchanges_parts_or_leaves_them(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        TestCalls calls = new(graph);
        await calls.DoesAsync("createPart", """{"name":"Belt","onHand":5}""", "PartCreated StockChanged", "part.id as belt");
        await calls.DoesAsync("createPart", """{"name":"Chain","onHand":2}""", "PartCreated StockChanged", "part.id as chain");
        calls.Verify();

        var done = await graph.DataAsync(Doors.Document("ExchangePart"), new { returned = new { id = calls["belt"], quantity = 1 }, issued = new { id = calls["chain"], quantity = 2 } });
        Assert.Equal((6, 0), (Number(done, "returnPart", "part", "onHand"), Number(done, "issuePart", "part", "onHand")));
        var refused = await graph.DataAsync(Doors.Document("ExchangePart"), new { returned = new { id = calls["belt"], quantity = 1 }, issued = new { id = calls["chain"], quantity = 2 } });
        Assert.Equal(("issuePart", "INSUFFICIENT_STOCK"), (Text(refused.GetProperty("returnPart").GetProperty("errors")[0], "failedField"), Text(refused.GetProperty("issuePart").GetProperty("errors")[0], "code")));
        Assert.Equal(6, Number(await graph.DataAsync("query($id: ID!) { part(id: $id) { onHand } }", new { id = calls["belt"] }), "part", "onHand"));
    }

    [Fact]
    public async Task Only_a_mutation_can_be_atomic()
    {
        await using var graph = await TestGraph.StartAsync(DatabaseProvider.Sqlite);
        var answer = await graph.AskAsync("query @atomic { me { id } }");
        Assert.Equal("GRAPHQL_VALIDATION_FAILED", Text(answer.GetProperty("errors")[0], "extensions", "code"));
        var directives = await graph.DataAsync("{ __schema { directives { name description locations } } }");
        var atomic = directives.GetProperty("__schema").GetProperty("directives").EnumerateArray().Single(d => Text(d, "name") == "atomic");
        Assert.Equal("""["MUTATION"]""", atomic.GetProperty("locations").GetRawText());
        Assert.Contains("ROLLED_BACK", Text(atomic, "description"), StringComparison.Ordinal);
    }

    /// <summary>The second field stands still inside its statement, held up by the test; then the program is killed.</summary>
    [Theory, Sqlite, PostgreSql]
    public async Task A_program_that_is_killed_in_between_leaves_nothing(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        var before = await EventsAsync(graph);
        await graph.Plant.Database.ExecuteAsync(provider is DatabaseProvider.Sqlite
            ? """
              CREATE TRIGGER stand_still BEFORE INSERT ON storeroom BEGIN
                SELECT count(*) FROM (WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 100000000000) SELECT x FROM n);
              END
              """
            : """
              CREATE FUNCTION stand_still() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(600); RETURN NEW; END $$;
              CREATE TRIGGER stand_still BEFORE INSERT ON storeroom FOR EACH ROW EXECUTE FUNCTION stand_still()
              """);
        Dictionary<string, string> settings = new()
        {
            ["Database__Provider"] = provider.ToString(), ["Database__ConnectionString"] = graph.Plant.Database.Options.ConnectionString, ["Database__Files"] = graph.Plant.Database.Options.Files!,
            ["Database__Migrate"] = "false", ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
        };
        await using (var program = Programs.Start("Cmms.Graph", settings))
        {
            using HttpClient http = new() { BaseAddress = new Uri(await program.SaysAsync("Now listening on: ")) };
            http.DefaultRequestHeaders.Authorization = new("Bearer", "test-admin");
            using StringContent body = new("""{"query":"mutation @atomic { createPart(input: { name: \"Belt\" }) { part { id } } createStoreroom(input: { name: \"Van\" }) { storeroom { id } } }"}""",
                System.Text.Encoding.UTF8, "application/json");
            var answer = http.PostAsync("/graphql", body);
            await UntilAsync(async () => answer.IsCompleted ? throw new InvalidOperationException(await (await answer).Content.ReadAsStringAsync()) : await graph.Plant.Database.IsInUse());
            // Long enough for the first field to be through, whatever else goes on; if it were not, nothing would be left all the same.
            await Task.Delay(300);
            Assert.False(answer.IsCompleted);
            program.Kill();
            await Assert.ThrowsAnyAsync<HttpRequestException>(() => answer);
        }
        await graph.Plant.Database.ExecuteAsync(provider is DatabaseProvider.Sqlite ? "DROP TRIGGER stand_still" : """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE '%storeroom%';
            DROP TRIGGER stand_still ON storeroom
            """);

        Assert.Equal(before, await EventsAsync(graph));
        Assert.Empty(await NamesAsync(graph));
        Assert.Equal("Belt", Text(await graph.PayloadAsync("""mutation { createPart(input: { name: "Belt" }) { part { name } } }"""), "part", "name"));
    }

    private static string Atomic(string document) => document.Replace("ATOMIC", "@atomic", StringComparison.Ordinal);

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(1));
        while (!await condition()) await Task.Delay(20, patience.Token);
    }

    private static Task<List<(long Position, string Type, Instant At, string? RequestId)>> EventsAsync(TestGraph graph) => graph.Plant.Database.ReadAsync(Scope.Customer(graph.Plant.CustomerId), async db =>
        (await db.Events.IgnoreQueryFilters().OrderBy(e => e.Position).Select(e => new { e.Position, e.Type, e.At, e.RequestId }).ToListAsync()).ConvertAll(e => (e.Position, e.Type, e.At, e.RequestId)));

    private static Task<List<string>> NamesAsync(TestGraph graph) => graph.Plant.ReadAsync(db => db.Parts.OrderBy(p => p.Id).Select(p => p.Name).ToListAsync());

    private static string? Text(JsonElement at, params string[] path) => path.Aggregate(at, (e, name) => e.GetProperty(name)).GetString();

    private static int Number(JsonElement at, params string[] path) => path.Aggregate(at, (e, name) => e.GetProperty(name)).GetInt32();
}
