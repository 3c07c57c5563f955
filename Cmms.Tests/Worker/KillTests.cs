using Cmms.Domain.Inventory;
using Cmms.Domain.Persistence;
using Cmms.Domain.Planning;
using Cmms.Tests.Inventory;
using Cmms.Tests.Policies;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Cmms.Tests.Inventory.Shelf;

namespace Cmms.Tests.Worker;

/// <summary>Two Workers, of which one is killed again and again in the middle of what it does.</summary>
public sealed class KillTests
{
    private const int Kills = 10, Parts = 3, Schedules = 2, DatesEach = 2;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Theory, Sqlite, PostgreSql]
    public async Task What_is_due_is_done_once_though_a_worker_is_killed_between_claim_and_commit(DatabaseProvider provider)
    {
        await using var plant = await WorkerPlant.CreateAsync(provider);
        foreach (var policy in (string[])[PolicyDesk.LowStock, PolicyDesk.Pm]) await plant.Sweeps(policy, "* * * * * ?");
        await using var survivor = WorkerProcess.Start(plant.Database.Options);
        Assert.True(await survivor.Says("Following", s_patience), survivor.Said);

        var betweenClaimAndCommit = 0;
        for (var round = 1; round <= Kills; round++)
        {
            // The survivor stands still until the other one has a claim, and finds the claim held when it goes on.
            await StandStill(survivor, plant.Database);
            await AddWork(plant, round);
            await using var victim = WorkerProcess.Start(plant.Database.Options, ("Worker__PauseBeforeCommit", "20000"));
            var paused = await victim.Says(Cmms.Worker.WorkerOptions.PauseLine, s_patience);
            await survivor.Signal("CONT");
            await Task.Delay(Random.Shared.Next(0, 100));
            if (paused && !victim.HasExited) betweenClaimAndCommit++;
            await victim.Kill();
            Assert.True(await WorkerPlant.Until(s_patience, () => AllDone(plant, round)), $"Round {round} was not finished.\n{survivor.Said}");
        }

        Assert.True(betweenClaimAndCommit >= 8, $"Only {betweenClaimAndCommit} of {Kills} kills fell between claim and commit: this shows nothing.");
        await Task.Delay(1500); // further sweeps and events, which must find nothing
        await plant.ReadAsync(async db =>
        {
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
            return 0;
        });
        Assert.Equal(0, await survivor.Stop());
    }

    [Theory, Sqlite, PostgreSql]
    public async Task What_was_due_when_nobody_ran_is_done_at_start_and_a_term_signal_ends_it_cleanly(DatabaseProvider provider)
    {
        await using var plant = await WorkerPlant.CreateAsync(provider);
        await AddWork(plant, 1);
        await using var worker = WorkerProcess.Start(plant.Database.Options);
        Assert.True(await WorkerPlant.Until(s_patience, () => AllDone(plant, 1)), worker.Said);
        Assert.Equal(0, await worker.Stop());
        Assert.Contains("4 of Part 1-0 are available, the minimum is 5; 8 are desired and 0 on order, so 4 are ordered.", worker.Said, StringComparison.Ordinal);
    }

    /// <summary>Stopped at a moment when it is in no transaction: one who stands still with the lock in hand stops everybody.</summary>
    private static async Task StandStill(WorkerProcess worker, TestDatabase database)
    {
        await worker.Signal("STOP");
        while (await database.IsInUse())
        {
            await worker.Signal("CONT");
            await Task.Delay(Random.Shared.Next(5, 50));
            await worker.Signal("STOP");
        }
    }

    /// <summary>Parts that are low, and schedules of which two dates are due.</summary>
    private static async Task AddWork(TestPlant plant, int round)
    {
        for (var i = 0; i < Parts; i++) await plant.AddPart($"Part {round}-{i}", 4, 20, minimum: 5, desired: 8);
        var start = DateOnly.FromDateTime(plant.Clock.GetUtcNow().UtcDateTime).AddDays(-5);
        for (var i = 0; i < Schedules; i++)
            await plant.AddSchedule($"PM-{round}-{i}", PmKind.Persistent, CatchUp.All, new Recurrence(RecurrenceFrequency.Day, start, endDate: start.AddDays(DatesEach - 1)));
    }

    private static Task<bool> AllDone(TestPlant plant, int rounds) => plant.ReadAsync(async db =>
        await db.WorkOrders.CountAsync() >= rounds * Schedules * DatesEach && await db.PurchaseRequests.CountAsync() >= rounds * Parts);
}
