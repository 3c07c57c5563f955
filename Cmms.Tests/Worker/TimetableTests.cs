using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Policies;
using Cmms.Tests.Policies;
using Cmms.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.EntityFrameworkCore;
using Quartz;
using Xunit;

namespace Cmms.Tests.Worker;

public sealed class TimetableTests
{
    [Theory, Sqlite, PostgreSql]
    public async Task It_follows_the_sites_their_zones_and_their_settings(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        await using var services = new ServiceCollection().AddLogging().AddQuartz(quartz => quartz.UseInMemoryStore()).BuildServiceProvider();
        var scheduler = await services.GetRequiredService<ISchedulerFactory>().GetScheduler(default);
        Timetable timetable = new(plant.Database.Factory, NullLogger<Timetable>.Instance);
        TriggerKey north = new(PolicyDesk.WarrantyExpiry, $"site {plant.SiteId}"), south = new(PolicyDesk.WarrantyExpiry, $"site {plant.NeighbourId}");

        await timetable.Reconcile(scheduler, default);
        Assert.Equal(("0 0 6 * * ?", "America/Bogota"), await At(north));
        Assert.Equal(("0 0 6 * * ?", "Europe/Madrid"), await At(south));
        Assert.All(PolicyCatalog.All, p => Assert.NotNull(timetable.Find(new JobKey(p.Key, north.Group))));

        await plant.Sweeps(PolicyDesk.WarrantyExpiry, "0 30 7 * * ?");
        await plant.WriteAsync(async db => (await db.Find<Site>(plant.SiteId, default)).TimeZone = "Asia/Tokyo");
        await timetable.Reconcile(scheduler, default);
        Assert.Equal(("0 30 7 * * ?", "Asia/Tokyo"), await At(north));
        Assert.Equal(("0 0 6 * * ?", "Europe/Madrid"), await At(south));

        await plant.Database.ExecuteAsync("UPDATE policy_setting SET schedule = 'at dawn'");
        await timetable.Reconcile(scheduler, default);
        Assert.Equal(("0 0 6 * * ?", "Asia/Tokyo"), await At(north));

        await Set(false, "0 30 7 * * ?");
        await timetable.Reconcile(scheduler, default);
        Assert.Null(await scheduler.GetTrigger(north, default));
        Assert.Null(timetable.Find(new JobKey(north.Name, north.Group)));

        await Set(true, "0 30 7 * * ?");
        await plant.WriteAsync(async db => (await db.Find<Site>(plant.SiteId, default)).Archive());
        await timetable.Reconcile(scheduler, default);
        Assert.Null(await scheduler.GetTrigger(north, default));
        Assert.NotNull(await scheduler.GetTrigger(south, default));

        async Task<(string?, string?)> At(TriggerKey key) => await scheduler.GetTrigger(key, default) is ICronTrigger cron ? (cron.CronExpressionString, cron.TimeZone.Id) : (null, null);

        Task Set(bool enabled, string cron) => plant.WriteAsync(async db => (await db.PolicySettings.SingleAsync(s => s.Key == PolicyDesk.WarrantyExpiry)).Set(enabled, cron, "{}"));
    }

    [Fact]
    public void Every_policy_has_a_schedule_that_can_be_read() =>
        Assert.All(PolicyCatalog.All, p => Assert.True(CronExpression.TryParse(p.Schedule, out _), p.Schedule));
}
