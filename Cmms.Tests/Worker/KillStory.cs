using Cmms.Domain.Inventory;
using Cmms.Domain.Persistence;
using Cmms.Domain.Planning;
using Cmms.Tests.Inventory;
using Cmms.Tests.Policies;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Cmms.Tests.Inventory.Shelf;

namespace Cmms.Tests.Worker;

/// <summary>Two Workers, of which one is killed again and again in the middle of what it does, and people who listen to all of it over bad lines.</summary>
internal static class KillStory
{
    private const int Kills = 10, LeastBetweenClaimAndCommit = 8, Parts = 3, Schedules = 2, DatesEach = 2;
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    public static async Task TellAsync(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        var plant = graph.Plant;
        plant.Clock.MoveTo(TimeProvider.System.GetUtcNow());
        foreach (var policy in (string[])[PolicyDesk.LowStock, PolicyDesk.Pm]) await plant.Sweeps(policy, "* * * * * ?");
        await using var survivor = WorkerProcess.Start(plant.Database.Options, ("Worker__Rehearsal", "false"));
        Assert.True(await survivor.Says("Following", s_patience), survivor.Said);
        List<EventSubscriber> subscribers = [];
        try
        {
            foreach (var role in (string[])["admin", "admin", "manager", "neighbour"]) subscribers.Add(await EventSubscriber.StartAsync(graph, role));
            await KillAsync(plant, survivor, subscribers);
            await Task.Delay(1500); // further sweeps and events, which must find nothing
            Assert.Equal(0, await survivor.Stop());
            await AssertDoneOnceAsync(plant);
            foreach (var subscriber in subscribers) await AssertHeardOnceAsync(plant, subscriber, isNeighbour: subscriber == subscribers[^1]);
        }
        finally
        {
            foreach (var subscriber in subscribers) await subscriber.DisposeAsync();
        }
    }

    private static async Task KillAsync(TestPlant plant, WorkerProcess survivor, IReadOnlyList<EventSubscriber> subscribers)
    {
        var betweenClaimAndCommit = 0;
        for (var round = 1; round <= Kills; round++)
        {
            // The survivor stands still until the other one has a claim, and finds the claim held when it goes on.
            await StandStill(survivor, plant.Database);
            var lines = Task.WhenAll(subscribers.Select(s => LoseLine(s, within: 200)));
            await AddWork(plant, round);
            await lines;
            await using var victim = WorkerProcess.Start(plant.Database.Options, ("Worker__PauseBeforeCommit", "600000"), ("Worker__Rehearsal", "false"));
            var paused = await victim.Says(Cmms.Worker.WorkerOptions.PauseLine, s_patience);
            await survivor.Signal("CONT");
            lines = Task.WhenAll(subscribers.Select(s => LoseLine(s, within: 800)));
            await Task.Delay(Random.Shared.Next(0, 100));
            if (paused && !victim.HasExited) betweenClaimAndCommit++;
            await victim.Kill();
            Assert.True(await WorkerPlant.Until(s_patience, () => AllDone(plant, round)), $"Round {round} was not finished.\n{survivor.Said}\nThe other one:\n{victim.Said}");
            await lines;
        }
        Assert.True(betweenClaimAndCommit >= LeastBetweenClaimAndCommit, $"Only {betweenClaimAndCommit} of {Kills} kills fell between claim and commit: this shows nothing.");
    }

    private static async Task AssertDoneOnceAsync(TestPlant plant)
    {
        await using var db = plant.Read();
        var orders = await db.WorkOrders.Select(o => new { o.PmScheduleId, o.PmScheduledFor, o.Code }).ToListAsync();
        Assert.Equal(Kills * Schedules * DatesEach, orders.Count);
        Assert.Equal(orders.Count, orders.Select(o => (o.PmScheduleId, o.PmScheduledFor)).Distinct().Count());
        Assert.Equal(orders.Count, await db.DatedOccurrences.CountAsync(o => o.Outcome == OccurrenceOutcome.Generated));
        var lines = await db.PurchaseRequests.Where(r => r.Status == PurchaseRequestStatus.Requested).SelectMany(r => r.Lines).Select(l => new { l.PartId, l.Quantity }).ToListAsync();
        Assert.Equal(Kills * Parts, lines.Count);
        Assert.Equal(lines.Count, lines.Select(l => l.PartId).Distinct().Count());
        Assert.All(lines, l => Assert.Equal(Q(4), l.Quantity));
        Assert.All(await db.Parts.ToListAsync(), p => Assert.Equal(Q(4), p.OnOrder));
        var claims = await db.PolicyFirings.Select(f => new { f.Key, f.SubjectId, f.Epoch }).ToListAsync();
        Assert.Equal(orders.Count + lines.Count, claims.Distinct().Count());
        var told = await db.Notifications.Select(n => new { n.UserId, n.Key }).ToListAsync();
        Assert.Equal(told.Count, told.Distinct().Count());
    }

    /// <summary>Every event that the subscriber may see arrived once, in the order of the log.</summary>
    private static async Task AssertHeardOnceAsync(TestPlant plant, EventSubscriber subscriber, bool isNeighbour)
    {
        var site = isNeighbour ? plant.NeighbourId : plant.SiteId;
        var log = await plant.Database.ReadAsync(Scope.System, db => db.Events
            .Where(e => e.CustomerId == plant.CustomerId && e.Position > subscriber.Start && (e.SiteId == null || e.SiteId == site)).OrderBy(e => e.Position).Select(e => e.Position).ToListAsync());
        await WorkerPlant.Until(s_patience, () => Task.FromResult(subscriber.Heard.Count >= log.Count));
        await Task.Delay(100); // what is sent twice would come now
        await subscriber.EndAsync();
        Assert.Equal(log, subscriber.Heard);
        Assert.True(log.Count >= (isNeighbour ? Kills : 10 * Kills), "Too little happened to show anything.");
        Assert.True(subscriber.Returns >= Kills, $"It came back only {subscriber.Returns} times: this shows nothing.");
    }

    private static async Task LoseLine(EventSubscriber subscriber, int within)
    {
        await Task.Delay(Random.Shared.Next(within));
        await subscriber.DropAsync(abruptly: Random.Shared.Next(3) > 0);
    }

    /// <summary>
    /// Stopped at a moment when it is in no transaction: one who stands still with the lock in hand stops everybody. Looked at before, since one
    /// who is stopped in the middle gets no further, and twice after, since what it sent before may still be on its way to the server.
    /// </summary>
    private static async Task StandStill(WorkerProcess worker, TestDatabase database)
    {
        for (var wait = 10; ; wait = Math.Min(2 * wait, 500))
        {
            if (!await database.IsInUse())
            {
                await worker.Signal("STOP");
                var inUse = await database.IsInUse();
                if (!inUse) await Task.Delay(50);
                if (!inUse && !await database.IsInUse()) return;
                await worker.Signal("CONT");
            }
            await Task.Delay(Random.Shared.Next(wait / 2, wait));
        }
    }

    /// <summary>Parts that are low, and schedules of which two dates are due; at the neighbour's as well something happens.</summary>
    private static async Task AddWork(TestPlant plant, int round)
    {
        for (var i = 0; i < Parts; i++) await plant.AddPart($"Part {round}-{i}", 4, 20, minimum: 5, desired: 8);
        var start = DateOnly.FromDateTime(plant.Clock.GetUtcNow().UtcDateTime).AddDays(-5);
        for (var i = 0; i < Schedules; i++)
            await plant.AddSchedule($"PM-{round}-{i}", PmKind.Persistent, CatchUp.All, new Recurrence(RecurrenceFrequency.Day, start, endDate: start.AddDays(DatesEach - 1)));
        await plant.Database.WriteAsync(plant.Neighbour, db => Task.FromResult(db.Add(new Part($"Part {round}"))));
    }

    private static Task<bool> AllDone(TestPlant plant, int rounds) => plant.ReadAsync(async db =>
        await db.WorkOrders.CountAsync() >= rounds * Schedules * DatesEach && await db.PurchaseRequests.CountAsync() >= rounds * Parts);
}
