using System.Net.Http.Headers;
using System.Net.Http.Json;
using Cmms.Domain.Persistence;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Xunit;

namespace Cmms.Tests.Persistence;

/// <summary>An operation that takes too long, or whose client has left, is ended down to the statement that the database works on.</summary>
public sealed class DeadlineTests
{
    private const string Endless = "(WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 100000000000) SELECT count(*) FROM n)";
    private static readonly (string, string) s_short = ("GraphQL:Limits:Deadline", "00:00:01");

    [Theory, Sqlite, PostgreSql]
    public async Task A_query_over_its_time_answers_TIMEOUT_and_its_statement_ends(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider, s_short);
        await using var standing = await StandingStill.OfAsync(graph, "storeroom");

        var answer = await graph.AskAsync("{ me { fullName } storerooms { nodes { name } } }");

        Assert.Equal("TIMEOUT", answer.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
        await standing.EndsAsync();
        await standing.DisposeAsync();
        // As often as the pool has connections that were used: each of them still works.
        for (var i = 0; i < 4; i++)
            Assert.Equal(1, (await graph.DataAsync("{ storerooms { totalCount } }")).GetProperty("storerooms").GetProperty("totalCount").GetInt32());
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_mutation_over_its_time_changes_nothing(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider, s_short);
        await using (var standing = await StandingStill.OfInsertsAsync(graph))
        {
            var answer = await graph.AskAsync("mutation @atomic { createPart(input: { name: \"Belt\" }) { part { id } } createPartType(input: { name: \"Van\" }) { partType { id } } }");
            Assert.Equal("TIMEOUT", answer.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
            await standing.EndsAsync();
        }
        Assert.Equal(0, await graph.Plant.ReadAsync(db => db.Parts.CountAsync()));
        Assert.Equal("Belt", (await graph.PayloadAsync("mutation { createPart(input: { name: \"Belt\" }) { part { name } } }")).GetProperty("part").GetProperty("name").GetString());
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_client_that_leaves_ends_its_statement(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        await using var standing = await StandingStill.OfAsync(graph, "storeroom");
        using (CancellationTokenSource leaves = new())
        {
            using HttpClient http = new();
            using HttpRequestMessage request = new(HttpMethod.Post, graph.Address) { Content = JsonContent.Create(new { query = "{ storerooms { nodes { name } } }" }) };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "test-admin");
            var answer = http.SendAsync(request, leaves.Token);
            await standing.BeginsAsync();
            await leaves.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        }
        await standing.EndsAsync();
        await standing.DisposeAsync();
        Assert.Equal(1, (await graph.DataAsync("{ storerooms { totalCount } }")).GetProperty("storerooms").GetProperty("totalCount").GetInt32());
    }

    /// <summary>A table that can be read only by waiting, in the database itself.</summary>
    private sealed class StandingStill : IAsyncDisposable
    {
        private readonly TestGraph _graph;
        private readonly string _undo;
        private NpgsqlConnection? _holder;
        private bool _undone;

        private StandingStill(TestGraph graph, string undo) => (_graph, _undo) = (graph, undo);

        private TestDatabase Database => _graph.Plant.Database;
        private bool IsSqlite => Database.Options.Provider is DatabaseProvider.Sqlite;

        /// <summary>SQLite: the table becomes a view that counts for hours before it shows a row. PostgreSQL: somebody else has locked it.</summary>
        public static async Task<StandingStill> OfAsync(TestGraph graph, string table)
        {
            StandingStill standing = new(graph, $"DROP VIEW {table}; ALTER TABLE {table}_kept RENAME TO {table}");
            if (standing.IsSqlite)
            {
                await standing.Database.ExecuteAsync($"PRAGMA legacy_alter_table=ON; ALTER TABLE {table} RENAME TO {table}_kept; CREATE VIEW {table} AS SELECT * FROM {table}_kept WHERE {Endless} > 0");
                return standing;
            }
            standing._holder = new NpgsqlConnection(standing.Database.Options.ConnectionString + ";Pooling=false");
            await standing._holder.OpenAsync();
            await using NpgsqlCommand hold = new($"BEGIN; LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE", standing._holder);
            await hold.ExecuteNonQueryAsync();
            return standing;
        }

        public static async Task<StandingStill> OfInsertsAsync(TestGraph graph)
        {
            StandingStill standing = new(graph, graph.Plant.Database.Options.Provider is DatabaseProvider.Sqlite ? "DROP TRIGGER stand_still" : "DROP TRIGGER stand_still ON part_type");
            await standing.Database.ExecuteAsync(standing.IsSqlite
                ? $"CREATE TRIGGER stand_still BEFORE INSERT ON part_type BEGIN SELECT {Endless}; END"
                : """
                  CREATE FUNCTION stand_still() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(600); RETURN NEW; END $$;
                  CREATE TRIGGER stand_still BEFORE INSERT ON part_type FOR EACH ROW EXECUTE FUNCTION stand_still()
                  """);
            return standing;
        }

        public Task BeginsAsync() => UntilAsync(working: true);

        public Task EndsAsync() => UntilAsync(working: false);

        public async ValueTask DisposeAsync()
        {
            if (_undone) return;
            _undone = true;
            if (_holder is not null) await _holder.DisposeAsync();
            else await Database.ExecuteAsync(_undo);
        }

        /// <summary>PostgreSQL is asked what it works on; SQLite cannot fold its log into the file while somebody reads what was there before the last change.</summary>
        private async Task UntilAsync(bool working)
        {
            using CancellationTokenSource patience = new(TimeSpan.FromMinutes(1));
            while (await IsWorkingAsync() != working) await Task.Delay(20, patience.Token);
        }

        private async Task<bool> IsWorkingAsync()
        {
            if (IsSqlite)
            {
                await using SqliteConnection file = new(Database.Options.ConnectionString + ";Pooling=False");
                await file.OpenAsync();
                await using var change = file.CreateCommand();
                change.CommandText = "PRAGMA user_version = 1; PRAGMA user_version = 0";
                await change.ExecuteNonQueryAsync();
                await using var fold = file.CreateCommand();
                fold.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
                return (long)(await fold.ExecuteScalarAsync())! > 0;
            }
            await using NpgsqlConnection connection = new(Database.Options.ConnectionString + ";Pooling=false");
            await connection.OpenAsync();
            await using NpgsqlCommand ask = new("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND wait_event IN ('relation', 'PgSleep')", connection);
            return (long)(await ask.ExecuteScalarAsync())! > 0;
        }
    }
}
