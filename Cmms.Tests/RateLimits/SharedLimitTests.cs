using System.Diagnostics;
using Cmms.Domain;
using Cmms.Domain.Persistence;
using Cmms.Domain.Persistence.Sql;
using Cmms.Tests.GraphQL.Server;
using Cmms.Worker;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Xunit;

namespace Cmms.Tests.RateLimits;

/// <summary>Several Graph processes on one PostgreSQL count together, and alone where it does not answer.</summary>
public sealed class SharedLimitTests
{
    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(5);

    [Theory, PostgreSql]
    public async Task Two_processes_let_in_together_exactly_as_many_as_are_allowed(DatabaseProvider provider)
    {
        await using var one = await TestGraph.StartAsync(provider, RateLimitTests.Limits(requests: 100));
        await using var two = await TestGraph.ReopenAsync(one.Plant, RateLimitTests.Limits(requests: 100));
        using LimitClient first = new(one), second = new(two);
        var answers = (await Task.WhenAll(first.AskManyAsync(150), second.AskManyAsync(150))).SelectMany(a => a).ToList();
        Assert.Equal(Enumerable.Range(0, 100).Select(i => (long?)i), answers.Where(a => a.IsIn).Select(a => a.Remaining).Order());
        Assert.Equal(200, answers.Count(a => a.IsRefused));
        Assert.Single(answers.Select(a => a.Reset).Distinct());
    }

    [Theory, PostgreSql]
    public async Task What_is_spent_in_one_process_is_known_in_the_other(DatabaseProvider provider)
    {
        await using var one = await TestGraph.StartAsync(provider, RateLimitTests.Limits(cost: 50));
        await using var two = await TestGraph.ReopenAsync(one.Plant, RateLimitTests.Limits(cost: 50));
        using LimitClient first = new(one), second = new(two);
        for (var i = 0; i < 3; i++) Assert.True((await first.AskAsync("{ parts(first: 20) { nodes { id } } }")).IsIn);
        one.Plant.Clock.Advance(TimeSpan.FromSeconds(1));
        await Eventually.IsTrueAsync(async () => (await second.AskAsync("{ __typename }")).IsRefused);
        Assert.True((await second.AskAsync("{ __typename }", "manager")).IsIn);
    }

    [Theory, PostgreSql]
    public async Task What_is_used_up_is_refused_without_asking_the_database(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider, RateLimitTests.Limits(requests: 3));
        using LimitClient client = new(graph);
        for (var i = 0; i < 3; i++) Assert.True((await client.AskAsync()).IsIn);
        await graph.Plant.Database.ExecuteAsync("UPDATE rate_bucket SET requests = 0");
        Assert.All(await client.AskManyAsync(20), a => Assert.True(a.IsRefused));
        graph.Plant.Clock.Advance(s_window);
        Assert.True((await client.AskAsync()).IsIn);
    }

    [Theory, PostgreSql]
    public async Task Without_the_database_each_process_goes_on_counting_by_itself(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider, RateLimitTests.Limits(requests: 10));
        using LimitClient client = new(graph);
        for (var i = 0; i < 3; i++) Assert.True((await client.AskAsync()).IsIn);
        await graph.Plant.Database.ExecuteAsync("ALTER TABLE rate_bucket RENAME TO gone");
        var answers = await client.AskManyAsync(20);
        Assert.Equal((7, 13), (answers.Count(a => a.IsIn), answers.Count(a => a.IsRefused)));

        await graph.Plant.Database.ExecuteAsync("ALTER TABLE gone RENAME TO rate_bucket");
        graph.Plant.Clock.Advance(s_window);
        Assert.Equal(9, (await client.AskAsync()).Remaining);
        await graph.Plant.Database.ExecuteAsync("UPDATE rate_bucket SET requests = 5");
        Assert.Equal(4, (await client.AskAsync()).Remaining); // it is the database's count again
    }

    [Theory, PostgreSql]
    public async Task A_database_that_hangs_delays_those_who_wait_for_it_once(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider, RateLimitTests.Limits(requests: 10));
        using LimitClient client = new(graph);
        await client.AskAsync();
        await using NpgsqlConnection connection = new(graph.Plant.Database.Options.ConnectionString);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using NpgsqlCommand command = new("LOCK TABLE rate_bucket IN ACCESS EXCLUSIVE MODE", connection, transaction);
        await command.ExecuteNonQueryAsync();

        Assert.Equal(3, (await client.AskManyAsync(3)).Count(a => a.IsIn));
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 6; i++) Assert.True((await client.AskAsync()).IsIn);
        Assert.True((await client.AskAsync()).IsRefused);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(8), "Each of them has waited."); // 14 seconds
    }

    [Theory, PostgreSql]
    public async Task The_Worker_removes_windows_that_have_ended_and_none_that_runs(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        using var upkeep = Upkeep.OfRateCounts(database.Factory, database.Clock, NullLogger<Upkeep>.Instance);
        await upkeep.StartAsync(default);
        await AddAsync("first");
        database.Clock.Advance(TimeSpan.FromSeconds(1));
        await AddAsync("second");
        database.Clock.Advance(TimeSpan.FromSeconds(299)); // its turn
        await Eventually.IsTrueAsync(async () => await NamesAsync() == "second");
        Assert.Equal(2, (await AddAsync("second")).Requests);
        database.Clock.Advance(s_window);
        await Eventually.IsTrueAsync(async () => await NamesAsync() == "");
        await upkeep.StopAsync(default);

        async Task<RateCount> AddAsync(string name) => Assert.Single(await RateCounts.AddAsync(database.Factory, [new RateCount(name, 1, 0, default)], database.Clock.Now, s_window, default));
        async Task<string> NamesAsync()
        {
            await using NpgsqlConnection connection = new(database.Options.ConnectionString);
            await connection.OpenAsync();
            await using NpgsqlCommand command = new("SELECT coalesce(string_agg(name, ' '), '') FROM rate_bucket", connection);
            return (string)(await command.ExecuteScalarAsync())!;
        }
    }

    [Theory, PostgreSql]
    public async Task The_counts_wait_for_no_disk(DatabaseProvider provider)
    {
        var migrated = await TestDatabase.EmptyAsync(provider);
        await MigrationRunner.MigrateAsync(migrated);
        await TestDatabase.ExecuteAsync(migrated, "DO $$ BEGIN IF (SELECT relpersistence FROM pg_class WHERE relname = 'rate_bucket') <> 'u' THEN RAISE 'it is logged'; END IF; END $$");
    }
}
