using Cmms.Domain;
using Cmms.Domain.Persistence;
using Cmms.Domain.Planning;
using Cmms.Domain.Work;
using Cmms.Tests.Inventory;
using Cmms.Tests.Work;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cmms.Tests.Planning;

public sealed class PmGenerationTests
{
    private static readonly Recurrence Monthly = new(RecurrenceFrequency.Month, new(2026, 3, 10), timeOfDay: new(8, 0));

    [Theory, Sqlite, PostgreSql]
    public async Task A_date_has_one_order_for_its_assets_and_another_for_those_that_come_later(DatabaseProvider provider)
    {
        await using var plant = await Shop.OpenAsync(provider);
        var (a, b, c) = (await plant.AddAsset("A"), await plant.AddAsset("B"), await plant.AddAsset("C"));
        var filter = await plant.AddPart("Filter", 3, 1);
        var pm = await plant.AddPm(PmKind.Persistent, Monthly, [a, b, c], filter);

        var first = await plant.Generate(pm, new(2026, 3, 10), a);
        var again = await plant.Generate(pm, new(2026, 3, 10), a);
        var rest = await plant.Generate(pm, new(2026, 3, 10));
        var all = await plant.Generate(pm, new(2026, 3, 10));

        Assert.Equal((true, false, true, false), (first.IsNew, again.IsNew, rest.IsNew, all.IsNew));
        Assert.Equal(first.WorkOrder.Id, again.WorkOrder.Id);
        Assert.Equal([b, c], (await plant.Order(rest.WorkOrder.Id)).Assets.Select(x => x.Id).Order());
        // Two of the filters were there for the first, one for the second, which is short of the other.
        Assert.Equal((3, 3, 0, 1), await plant.Stock(filter));
        var order = await plant.Order(first.WorkOrder.Id);
        Assert.Equal((WorkOrderType.Preventive, "Clean", new DateOnly(2026, 3, 10)), (order.Type, order.Checklist.Single().Text, order.PmScheduledFor));
        Assert.Equal(order.ScheduledStartAt + TimeSpan.FromHours(4), order.DueAt);
        await Assert.ThrowsAsync<InvalidValue>(() => plant.Generate(pm, new(2026, 3, 11)));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Those_who_generate_the_same_date_at_once_get_the_same_order(DatabaseProvider provider)
    {
        await using var plant = await Shop.OpenAsync(provider);
        var pm = await plant.AddPm(PmKind.Persistent, Monthly, []);

        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => plant.Generate(pm, new(2026, 3, 10)))));

        Assert.Single(made, g => g.IsNew);
        Assert.Single(made.Select(g => g.WorkOrder.Id).Distinct());
        Assert.Equal(1, await plant.ReadAsync(db => db.WorkOrders.CountAsync()));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_floating_schedule_waits_for_its_order_and_again_when_that_is_reopened(DatabaseProvider provider)
    {
        await using var plant = await Shop.OpenAsync(provider);
        var pm = await plant.AddPm(PmKind.Floating, Monthly, []);
        Assert.Equal(new DateOnly(2026, 3, 10), (await plant.Pm(pm)).NextScheduledFor);

        var order = (await plant.Generate(pm, new(2026, 3, 10))).WorkOrder.Id;
        Assert.Equal((PmStatus.Planned, null), ((await plant.Pm(pm)).Status, (await plant.Pm(pm)).NextOrderAt));
        await Assert.ThrowsAsync<InvalidValue>(() => plant.Generate(pm, new(2026, 4, 10)));

        plant.Clock.MoveTo(new(2026, 3, 20, 12, 0, 0, TimeSpan.Zero));
        await plant.Take(order, WorkOrderTransition.Complete);
        Assert.Equal(new DateOnly(2026, 4, 20), (await plant.Pm(pm)).NextScheduledFor);

        await plant.Take(order, WorkOrderTransition.Reopen);
        Assert.Null((await plant.Pm(pm)).NextOrderAt);
        plant.Clock.MoveTo(new(2026, 3, 25, 12, 0, 0, TimeSpan.Zero));
        await plant.Take(order, WorkOrderTransition.Complete);
        Assert.Equal(new DateOnly(2026, 4, 25), (await plant.Pm(pm)).NextScheduledFor);

        // Given up counts as done on that day, and is on record as skipped.
        var next = (await plant.Generate(pm, new(2026, 4, 25))).WorkOrder.Id;
        plant.Clock.MoveTo(new(2026, 4, 27, 12, 0, 0, TimeSpan.Zero));
        await plant.Take(next, WorkOrderTransition.Cancel);
        Assert.Equal(new DateOnly(2026, 5, 27), (await plant.Pm(pm)).NextScheduledFor);
        Assert.Equal([OccurrenceOutcome.Generated, OccurrenceOutcome.Skipped], await plant.ReadAsync(db => db.DatedOccurrences.OrderBy(o => o.Id).Select(o => o.Outcome).ToListAsync()));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_split_holds_a_floating_schedule_until_the_last_order_is_done_and_a_merge_until_the_survivor_is(DatabaseProvider provider)
    {
        await using var plant = await Shop.OpenAsync(provider);
        var (a, b) = (await plant.AddAsset("A"), await plant.AddAsset("B"));
        var pm = await plant.AddPm(PmKind.Floating, Monthly, [a, b]);
        var order = (await plant.Generate(pm, new(2026, 3, 10))).WorkOrder.Id;
        long split = 0;
        await plant.On(order, async (db, o) => split = (await db.Split(o, [b], new(2026, 3, 2), default)).Single().Id);

        await plant.Take(order, WorkOrderTransition.Complete);
        Assert.Null((await plant.Pm(pm)).NextOrderAt);

        var other = await plant.WriteAsync(async db =>
        {
            WorkOrder made = new(await db.NextWorkOrderCode(default), "Another", WorkOrderType.Preventive, await db.DefaultStatus(WorkOrderPhase.Pending, default));
            db.Add(made);
            await db.SaveChangesAsync();
            return made.Id;
        });
        await plant.WriteAsync(async db =>
        {
            WorkOrder[] both = [await db.WorkOrder(split, null, default), await db.WorkOrder(other, null, default)];
            await db.Merge(both, both[1], null, default);
        });
        Assert.Null((await plant.Pm(pm)).NextOrderAt);
        Assert.Equal(other, (await plant.Generate(pm, new(2026, 3, 10), b)).WorkOrder.Id);

        plant.Clock.MoveTo(new(2026, 3, 12, 12, 0, 0, TimeSpan.Zero));
        await plant.Take(other, WorkOrderTransition.Complete);
        Assert.Equal(new DateOnly(2026, 4, 12), (await plant.Pm(pm)).NextScheduledFor);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_deleted_order_leaves_its_date_skipped_and_holds_nothing(DatabaseProvider provider)
    {
        await using var plant = await Shop.OpenAsync(provider);
        var pm = await plant.AddPm(PmKind.Floating, Monthly, []);
        var order = (await plant.Generate(pm, new(2026, 3, 10))).WorkOrder.Id;

        plant.Clock.MoveTo(new(2026, 3, 11, 12, 0, 0, TimeSpan.Zero));
        await plant.On(order, (db, o) => db.Delete(o, default));

        Assert.Equal(OccurrenceOutcome.Skipped, await plant.ReadAsync(db => db.DatedOccurrences.Select(o => o.Outcome).SingleAsync()));
        Assert.Equal(new DateOnly(2026, 4, 11), (await plant.Pm(pm)).NextScheduledFor);
        Assert.NotEqual(order, (await plant.Generate(pm, new(2026, 3, 10))).WorkOrder.Id);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Skipped_and_moved_dates_leave_the_series_as_it_is(DatabaseProvider provider)
    {
        await using var plant = await Shop.OpenAsync(provider);
        var pm = await plant.AddPm(PmKind.Persistent, Monthly, []);

        await plant.OnPm(pm, (db, s) => db.Skip(s, new(2026, 4, 10), "Shutdown", default));
        Assert.Equal(new DateOnly(2026, 3, 10), (await plant.Pm(pm)).NextScheduledFor);
        await plant.OnPm(pm, (db, s) => db.Skip(s, new(2026, 3, 10), null, default));
        Assert.Equal(new DateOnly(2026, 5, 10), (await plant.Pm(pm)).NextScheduledFor);
        await Assert.ThrowsAsync<InvalidValue>(() => plant.OnPm(pm, (db, s) => db.Skip(s, new(2026, 3, 10), null, default)));
        await Assert.ThrowsAsync<InvalidValue>(() => plant.OnPm(pm, (db, s) => db.Skip(s, new(2026, 5, 11), null, default)));

        await plant.OnPm(pm, (db, s) => db.Reschedule(s, new(2026, 5, 10), new(2026, 5, 20), "Later", default));
        var moved = await plant.Pm(pm);
        Assert.Equal((new DateOnly(2026, 5, 10), SiteZone.Of("America/Bogota").At(new(2026, 5, 20), new(8, 0))), (moved.NextScheduledFor!.Value, moved.NextOrderAt!.Value));
        await Assert.ThrowsAsync<InvalidValue>(() => plant.OnPm(pm, (db, s) => db.Reschedule(s, new(2026, 5, 10), new(2026, 6, 11), null, default)));
        await Assert.ThrowsAsync<InvalidValue>(() => plant.OnPm(pm, (db, s) => db.Reschedule(s, new(2026, 5, 10), new(2026, 3, 1), null, default)));

        var order = await plant.Order((await plant.Generate(pm, new(2026, 5, 10))).WorkOrder.Id);
        Assert.Equal((moved.NextOrderAt, new DateOnly(2026, 5, 10)), (order.ScheduledStartAt, order.PmScheduledFor));
        await Assert.ThrowsAsync<InvalidValue>(() => plant.OnPm(pm, (db, s) => db.Skip(s, new(2026, 5, 10), null, default)));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_schedule_that_comes_once_is_done_after_it(DatabaseProvider provider)
    {
        await using var plant = await Shop.OpenAsync(provider);
        var pm = await plant.AddPm(PmKind.OneTime, Monthly, []);
        await plant.Generate(pm, new(2026, 3, 10));
        Assert.Equal(PmStatus.Done, (await plant.Pm(pm)).Status);
    }
}

/// <summary>Short words for what the tests of planning do again and again.</summary>
internal static class Plans
{
    public static Task<long> AddPm(this TestPlant plant, PmKind kind, Recurrence recurrence, long[] assetIds, long? partId = null) => plant.WriteAsync(async db =>
    {
        PmSchedule schedule = new(await db.NextPmCode(default), "Clean the filters", kind, recurrence) { TimeToComplete = TimeSpan.FromHours(4) };
        db.Add(schedule);
        await db.SaveChangesAsync();
        await db.SetAssets(schedule, assetIds, default);
        await db.SetChecklist(schedule, ["Clean"], default);
        if (partId is { } part) await db.SetParts(schedule, [new(part, Shelf.Q(2))], default);
        await db.Replan(schedule, default);
        return schedule.Id;
    });

    public static Task OnPm(this TestPlant plant, long id, Func<CmmsDb, PmSchedule, Task> act) => plant.WriteAsync(async db => await act(db, await db.Find<PmSchedule>(id, default)));

    public static Task<Generated> Generate(this TestPlant plant, long id, DateOnly date, params long[] assetIds) => plant.WriteAsync(async db =>
    {
        var schedule = await db.Find<PmSchedule>(id, default);
        var generated = await db.Generate(schedule, date, assetIds, default);
        await db.Replan(schedule, default);
        return generated;
    });

    public static Task<PmSchedule> Pm(this TestPlant plant, long id) => plant.ReadAsync(db => db.PmSchedules.SingleAsync(s => s.Id == id));
}
