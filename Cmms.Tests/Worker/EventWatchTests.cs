using System.Collections.Concurrent;
using System.Diagnostics;
using Cmms.Domain;
using Cmms.Domain.Events;
using Cmms.Domain.Persistence;
using Cmms.Domain.Policies;
using Cmms.Tests.Inventory;
using Cmms.Tests.Policies;
using Cmms.Worker;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Xunit;
using static Cmms.Tests.Inventory.Shelf;

namespace Cmms.Tests.Worker;

public sealed class EventWatchTests
{
    private const int WarmUp = 20, Parts = 200;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Theory, Sqlite(false), PostgreSql(false), PostgreSql(true)]
    public async Task People_know_within_a_second_that_a_part_has_become_low(DatabaseProvider provider, bool besideAForeignTransaction)
    {
        await using var plant = await WorkerPlant.CreateAsync(provider);
        var parts = new List<long>();
        for (var i = 0; i < WarmUp + Parts; i++) parts.Add(await plant.AddPart($"Part {i}", 10, 20, minimum: 5, desired: 8));
        await using var foreign = besideAForeignTransaction ? await HoldAsync(plant) : null;
        await using var worker = WorkerProcess.Start(plant.Database.Options, ("Worker__Sweeps", "false"));
        Assert.True(await worker.Says("Following", s_patience), worker.Said);

        var (crossed, told) = (new ConcurrentDictionary<long, long>(), new Dictionary<long, long>());
        var listening = Task.Run(ListenAsync);
        // A process that has just been started compiles itself first; that is not what is measured.
        foreach (var id in parts.Take(WarmUp)) await CrossAsync(id);
        await WorkerPlant.Until(s_patience, () => plant.ReadAsync(async db => await db.Notifications.Select(n => n.SubjectId).Distinct().CountAsync() == WarmUp));
        foreach (var id in parts.Skip(WarmUp)) await CrossAsync(id);
        await listening;

        var latencies = parts.Skip(WarmUp).Select(id => told.TryGetValue(id, out var at) ? Stopwatch.GetElapsedTime(crossed[id], at) : TimeSpan.MaxValue).Order().ToList();
        Assert.True(latencies[^1] < TimeSpan.MaxValue, $"Some were never told of.\n{worker.Said}");
        Assert.True(latencies[Parts * 95 / 100] <= TimeSpan.FromSeconds(1), $"p50 {latencies[Parts / 2]}, p95 {latencies[Parts * 95 / 100]}, the longest {latencies[^1]}");
        Assert.All((await plant.Purchases()).SelectMany(r => r.Lines), l => Assert.Equal(Q(4), l.Quantity));
        Assert.Equal(WarmUp + Parts, (await plant.Purchases()).Count);
        Assert.All(await plant.ReadAsync(db => db.PolicyRuns.ToListAsync()), r => Assert.Equal(PolicyTrigger.Event, r.Trigger));

        async Task CrossAsync(long id)
        {
            await plant.Move(stock => stock.Use(id, Q(6), null, null, null, default));
            crossed[id] = Stopwatch.GetTimestamp();
            await Task.Delay(40);
        }

        // A row that can be read is committed; when it is seen is no earlier than when it was.
        async Task ListenAsync()
        {
            var patience = Stopwatch.StartNew();
            for (var last = 0L; told.Count < WarmUp + Parts && patience.Elapsed < s_patience; await Task.Delay(5))
            {
                foreach (var notification in await plant.ReadAsync(db => db.Notifications.Where(n => n.Id > last).OrderBy(n => n.Id).Select(n => new { n.Id, n.SubjectId }).ToListAsync()))
                {
                    told.TryAdd(notification.SubjectId, Stopwatch.GetTimestamp());
                    last = notification.Id;
                }
            }
        }
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Many_events_of_a_subject_are_one_look_and_a_policy_is_not_called_by_itself(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var (filter, belt) = (await plant.AddPart("Air Filter", 10, 20, minimum: 5, desired: 8), await plant.AddPart("Belt", 10, 20));
        foreach (var quantity in (decimal[])[4, 1, 1]) await plant.Move(stock => stock.Use(filter, Q(quantity), null, null, null, default));
        Assert.Equal(1, await plant.Sweep(PolicyDesk.LowStock));
        var events = await plant.ReadAsync(db => db.Events.Where(e => e.CustomerId == plant.CustomerId).OrderBy(e => e.Position).ToListAsync());

        var call = Assert.Single(EventWatch.Calls(new EventBatch(plant.CustomerId, events)));
        Assert.Equal((PolicyDesk.LowStock, plant.Scope), (call.Policy.Key, call.Site));
        Assert.Equal([filter, belt], call.Subjects.Keys.Order());
        var own = events.Where(e => e.Actor == Actor.Policy(PolicyDesk.LowStock)).ToList();
        Assert.Contains(own, e => e.SubjectType == "Part");
        Assert.Empty(EventWatch.Calls(new EventBatch(plant.CustomerId, own)));
        Assert.Equal(events.Last(e => e.SubjectType == "Part" && e.SubjectId == filter && e.Actor != Actor.Policy(PolicyDesk.LowStock)).Position, call.Subjects[filter]);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task What_a_policy_does_names_the_event_that_called_for_it(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var id = await plant.AddPart("Air Filter", 10, 20, minimum: 5, desired: 8);
        await plant.AddPart("Another that is low", 0, 20, minimum: 5);
        await plant.Move(stock => stock.Use(id, Q(6), null, null, null, default));
        var cause = await plant.LastPosition();
        var policy = PolicyCatalog.Find(PolicyDesk.LowStock);
        Assert.Equal(1, await plant.Runner().Run(policy, plant.Scope, PolicyTrigger.Event, new Dictionary<long, long> { [id] = cause }, default));
        var raised = await plant.ReadAsync(db => db.Events.SingleAsync(e => e.SubjectType == "PurchaseRequest"));
        Assert.Equal((cause, Actor.Policy(policy.Key)), (raised.CausePosition, raised.Actor));
    }

    /// <summary>Another's transaction, which has written and goes on for as long as it likes.</summary>
    private static async Task<NpgsqlConnection> HoldAsync(TestPlant plant)
    {
        var connection = new NpgsqlConnection(plant.Database.Options.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var begin = connection.CreateCommand();
        begin.CommandText = "BEGIN; CREATE TABLE foreign_business (id int); INSERT INTO foreign_business VALUES (1); SELECT txid_current()";
        await begin.ExecuteNonQueryAsync();
        return connection;
    }
}
