using Cmms.Domain;
using Cmms.Domain.Assets;
using Cmms.Domain.Persistence;
using Cmms.Domain.Planning;
using Cmms.Domain.Production;
using Cmms.Domain.Work;
using Cmms.Tests.Policies;
using Cmms.Tests.Work;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cmms.Tests.Production;

/// <summary>What seed 001 says about machines and production. The plant's clock stands at Monday, 2 March 2026, 3 in the morning there.</summary>
public sealed class ProductionTests
{
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);
    private static readonly DateOnly s_monday = new(2026, 3, 2);

    [Theory, Sqlite, PostgreSql]
    public async Task A_machine_that_is_not_operational_makes_nothing_and_is_given_nothing_to_make(DatabaseProvider provider)
    {
        await using var plant = await Shop.OpenAsync(provider);
        var (loom, other) = (await plant.AddAsset("TEL-01"), await plant.AddAsset("TEL-02"));
        var order = await AddOrder(plant, loom);
        await Record(plant, loom, order, 10);
        await plant.ChangeStatus(loom, AssetStatus.Maintenance);

        Assert.Equal(AssetStatus.Maintenance, (await Assert.ThrowsAsync<AssetNotOperational>(() => Record(plant, loom, order, 1))).Status);
        await Assert.ThrowsAsync<AssetNotOperational>(() => On(plant, order, (o, asset) => o.AssignTo(asset), loom));
        await Assert.ThrowsAsync<AssetNotOperational>(() => AddOrder(plant, loom));

        // What is under way may be paused, and given to another machine.
        await On(plant, order, (o, _) => o.Pause("Bearings"));
        await Assert.ThrowsAsync<AssetNotOperational>(() => On(plant, order, (o, asset) => o.Resume(asset), loom));
        await On(plant, order, (o, asset) => o.AssignTo(asset), other);
        await On(plant, order, (o, asset) => o.Resume(asset), other);
        await Record(plant, other, order, 5);
        Assert.Equal((ProductionStatus.InProgress, 15m), await plant.ReadAsync(db => db.ProductionOrders.Select(o => ValueTuple.Create(o.Status, o.Produced.Value)).SingleAsync()));
        Assert.Equal("assetId", (await Assert.ThrowsAsync<InvalidValue>(() => Record(plant, loom, order, 1))).Field);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task What_was_made_before_it_broke_can_be_put_down_afterwards_but_nothing_of_the_time_it_stood(DatabaseProvider provider)
    {
        await using var plant = await Shop.OpenAsync(provider);
        var loom = await plant.AddAsset("TEL-01");
        var start = plant.Now;
        plant.Clock.Advance(4 * s_hour);
        await plant.ChangeStatus(loom, AssetStatus.OutOfService);
        plant.Clock.Advance(2 * s_hour);
        await plant.ChangeStatus(loom, AssetStatus.Operational);
        plant.Clock.Advance(2 * s_hour);
        await plant.ChangeStatus(loom, AssetStatus.Maintenance);

        await Record(plant, loom, null, 1, start, start + (4 * s_hour));
        await Record(plant, loom, null, 1, start + (6 * s_hour), start + (8 * s_hour));
        foreach (var (from, to) in new[] { (3, 5), (4, 5), (5, 5), (5, 7), (3, 7), (7, 9), (8, 8) })
        {
            plant.Clock.Advance(s_hour);
            await Assert.ThrowsAsync<AssetNotOperational>(() => Record(plant, loom, null, 1, start + (from * s_hour), start + (to * s_hour)));
        }
        Assert.Equal(2, await plant.ReadAsync(db => db.ProductionRecords.CountAsync()));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task What_is_wrong_is_put_right_by_another_line_and_what_is_impossible_is_refused(DatabaseProvider provider)
    {
        await using var plant = await Shop.OpenAsync(provider);
        var loom = await plant.AddAsset("TEL-01");
        var order = await AddOrder(plant, loom);
        await Record(plant, loom, order, 100, rejected: 3);
        await Record(plant, loom, order, -10, rejected: -1, note: "Counted twice");
        Assert.Equal((90m, 2m, 10m), await plant.ReadAsync(async db => (await db.ProductionOrders.SingleAsync()) is var o ? (o.Produced.Value, o.Rejected.Value, o.Remaining().Value) : default));

        Assert.Equal("note", await Refused(() => Record(plant, loom, order, -10)));
        Assert.Equal("quantity", await Refused(() => Record(plant, loom, order, 0)));
        Assert.Equal("quantity", await Refused(() => Record(plant, loom, order, -91, note: "Too much")));
        Assert.Equal("rejected", await Refused(() => Record(plant, loom, order, 1, rejected: -3, note: "Too much")));
        Assert.Equal("endedAt", await Refused(() => Record(plant, loom, order, 1, plant.Now, plant.Now + s_hour)));
        Assert.Equal("startedAt", await Refused(() => Record(plant, loom, order, 1, plant.Now - (169 * s_hour), plant.Now)));
        await Assert.ThrowsAsync<EndBeforeStart>(() => Record(plant, loom, order, 1, plant.Now, plant.Now - s_hour));
        Assert.Equal(2, await plant.ReadAsync(db => db.ProductionRecords.CountAsync()));
    }

    [Theory, Sqlite]
    public async Task An_order_goes_its_way_and_no_other(DatabaseProvider provider)
    {
        await using var plant = await Shop.OpenAsync(provider);
        var loom = await plant.AddAsset("TEL-01");
        var order = await AddOrder(plant, loom);
        await Assert.ThrowsAsync<InvalidTransition>(() => On(plant, order, (o, _) => o.Complete(plant.Now)));
        await Assert.ThrowsAsync<InvalidTransition>(() => On(plant, order, (o, _) => o.Resume(null)));
        await On(plant, order, (o, _) => o.Pause(null));
        await Assert.ThrowsAsync<InvalidTransition>(() => Record(plant, loom, order, 1));
        await On(plant, order, (o, _) => o.Resume(null));
        Assert.Equal(ProductionStatus.Planned, (await plant.ReadAsync(db => db.ProductionOrders.SingleAsync())).Status);
        await Record(plant, loom, order, 101);
        await On(plant, order, (o, _) => o.Complete(plant.Now));
        foreach (var refused in new Action<ProductionOrder, Asset>[] { (o, _) => o.Complete(default), (o, _) => o.Cancel(null, default), (o, _) => o.Pause(null), (o, a) => o.AssignTo(a), (o, _) => o.RequireOpen("changed") })
            await Assert.ThrowsAsync<InvalidTransition>(() => On(plant, order, refused, loom));
        await Assert.ThrowsAsync<InvalidTransition>(() => Record(plant, loom, order, 1));
    }

    [Theory, Sqlite]
    public async Task An_order_of_a_process_is_made_on_a_machine_of_it(DatabaseProvider provider)
    {
        await using var plant = await Shop.OpenAsync(provider);
        var (loom, press) = (await plant.AddAsset("Loom"), await plant.AddAsset("Press"));
        var (weaving, printing) = (await AddProcess(plant, "Weaving", loom), await AddProcess(plant, "Printing", press));
        var order = await AddOrder(plant, null, weaving);
        Assert.Equal("assetId", (await Assert.ThrowsAsync<InvalidValue>(() => On(plant, order, (o, a) => o.AssignTo(a), press))).Field);
        await On(plant, order, (o, a) => o.AssignTo(a), loom);
        await plant.WriteAsync(async db =>
        {
            var (o, p) = (await db.Find<ProductionOrder>(order, default), await db.Find<Process>(printing, default));
            await db.Entry(o).Reference(x => x.Asset).LoadAsync();
            Assert.Equal("processId", Assert.Throws<InvalidValue>(() => o.GoThrough(p)).Field);
            p.Archive();
            Assert.Equal("processId", Assert.Throws<InvalidValue>(() => new ProductionOrder("PO-1", "Cloth", Quantity.Of(1), "m").GoThrough(p)).Field);
            Assert.Equal("processId", Assert.Throws<InvalidValue>(() => new Asset("Press 2", db.Now).RunIn(p)).Field);
            (await db.Find<Asset>(press, default)).RunIn(p); // it belonged to it before
        });
    }

    /// <summary>50 metres an hour, two shifts of eight hours from Monday to Friday: 80 hours; less what is known to stand.</summary>
    [Theory, Sqlite, PostgreSql]
    public async Task Capacity_is_what_a_machine_makes_in_an_hour_times_the_hours_it_is_there(DatabaseProvider provider)
    {
        await using var plant = await Shop.OpenAsync(provider);
        var loom = await plant.AddAsset("Loom");
        await plant.WriteAsync(async db =>
        {
            var asset = await db.Find<Asset>(loom, default);
            (asset.TheoreticalCapacity, asset.CapacityUnit) = (Quantity.Of(50), "m/h");
        });
        Assert.Equal((168, 0, 0, 8400), await Capacity(plant));

        await plant.WriteAsync(async db =>
        {
            await db.SetWorkingHours([new WorkingSpan(1, new TimeOnly(8, 0), new TimeOnly(12, 0)), new WorkingSpan(7, new TimeOnly(20, 0), new TimeOnly(4, 0))], default);
        });
        Assert.Equal((4 + 4 + 4, 0, 0, 600), await Capacity(plant)); // Sunday's last hours are next week's, those of the Sunday before are in it

        foreach (var (name, from) in new[] { ("Early", 6), ("Late", 14) })
        {
            await plant.WriteAsync(db =>
            {
                Shift shift = new(name, new TimeOnly(from, 0), new TimeOnly(from + 8, 0));
                shift.RunOn([1, 2, 3, 4, 5]);
                db.Shifts.Add(shift);
                return Task.CompletedTask;
            });
        }
        Assert.Equal((80, 0, 0, 4000), await Capacity(plant));
        await plant.WriteAsync(db =>
        {
            db.NonWorkingDates.Add(new NonWorkingDate(s_monday.AddDays(4), "Holiday"));
            return Task.CompletedTask;
        });
        Assert.Equal((64, 0, 0, 3200), await Capacity(plant));

        // Planned: Tuesday from 10 to 16 by the clock there, and what is no stop, what is over and what is given up does not count.
        var tuesday = Instant.From(new DateTimeOffset(2026, 3, 3, 15, 0, 0, TimeSpan.Zero));
        foreach (var (stops, phase) in new[] { (true, WorkOrderPhase.Pending), (true, WorkOrderPhase.InProgress), (false, WorkOrderPhase.Pending), (true, WorkOrderPhase.Cancelled) })
        {
            var id = await plant.AddOrder("Overhaul", loom);
            await plant.On(id, (_, order) =>
            {
                order.StopsAssets = stops;
                order.Schedule(tuesday, tuesday + ((stops ? 6 : 20) * s_hour), null);
                return Task.CompletedTask;
            });
            if (phase is WorkOrderPhase.InProgress) await plant.Take(id, WorkOrderTransition.Start);
            if (phase is WorkOrderPhase.Cancelled) await plant.Take(id, WorkOrderTransition.Cancel);
        }
        Assert.Equal((64, 0, 6, 2900), await Capacity(plant));

        // Known: it broke on Monday at 7 and is expected back on Tuesday at noon: 15 hours of Monday, 6 of Tuesday, of which two were planned anyway.
        plant.Clock.Advance(4 * s_hour);
        await plant.WriteAsync(async db => await db.ChangeStatus(await db.Find<Asset>(loom, default), AssetStatus.OutOfService, Reason.Of("The shaft is broken"), db.Actor, db.Now,
            new StatusChangeDetails(ExpectedReturnAt: tuesday + (2 * s_hour)), null, default));
        Assert.Equal((64, 15 + 6, 4, 1950), await Capacity(plant));

        // Back earlier than was expected: only what it stood.
        plant.Clock.Advance(s_hour);
        await plant.ChangeStatus(loom, AssetStatus.Operational);
        Assert.Equal((64, 1, 6, 2850), await Capacity(plant));

        // Nobody says when it comes back: it does not, this week.
        plant.Clock.Advance(s_hour);
        await plant.ChangeStatus(loom, AssetStatus.OutOfService);
        Assert.Equal((64, 1 + 61, 0, 100), await Capacity(plant));

        async Task<(decimal, decimal, decimal, decimal)> Capacity(TestPlant plant)
        {
            var week = await plant.ReadAsync(db => db.WeeklyCapacity(s_monday.AddDays(6), null, plant.Now, default));
            Assert.Equal(s_monday, week.Monday);
            var machine = Assert.Single(week.Machines);
            return ((decimal)machine.Scheduled.TotalHours, (decimal)machine.Down.TotalHours, (decimal)machine.Planned.TotalHours, machine.Capacity);
        }
    }

    [Theory, Sqlite, PostgreSql]
    public async Task What_was_made_in_the_week_is_compared_with_what_could_be(DatabaseProvider provider)
    {
        await using var plant = await Shop.OpenAsync(provider);
        var (loom, idle) = (await plant.AddAsset("Loom"), await plant.AddAsset("Idle"));
        var weaving = await AddProcess(plant, "Weaving", loom);
        await plant.WriteAsync(async db =>
        {
            foreach (var (id, capacity) in new[] { (loom, 10m), (idle, 0m) })
            {
                var asset = await db.Find<Asset>(id, default);
                (asset.TheoreticalCapacity, asset.CapacityUnit) = (Quantity.Of(capacity), "m/h");
            }
        });
        await Record(plant, loom, null, 420);
        await Record(plant, loom, null, 999, unit: "rolls");
        plant.Clock.Advance(TimeSpan.FromDays(8));
        await Record(plant, loom, null, 84);
        var (week, next, woven) = await plant.ReadAsync(async db => (await db.WeeklyCapacity(s_monday, null, plant.Now, default), await db.WeeklyCapacity(s_monday.AddDays(7), null, plant.Now, default), await db.WeeklyCapacity(s_monday, weaving, plant.Now, default)));
        Assert.Equal([("Idle", 0m, null), ("Loom", 420m, 0.25m)], week.Machines.Select(m => (m.Asset.Name, m.Produced.Value, m.Efficiency)));
        Assert.Equal([null, 0.05m], next.Machines.Select(m => m.Efficiency));
        Assert.Equal("Loom", Assert.Single(woven.Machines).Asset.Name);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task The_log_of_a_shift_that_passes_midnight_has_what_happened_in_it_and_what_still_stands(DatabaseProvider provider)
    {
        await using var plant = await Shop.OpenAsync(provider);
        var (loom, press, fan) = (await plant.AddAsset("Loom"), await plant.AddAsset("Press"), await plant.AddAsset("Fan"));
        var night = await plant.WriteAsync(db => Task.FromResult(db.Shifts.Add(new Shift("Night", new TimeOnly(22, 0), new TimeOnly(6, 0))).Entity));
        await plant.ChangeStatus(press, AssetStatus.OutOfService); // 3 in the morning: in the night that began on Sunday
        await Record(plant, loom, null, 7);
        await Record(plant, loom, null, 2, unit: "rolls", rejected: 1);
        plant.Clock.Advance(TimeSpan.FromHours(3.5)); // half past six: after it
        await plant.ChangeStatus(fan, AssetStatus.Maintenance);
        await Record(plant, loom, null, 100);

        await using var db = plant.Read();
        var (log, day) = (await db.ShiftLog(s_monday.AddDays(-1), night, plant.Now, default), await db.ShiftLog(s_monday, null, plant.Now, default));
        Assert.Equal((Instant.From(new DateTimeOffset(2026, 3, 2, 3, 0, 0, TimeSpan.Zero)), 8 * s_hour), (log.StartsAt, log.EndsAt - log.StartsAt));
        Assert.Equal([(null, 7m, 0m), ("rolls", 2m, 1m)], log.Produced.Select(p => (p.Unit, p.Quantity.Value, p.Rejected.Value)));
        Assert.Equal(2, await log.Records(db).CountAsync());
        Assert.Equal(press, (await log.Downtimes(db).SingleAsync()).AssetId);
        Assert.Equal((true, 3 * s_hour), (log.IsWorked, log.Down));
        Assert.Equal(press, (await log.StatusChanges(db).SingleAsync()).AssetId);
        Assert.Equal((3, 2, 2), (await day.Records(db).CountAsync(), await day.Downtimes(db).CountAsync(), await day.StatusChanges(db).CountAsync()));
        Assert.Equal((24 * s_hour, 3.5 * s_hour), (day.EndsAt - day.StartsAt, day.Down));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task An_order_that_stops_its_machine_begins_a_downtime_when_it_is_started_and_so_do_those_of_its_plan(DatabaseProvider provider)
    {
        await using var plant = await Shop.OpenAsync(provider);
        var loom = await plant.AddAsset("Loom");
        var schedule = await plant.AddSchedule("PM-1", PmKind.Persistent, CatchUp.Coalesce, new Recurrence(RecurrenceFrequency.Week, s_monday), [loom]);
        await plant.WriteAsync(async db =>
        {
            var plan = await db.Find<PmSchedule>(schedule, default);
            plan.StopsAssets = true;
            Assert.True((await db.Generate(plan, s_monday, null, default)).WorkOrder.StopsAssets);
        });
    }

    private static async Task<string?> Refused(Func<Task> act) => (await Assert.ThrowsAsync<InvalidValue>(act)).Field;

    private static Task<long> AddProcess(TestPlant plant, string name, long asset) => plant.WriteAsync(async db =>
    {
        Process process = new(name);
        db.Processes.Add(process);
        await db.SaveChangesAsync();
        (await db.Find<Asset>(asset, default)).RunIn(process);
        return process.Id;
    });

    private static Task<long> AddOrder(TestPlant plant, long? asset, long? process = null) => plant.WriteAsync(async db =>
    {
        ProductionOrder order = new($"PO-{await db.NextNumber("production_order", default):D6}", "Cloth", Quantity.Of(100), "m");
        order.GoThrough(await db.FindOptional<Process>(process, default));
        if (asset is { } id) order.AssignTo(await db.Find<Asset>(id, default));
        db.ProductionOrders.Add(order);
        await db.SaveChangesAsync();
        return order.Id;
    });

    private static Task On(TestPlant plant, long order, Action<ProductionOrder, Asset> act, long? asset = null) => plant.WriteAsync(async db =>
        act(await db.Find<ProductionOrder>(order, default), (await db.FindOptional<Asset>(asset, default))!));

    private static Task<ProductionRecord> Record(TestPlant plant, long asset, long? order, decimal quantity, Instant? from = null, Instant? to = null, decimal rejected = 0, string? note = null, string? unit = null) =>
        plant.WriteAsync(async db => await db.RecordProduction(await db.Find<Asset>(asset, default), await db.FindOptional<ProductionOrder>(order, default),
            new Output(Quantity.Of(quantity), Quantity.Of(rejected), unit, from ?? db.Now, to ?? db.Now, note), default));
}
