using Cmms.Domain.Persistence;
using Cmms.Domain.Planning;
using Cmms.Tests.Inventory;
using Cmms.Tests.Policies;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cmms.Tests.Worker;

public sealed class OutageTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    [Theory, Sqlite, PostgreSql]
    public async Task What_was_due_when_nobody_ran_is_done_at_start_and_a_term_signal_ends_it_cleanly(DatabaseProvider provider)
    {
        await using var plant = await WorkerPlant.CreateAsync(provider);
        for (var i = 0; i < 3; i++) await plant.AddPart($"Part {i}", 4, 20, minimum: 5, desired: 8);
        var start = DateOnly.FromDateTime(plant.Clock.GetUtcNow().UtcDateTime).AddDays(-5);
        await plant.AddSchedule("PM-1", PmKind.Persistent, CatchUp.All, new Recurrence(RecurrenceFrequency.Day, start, endDate: start.AddDays(1)));

        await using var worker = WorkerProcess.Start(plant.Database.Options);
        Assert.True(await WorkerPlant.Until(s_patience, () => plant.ReadAsync(async db => await db.WorkOrders.CountAsync() == 2 && await db.PurchaseRequests.CountAsync() == 3)), worker.Said);
        Assert.Equal(0, await worker.Stop());
        Assert.Contains("4 of Part 0 are available, the minimum is 5; 8 are desired and 0 on order, so 4 are ordered.", worker.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("rehearsal failed", worker.Said, StringComparison.Ordinal);
    }
}
