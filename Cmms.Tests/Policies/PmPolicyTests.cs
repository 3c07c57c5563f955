using Cmms.Domain.Assets;
using Cmms.Domain.Notifications;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Planning;
using Cmms.Domain.Work;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Cmms.Tests.Policies.PolicyDesk;

namespace Cmms.Tests.Policies;

/// <summary>The clock stands at Monday, 2 March 2026, 03:00 in Bogotá.</summary>
public sealed class PmPolicyTests
{
    private const OccurrenceOutcome Made = OccurrenceOutcome.Generated, Lost = OccurrenceOutcome.Missed;

    [Theory, Sqlite, PostgreSql]
    public async Task Every_day_that_passed_gets_its_order_and_the_next_comes_at_its_hour(DatabaseProvider provider)
    {
        await using var plant = await PlantAsync(provider);
        var technician = await plant.AddUser("technician", Role.Technician);
        var id = await plant.AddSchedule("PM-1", PmKind.Persistent, CatchUp.All, Daily(Day(2, 27), new TimeOnly(6, 0)), [await plant.AddAsset("Freezer")], technician);

        var preview = await plant.PreviewAlone(Pm);
        Assert.Equal("PM-1 (Change the filter) is due for 2026-02-27.", preview.Findings[0].Decision.Explanation);
        Assert.Equal(3, await plant.Sweep(Pm));
        Assert.Equal([(Day(2, 27), Made), (Day(2, 28), Made), (Day(3, 1), Made)], await plant.Dates(id));
        var orders = await plant.Orders();
        Assert.All(orders, o => Assert.Equal(("Change the filter", WorkOrderType.Preventive, "Freezer"), (o.Title, o.Type, Assert.Single(o.Assets).Name)));
        Assert.Equal([Day(2, 27), Day(2, 28), Day(3, 1)], orders.Select(o => o.PmScheduledFor));
        var told = await plant.Notifications();
        Assert.Equal(3, told.Count);
        Assert.All(told, n => Assert.Equal((technician, NotificationEvent.PmGenerated), (n.UserId, n.Event)));

        Assert.Equal(0, await plant.Sweep(Pm));
        Assert.Equal(Day(3, 2), (await plant.Schedule(id)).NextScheduledFor);
        plant.Clock.MoveTo(new DateTimeOffset(2026, 3, 2, 10, 59, 59, TimeSpan.Zero));
        Assert.Equal(0, await plant.Sweep(Pm));
        plant.Clock.Advance(TimeSpan.FromSeconds(1)); // 06:00
        Assert.Equal(1, await plant.Sweep(Pm));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Weeks_that_passed_are_recorded_as_missed_and_the_newest_gets_the_order(DatabaseProvider provider)
    {
        await using var plant = await PlantAsync(provider);
        var id = await plant.AddSchedule("PM-1", PmKind.Persistent, CatchUp.Coalesce, new Recurrence(RecurrenceFrequency.Week, Day(2, 9)));
        var preview = await plant.PreviewAlone(Pm);
        Assert.Equal("PM-1 (Change the filter) gets no order for 2026-02-09: it passed while nobody looked.", preview.Findings[0].Decision.Explanation);
        Assert.Equal(4, await plant.Sweep(Pm));
        Assert.Equal([(Day(2, 9), Lost), (Day(2, 16), Lost), (Day(2, 23), Lost), (Day(3, 2), Made)], await plant.Dates(id));
        Assert.Equal(Day(3, 2), Assert.Single(await plant.Orders()).PmScheduledFor);
        Assert.Equal(Day(3, 9), (await plant.Schedule(id)).NextScheduledFor);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Months_that_passed_are_skipped_where_the_schedule_says_so(DatabaseProvider provider)
    {
        await using var plant = await PlantAsync(provider);
        var id = await plant.AddSchedule("PM-1", PmKind.Persistent, CatchUp.Skip, new Recurrence(RecurrenceFrequency.Month, Day(1, 31)));
        Assert.Equal(2, await plant.Sweep(Pm));
        Assert.Equal([(Day(1, 31), Lost), (Day(2, 28), Lost)], await plant.Dates(id));
        Assert.Empty(await plant.Orders());
        Assert.Equal(Day(3, 31), (await plant.Schedule(id)).NextScheduledFor);
        plant.Clock.MoveTo(new DateTimeOffset(2026, 3, 31, 12, 0, 0, TimeSpan.Zero));
        Assert.Equal(1, await plant.Sweep(Pm));
        Assert.Equal(Day(3, 31), Assert.Single(await plant.Orders()).PmScheduledFor);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Several_assets_share_an_order_and_one_that_is_out_of_service_is_left_out(DatabaseProvider provider)
    {
        await using var plant = await PlantAsync(provider);
        var (oven, freezer) = (await plant.AddAsset("Oven"), await plant.AddAsset("Freezer"));
        var id = await plant.AddSchedule("PM-1", PmKind.Persistent, CatchUp.All, Daily(Day(3, 1)), [oven, freezer]);
        plant.Clock.MoveTo(new DateTimeOffset(2026, 3, 2, 4, 0, 0, TimeSpan.Zero) + TimeSpan.FromHours(4));
        Assert.Equal(2, await plant.Sweep(Pm));
        Assert.All(await plant.Orders(), o => Assert.Equal(["Freezer", "Oven"], o.Assets.Select(a => a.Name).Order()));

        await plant.ChangeStatus(oven, AssetStatus.OutOfService);
        plant.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, await plant.Sweep(Pm));
        Assert.Equal("PM-1 (Change the filter) is due for 2026-03-03; Oven is out of service and left out.", (await plant.Firings(Pm))[^1].Explanation);
        Assert.Equal("Freezer", Assert.Single((await plant.Orders())[^1].Assets).Name);
        Assert.Equal([Lost, Made], (await plant.Dates(id))[^2..].Select(d => d.Outcome));
        Assert.Equal(Day(3, 4), (await plant.Schedule(id)).NextScheduledFor);
    }

    [Theory, Sqlite(CatchUp.All), Sqlite(CatchUp.Skip), PostgreSql(CatchUp.All)]
    public async Task A_schedule_none_of_whose_assets_can_be_maintained_is_suspended_and_says_so(DatabaseProvider provider, CatchUp catchUp)
    {
        await using var plant = await PlantAsync(provider);
        var manager = await plant.AddUser("manager", Role.Manager);
        var freezer = await plant.AddAsset("Freezer");
        await plant.ChangeStatus(freezer, AssetStatus.OutOfService);
        var id = await plant.AddSchedule("PM-1", PmKind.Persistent, catchUp, new Recurrence(RecurrenceFrequency.Week, Day(2, 19)), [freezer]);
        Assert.Equal(1, await plant.Sweep(Pm));
        var schedule = await plant.Schedule(id);
        const string why = "PM-1 (Change the filter) is due for 2026-02-19, but its asset is archived or out of service; it is suspended until it is resumed.";
        Assert.Equal((PmStatus.Suspended, why), (schedule.Status, schedule.SuspensionReason));
        var told = Assert.Single(await plant.Notifications());
        Assert.Equal((manager, NotificationEvent.PmSuspended, why), (told.UserId, told.Event, told.Body));
        Assert.Equal(0, await plant.Sweep(Pm));
        Assert.Empty(await plant.Orders());
        Assert.Empty(await plant.Dates(id));

        await Resume();
        Assert.Equal(1, await plant.Sweep(Pm)); // it is out of service still: a second suspension, told of again
        Assert.Equal(2, (await plant.Notifications()).Count);
        await plant.ChangeStatus(freezer, AssetStatus.Operational);
        await Resume();
        Assert.Equal(2, await plant.Sweep(Pm));
        Assert.Equal(catchUp is CatchUp.All ? 2 : 0, (await plant.Orders()).Count);

        Task Resume() => plant.WriteAsync(async db => (await db.Find<PmSchedule>(id, default)).Resume());
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_schedule_that_is_paused_or_archived_does_nothing(DatabaseProvider provider)
    {
        await using var plant = await PlantAsync(provider);
        var paused = await plant.AddSchedule("PM-1", PmKind.Persistent, CatchUp.All, Daily(Day(2, 27)));
        var archived = await plant.AddSchedule("PM-2", PmKind.Persistent, CatchUp.All, Daily(Day(2, 27)));
        var made = await plant.Preview(Pm);
        await plant.WriteAsync(async db =>
        {
            (await db.Find<PmSchedule>(paused, default)).Pause();
            (await db.Find<PmSchedule>(archived, default)).Archive(db.Now);
        });
        Assert.Empty((await plant.Preview(Pm)).Findings);
        Assert.Equal(8, made.Findings.Count);
        foreach (var finding in made.Findings) Assert.False(await plant.Apply(made, finding.Decision));
        Assert.Empty(await plant.Orders());
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_date_waits_for_the_one_before_it(DatabaseProvider provider)
    {
        await using var plant = await PlantAsync(provider);
        var id = await plant.AddSchedule("PM-1", PmKind.Persistent, CatchUp.All, Daily(Day(2, 28)));
        var made = await plant.Preview(Pm);
        Assert.False(await plant.Apply(made, made.Findings[1].Decision));
        Assert.True(await plant.Apply(made, made.Findings[0].Decision));
        Assert.True(await plant.Apply(made, made.Findings[1].Decision));
        Assert.Equal([(Day(2, 28), Made), (Day(3, 1), Made)], await plant.Dates(id));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_date_without_any_working_day_is_on_record_after_those_that_get_orders(DatabaseProvider provider)
    {
        await using var plant = await PlantAsync(provider);
        await plant.WriteAsync(db =>
        {
            for (var day = Day(3, 1); day < Day(3, 1).AddDays(400); day = day.AddDays(1)) db.Add(new NonWorkingDate(day, "Closed"));
            db.Add(new NonWorkingDate(Day(2, 27), "Holiday"));
            return Task.CompletedTask;
        });
        var id = await plant.AddSchedule("PM-1", PmKind.Persistent, CatchUp.All,
            new Recurrence(RecurrenceFrequency.Day, Day(2, 27), nonWorkingDay: NonWorkingDay.NextWorking));
        Assert.Equal(4, await plant.Sweep(Pm));
        Assert.Equal([(Day(2, 27), Made), (Day(2, 28), Made), (Day(3, 1), Lost), (Day(3, 2), Lost)], await plant.Dates(id));
        var firings = await plant.Firings(Pm);
        Assert.Equal("PM-1 (Change the filter) is due for 2026-02-27, executed on 2026-02-28.", firings[0].Explanation);
        Assert.Equal("PM-1 (Change the filter) gets no order for 2026-03-01: no working day was found within a year.", firings[2].Explanation);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_floating_schedule_waits_for_its_order_and_counts_from_its_end(DatabaseProvider provider)
    {
        await using var plant = await PlantAsync(provider);
        var id = await plant.AddSchedule("PM-1", PmKind.Floating, CatchUp.Coalesce, new Recurrence(RecurrenceFrequency.Day, Day(3, 1), interval: 7));
        Assert.Equal(1, await plant.Sweep(Pm));
        plant.Clock.Advance(TimeSpan.FromDays(20));
        Assert.Equal(0, await plant.Sweep(Pm));
        await plant.WriteAsync(async db =>
        {
            var order = await db.WorkOrder((await plant.Orders())[0].Id, null, default);
            await db.Take(order, WorkOrderTransition.Start, null, default);
            await db.Take(order, WorkOrderTransition.Complete, null, default);
        });
        Assert.Equal(Day(3, 29), (await plant.Schedule(id)).NextScheduledFor);
        Assert.Equal(0, await plant.Sweep(Pm));
        plant.Clock.Advance(TimeSpan.FromDays(7));
        Assert.Equal(1, await plant.Sweep(Pm));
        Assert.Equal([Day(3, 1), Day(3, 29)], (await plant.Dates(id)).Select(d => d.Date));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Several_workers_at_once_make_each_order_once(DatabaseProvider provider)
    {
        await using var plant = await PlantAsync(provider);
        foreach (var i in Enumerable.Range(0, 4)) await plant.AddSchedule($"PM-{i}", PmKind.Persistent, CatchUp.All, Daily(Day(2, 28)));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => plant.Sweep(Pm))));
        await plant.Sweep(Pm); // what a worker put off because another was at the date before it
        var orders = await plant.Orders();
        Assert.Equal(12, orders.Count);
        Assert.Equal(12, orders.DistinctBy(o => (o.PmScheduleId, o.PmScheduledFor)).Count());
        Assert.Equal(12, orders.DistinctBy(o => o.Code).Count());
        Assert.Equal(0, await plant.ReadAsync(db => db.PolicyRuns.SumAsync(r => r.Failed)));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_preview_of_a_later_day_shows_what_will_be_due(DatabaseProvider provider)
    {
        await using var plant = await PlantAsync(provider);
        await plant.AddSchedule("PM-1", PmKind.Persistent, CatchUp.All, new Recurrence(RecurrenceFrequency.Week, Day(3, 9)));
        Assert.Empty((await plant.PreviewAlone(Pm)).Findings);
        var later = await plant.PreviewAlone(Pm, plant.Now + TimeSpan.FromDays(14));
        Assert.Equal([Day(3, 9), Day(3, 16)], later.Findings.Select(f => DateOnly.Parse(f.Decision.Claim.Epoch, System.Globalization.CultureInfo.InvariantCulture)));
    }

    private static async Task<TestPlant> PlantAsync(DatabaseProvider provider)
    {
        var plant = await TestPlant.CreateAsync(provider);
        await plant.AddStatuses();
        return plant;
    }

    private static DateOnly Day(int month, int day) => new(2026, month, day);

    private static Recurrence Daily(DateOnly start, TimeOnly time = default) => new(RecurrenceFrequency.Day, start, timeOfDay: time);
}
