using System.Diagnostics;
using Cmms.Domain.Persistence;
using Cmms.Domain.Policies;

namespace Cmms.Tests.Worker;

/// <summary>A plant that lives by the clock on the wall, as processes of their own do.</summary>
internal static class WorkerPlant
{
    public static async Task<TestPlant> CreateAsync(DatabaseProvider provider)
    {
        var plant = await TestPlant.CreateAsync(provider);
        plant.Clock.MoveTo(TimeProvider.System.GetUtcNow());
        await plant.StaffAsync();
        return plant;
    }

    /// <summary>Lets a policy sweep at another time.</summary>
    public static Task Sweeps(this TestPlant plant, string policy, string cron) => plant.WriteAsync(db => Task.FromResult(db.Add(new PolicySetting(policy, cron))));

    public static async Task<bool> Until(TimeSpan within, Func<Task<bool>> holds)
    {
        var since = Stopwatch.StartNew();
        while (!await holds())
        {
            if (since.Elapsed > within) return false;
            await Task.Delay(50);
        }
        return true;
    }
}
