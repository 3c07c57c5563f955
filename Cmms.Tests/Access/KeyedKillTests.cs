using System.Globalization;
using System.Net.Http.Json;
using Cmms.Domain.Persistence;
using Cmms.Tests.Demo;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Cmms.Tests.Access.KeyedRequests;

namespace Cmms.Tests.Access;

/// <summary>Graph as a process of its own, killed while it works; the client asks the same again.</summary>
public sealed class KeyedKillTests
{
    private static int Kills => Requirements.Soak ? 6 : 2;

    /// <summary>The second of three fields stands still inside its statement, held up by the test; then the program is killed.</summary>
    [Theory, Sqlite, PostgreSql]
    public async Task A_program_that_is_killed_between_two_fields_goes_on_with_the_first_that_was_not_answered(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        const string Three = """
            mutation {
              a: createPart(input: { name: "Belt" }) { part { id name } }
              b: createStoreroom(input: { name: "Van" }) { storeroom { name } }
              c: createPart(input: { name: "Chain" }) { part { id name } }
            }
            """;
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
        await using (var program = Start(graph))
        {
            var answer = SendAsync(await AddressAsync(program), "k", JsonContent.Create(new { query = Three }));
            await UntilAsync(async () => answer.IsCompleted ? throw new InvalidOperationException((await answer).Text) : (await graph.PartNamesAsync()).Count == 1 && await graph.Plant.Database.IsInUse());
            program.Kill();
            await Assert.ThrowsAnyAsync<HttpRequestException>(() => answer);
        }
        await graph.Plant.Database.ExecuteAsync(provider is DatabaseProvider.Sqlite ? "DROP TRIGGER stand_still" : """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE '%storeroom%';
            DROP TRIGGER stand_still ON storeroom
            """);
        Assert.Equal(["Belt"], await graph.PartNamesAsync());
        Assert.StartsWith("key:", Assert.Single(await graph.KeptAsync()), StringComparison.Ordinal);

        var resumed = await graph.KeyedAsync("k", Three);
        Assert.Equal("""{"data":{"a":{"part":{"id":"UGFydDox","name":"Belt"}},"b":{"storeroom":{"name":"Van"}},"c":{"part":{"id":"UGFydDoy","name":"Chain"}}}}""", resumed.Text);
        (await graph.KeyedAsync("k", Three)).AssertReplayOf(resumed);
        Assert.Equal(["Belt", "Chain"], await graph.PartNamesAsync());
    }

    /// <summary>Whatever was under way is asked again of the next program, until it is answered.</summary>
    [Theory, Sqlite, PostgreSql]
    public async Task Each_request_is_done_once_though_the_program_is_killed_again_and_again(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        var (made, answers) = (0, new List<KeyedAnswer>());
        for (var kill = 0; kill < Kills; kill++)
        {
            await using var program = Start(graph);
            var address = await AddressAsync(program);
            var asking = Task.Run(async () =>
            {
                while (true)
                {
                    answers.Add(await SendAsync(address, Key(made), JsonContent.Create(new { query = Create, variables = new { name = Key(made) } })));
                    made++;
                }
            });
            await UntilAsync(() => Task.FromResult(made >= 10 * (kill + 1) || asking.IsCompleted));
            await Task.Delay(Random.Shared.Next(50));
            program.Kill();
            await Assert.ThrowsAnyAsync<HttpRequestException>(() => asking);
        }

        answers.Add(await graph.KeyedAsync(Key(made), Create, new { name = Key(made) }));
        var names = await graph.PartNamesAsync();
        Assert.Equal(Enumerable.Range(0, made + 1).Select(Key), names);
        Assert.Equal(names.Count, await graph.Plant.ReadAsync(db => db.Events.CountAsync(e => e.Type == "PartCreated")));
        foreach (var (i, answer) in answers.Index().TakeLast(30)) Assert.Equal(answer.Text, (await graph.KeyedAsync(Key(i), Create, new { name = Key(i) })).Text);
    }

    private static string Key(int i) => string.Create(CultureInfo.InvariantCulture, $"part-{i}");

    private static Programs Start(TestGraph graph) => Programs.Start("Cmms.Graph", new Dictionary<string, string>
    {
        ["Database__Provider"] = graph.Plant.Database.Options.Provider.ToString(), ["Database__ConnectionString"] = graph.Plant.Database.Options.ConnectionString, ["Database__Files"] = graph.Plant.Database.Options.Files!,
        ["Database__Migrate"] = "false", ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
    });

    private static async Task<Uri> AddressAsync(Programs program) => new(new Uri(await program.SaysAsync("Now listening on: ")), "/graphql");

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(2));
        while (!await condition()) await Task.Delay(20, patience.Token);
    }
}
