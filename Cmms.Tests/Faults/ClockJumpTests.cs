using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Planning;
using Cmms.Tests.Policies;
using Cmms.Tests.Worker;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cmms.Tests.Faults;

/// <summary>The clock of the machine is set while the programs run: 40 days forward, and then to the day before it was.</summary>
public sealed class ClockJumpTests
{
    private const int Schedules = 5;
    private static readonly TimeSpan s_forward = TimeSpan.FromDays(40), s_back = TimeSpan.FromDays(-1);

    [FakeTimeTheory, Sqlite, PostgreSql]
    public async Task A_clock_that_is_set_makes_no_storm_and_no_double_and_stops_nothing(DatabaseProvider provider)
    {
        using FakeTime time = new();
        await using var machinery = await Machinery.CreateAsync(provider);
        foreach (var (key, value) in time.Environment) machinery.Settings[key] = value;
        var plant = machinery.Plant;
        var today = DateOnly.FromDateTime(plant.Clock.GetUtcNow().UtcDateTime);
        for (var i = 0; i < Schedules; i++) await plant.AddSchedule($"Daily {i}", PmKind.Persistent, CatchUp.Coalesce, new Recurrence(RecurrenceFrequency.Day, today.AddDays(-2)));
        foreach (var policy in (string[])[PolicyDesk.Pm, PolicyDesk.LowStock]) await plant.Sweeps(policy, "*/2 * * * * ?");
        var secret = await KeyForAMonthAsync(plant);
        await machinery.StartAllAsync();
        using GraphClient client = new(), expiring = new(secret);
        var graph = machinery.AnyGraph()!;
        Assert.True(await WorkerPlant.Until(Machinery.Patience, async () => await OrdersAsync(plant) >= Schedules), machinery.Said);
        var before = await OrdersAsync(plant);
        Assert.False((await expiring.AskAsync(graph, "{ me { id } }")).TryGetProperty("errors", out _));

        // Of the forty days that were missed each schedule has one order, for the newest; what was due before is not done again.
        time.Set(s_forward);
        Assert.True(await WorkerPlant.Until(Machinery.Patience, async () => await OrdersAsync(plant) >= before + Schedules), machinery.Said);
        await Task.Delay(5000); // sweeps that must find nothing
        Assert.Equal(before + Schedules, await OrdersAsync(plant));
        Assert.True((await expiring.AskAsync(graph, "{ me { id } }")).TryGetProperty("errors", out _), "A key was accepted after its end.");

        // Set back, what is done already stays done, and the sweeps go on: something new is still found.
        time.Set(s_back);
        await Task.Delay(5000);
        Assert.Equal(before + Schedules, await OrdersAsync(plant));
        await plant.AddSchedule("Once more", PmKind.Persistent, CatchUp.Coalesce, new Recurrence(RecurrenceFrequency.Day, today.AddDays(-4)));
        Assert.True(await WorkerPlant.Until(Machinery.Patience, async () => await OrdersAsync(plant) >= before + Schedules + 1), machinery.Said);
        Assert.NotNull(await client.TryAsync(graph, "mutation { createAsset(input: { name: \"Yesterday\" }) { asset { id } errors { ... on Error { message } } } }"));

        await using var db = plant.Read();
        var orders = await db.WorkOrders.Select(o => new { o.PmScheduleId, o.PmScheduledFor }).ToListAsync();
        Assert.Equal(orders.Count, orders.Distinct().Count());
        var claims = await db.PolicyFirings.Select(f => new { f.Key, f.SubjectId, f.Epoch }).ToListAsync();
        Assert.Equal(claims.Count, claims.Distinct().Count());
    }

    private static Task<int> OrdersAsync(TestPlant plant) => plant.ReadAsync(db => db.WorkOrders.CountAsync());

    private static async Task<string> KeyForAMonthAsync(TestPlant plant)
    {
        var name = "test-for-a-month";
        await plant.Database.WriteAsync(Scope.Customer(plant.CustomerId), async db =>
        {
            var user = await db.Users.SingleAsync(u => u.Name == nameof(Role.Manager));
            var key = ApiKey.Known(user, "for a month", name);
            db.ApiKeys.Add(key);
            db.Entry(key).Property(k => k.ExpiresAt).CurrentValue = plant.Now + TimeSpan.FromDays(30);
        });
        return name["test-".Length..];
    }
}

/// <summary>A theory that sets the clock of processes; where it cannot, it says so, or fails where CMMS_TEST_REQUIRE asks for faults.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FakeTimeTheoryAttribute : TheoryAttribute
{
    public FakeTimeTheoryAttribute() => Skip = Requirements.Include("faults") ? null! : FakeTime.Lacking!;
}
