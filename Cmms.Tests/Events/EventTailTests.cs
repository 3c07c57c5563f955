using System.Diagnostics;
using Cmms.Domain;
using Cmms.Domain.Events;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Cmms.Tests.Events;

public sealed class EventTailTests
{
    [Theory, Sqlite, PostgreSql]
    public async Task A_commit_reaches_the_tail_within_a_second(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var tail = Tail(plant.Database);
        var heads = await tail.HeadsAsync(timeout.Token);
        await using var batches = tail.FollowAsync(heads, timeout.Token).GetAsyncEnumerator(timeout.Token);
        for (var i = 0; i < 5; i++)
        {
            var next = batches.MoveNextAsync();
            await Task.Delay(30);
            Assert.False(next.IsCompleted);
            var since = Stopwatch.StartNew();
            await plant.WriteAsync(db => Task.FromResult(db.Add(new Site($"Site {i}", $"S{i}", "Etc/UTC", "USD"))));
            Assert.True(await next);
            Assert.True(since.Elapsed < TimeSpan.FromSeconds(1), $"took {since.Elapsed}");
            var batch = batches.Current;
            Assert.Equal((plant.CustomerId, "SiteCreated", heads[plant.CustomerId] + i + 1),
                (batch.CustomerId, Assert.Single(batch.Events).Type, batch.Events[0].Position));
        }
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Positions_are_the_order_of_commits_and_no_reader_misses_one(DatabaseProvider provider)
    {
        const int writers = 8, each = 25;
        await using var plant = await TestPlant.CreateAsync(provider);
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var tail = Tail(plant.Database);
        var head = (await tail.HeadsAsync(timeout.Token))[plant.CustomerId];
        var reading = ReadAsync();

        await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < each; i++)
                await plant.WriteAsync(db => Task.FromResult(db.Add(new Site("Site", $"S{writer}-{i}", "Etc/UTC", "USD"))), Actor.User(writer));
        })));

        var seen = await reading;
        Assert.Equal(Enumerable.Range(1, writers * each).Select(i => head + i), seen.Select(e => e.Position));
        Assert.Equal(writers * each, seen.Select(e => e.SubjectId).Distinct().Count());

        async Task<List<Event>> ReadAsync()
        {
            var events = new List<Event>();
            await foreach (var batch in tail.FollowAsync(new Dictionary<long, long> { [plant.CustomerId] = head }, timeout.Token))
            {
                events.AddRange(batch.Events);
                if (events.Count >= writers * each) break;
            }
            return events;
        }
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_new_customer_is_followed_from_its_first_event(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var tail = Tail(plant.Database);
        var heads = await tail.HeadsAsync(timeout.Token);
        var (customer, _, _) = await TestPlant.AddCustomerAsync(plant.Database, "Other");
        await foreach (var batch in tail.FollowAsync(heads, timeout.Token))
        {
            Assert.Equal(customer, batch.CustomerId);
            Assert.Equal([1L, 2, 3], batch.Events.Select(e => e.Position));
            break;
        }
    }

    [Theory, PostgreSql]
    public async Task It_survives_that_the_server_drops_every_connection(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var tail = Tail(plant.Database);
        var reading = FirstAsync(await tail.HeadsAsync(timeout.Token));
        await Task.Delay(100);
        await plant.Database.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
        await WriteAsync();
        Assert.Equal("SiteCreated", Assert.Single(await reading).Type);

        async Task<IReadOnlyList<Event>> FirstAsync(IReadOnlyDictionary<long, long> heads)
        {
            await foreach (var batch in tail.FollowAsync(heads, timeout.Token)) return batch.Events;
            return [];
        }

        // The first use of a pooled connection finds it broken: that error is the caller's to see.
        async Task WriteAsync()
        {
            try
            {
                await plant.WriteAsync(db => Task.FromResult(db.Add(new Site("Third", "THIRD", "Etc/UTC", "USD"))));
            }
            catch (Exception exception) when (exception.GetBaseException() is System.Net.Sockets.SocketException or Npgsql.NpgsqlException)
            {
                await WriteAsync();
            }
        }
    }

    private static EventTail Tail(TestDatabase database) => new(database.Factory, database.Options, NullLogger<EventTail>.Instance);
}
