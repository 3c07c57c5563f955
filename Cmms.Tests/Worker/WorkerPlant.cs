using Cmms.Domain;
using Cmms.Domain.Persistence;
using Cmms.Domain.Policies;
using Cmms.Domain.Work;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Tests.Worker;

/// <summary>A plant whose database was made by the migrations, as that of a program of its own must be, and lives by the clock of the wall.</summary>
internal static class WorkerPlant
{
    public static async Task<TestPlant> CreateAsync(DatabaseProvider provider)
    {
        var plant = await TestPlant.CreateAsync(provider, migrated: true);
        plant.Clock.MoveTo(TimeProvider.System.GetUtcNow());
        await plant.WriteAsync(db =>
        {
            db.AddRange(WorkOrderStatus.Defaults());
            return Task.CompletedTask;
        });
        return plant;
    }

    /// <summary>Lets a policy sweep at another time.</summary>
    public static Task Sweeps(this TestPlant plant, string policy, string cron) => plant.WriteAsync(db => Task.FromResult(db.Add(new PolicySetting(policy, cron))));

    public static async Task<bool> Until(TimeSpan within, Func<Task<bool>> holds)
    {
        var since = System.Diagnostics.Stopwatch.StartNew();
        while (!await holds())
        {
            if (since.Elapsed > within) return false;
            await Task.Delay(50);
        }
        return true;
    }
}
