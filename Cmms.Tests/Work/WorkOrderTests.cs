using Cmms.Domain;
using Cmms.Domain.Notifications;
using Cmms.Domain.Persistence;
using Cmms.Domain.Work;
using Cmms.Tests.Inventory;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Cmms.Domain.Work.WorkOrderTransition;

namespace Cmms.Tests.Work;

public sealed class WorkOrderTests
{
    [Theory, Sqlite, PostgreSql]
    public async Task An_order_goes_its_way_and_no_other(DatabaseProvider provider)
    {
        await using var plant = await Shop.OpenAsync(provider);
        var id = await plant.AddOrder("Look at it");
        await plant.Take(id, Start);
        await plant.Take(id, Hold);
        Assert.Equal([Resume, Complete, Cancel], (await plant.Order(id)).Transitions());
        await Assert.ThrowsAsync<InvalidTransition>(() => plant.Take(id, Start));
        await plant.Take(id, Resume);
        plant.Clock.Advance(TimeSpan.FromHours(2));
        await plant.Take(id, Complete);

        var done = await plant.Order(id);
        Assert.Equal((plant.Now, plant.Now, plant.Now - TimeSpan.FromHours(2)), (done.CompletedAt, done.ActualEndAt, done.ActualStartAt));
        Assert.Equal([Reopen], done.Transitions());
        Assert.True(done.HasRecordedWork);
        await Assert.ThrowsAsync<InvalidTransition>(() => plant.On(id, (db, o) => db.Delete(o, default)));
        await plant.Take(id, Reopen);
        Assert.Null((await plant.Order(id)).CompletedAt);
        Assert.Equal(["WorkOrderCreated", "WorkOrderStarted", "WorkOrderHeld", "WorkOrderResumed", "WorkOrderCompleted", "WorkOrderReopened"],
            await plant.ReadAsync(db => db.Events.Where(e => e.SubjectType == "WorkOrder").OrderBy(e => e.Position).Select(e => e.Type).ToListAsync()));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Moving_to_a_day_keeps_local_times_and_durations_over_the_change_of_clocks(DatabaseProvider provider)
    {
        await using var plant = await Shop.OpenAsync(provider);
        var zone = SiteZone.Of("Europe/Madrid");
        var id = await plant.AddOrder("Move me");
        var (start, end, due) = (zone.At(new(2026, 3, 27), new(8, 0)), zone.At(new(2026, 3, 27), new(12, 0)), zone.At(new(2026, 3, 28), new(8, 0)));
        await plant.On(id, (_, o) =>
        {
            o.Schedule(start, end, due);
            o.Reschedule(new DateOnly(2026, 3, 30), zone, "The plant stands still");
            return Task.CompletedTask;
        });

        var moved = await plant.Order(id);
        Assert.Equal(zone.At(new(2026, 3, 30), new(8, 0)), moved.ScheduledStartAt);
        Assert.Equal((end - start, due - start), (moved.ScheduledEndAt!.Value - moved.ScheduledStartAt!.Value, moved.DueAt!.Value - moved.ScheduledStartAt!.Value));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task An_order_is_split_by_its_assets_and_keeps_what_was_done(DatabaseProvider provider)
    {
        await using var plant = await Shop.OpenAsync(provider);
        var (a, b, c) = (await plant.AddAsset("A"), await plant.AddAsset("B"), await plant.AddAsset("C"));
        var (id, filter) = (await plant.AddOrder("Three machines", a, b, c), await plant.AddPart("Filter", 9, 1));
        await plant.Plan(id, filter, 3);
        await plant.On(id, (_, o) =>
        {
            o.SetChecklist([new("Stop it", true, plant.Now), new("Clean it")]);
            return Task.CompletedTask;
        });

        List<long> created = [];
        await plant.On(id, async (db, o) => created = [.. (await db.Split(o, [a, c], new(2026, 3, 2), default)).Select(w => w.Id)]);

        Assert.Equal(2, created.Count);
        var source = await plant.Order(id);
        Assert.Equal((b, b), (source.AssetId, source.Assets.Single().Id));
        Assert.Equal((2, 3m), (source.Checklist.Count, source.Parts.Single().Reserved.Value));
        foreach (var split in created)
        {
            var order = await plant.Order(split);
            Assert.Equal((id, 1, "Clean it"), (order.SplitFromId, order.Assets.Count, order.Checklist.Single().Text));
            Assert.Empty(order.Parts);
        }
        await Assert.ThrowsAsync<NothingToSplit>(() => plant.On(id, (db, o) => db.Split(o, [], new(2026, 3, 2), default)));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Merged_orders_live_on_in_one_and_lead_to_it(DatabaseProvider provider)
    {
        await using var plant = await Shop.OpenAsync(provider);
        var (a, b, filter) = (await plant.AddAsset("A"), await plant.AddAsset("B"), await plant.AddPart("Filter", 5, 1));
        var (kept, gone) = (await plant.AddOrder("Kept", a), await plant.AddOrder("Gone", b));
        await plant.Plan(kept, filter, 2);
        await plant.Plan(gone, filter, 3);
        var technician = await plant.Technician();
        await plant.On(gone, async (db, o) =>
        {
            o.Note("Noisy");
            o.Schedule(null, null, plant.Now);
            o.SetChecklist([new("Listen", true, plant.Now)]);
            await db.SetTechnicians(o, [technician], default);
        });

        await plant.WriteAsync(async db =>
        {
            WorkOrder[] orders = [await db.WorkOrder(kept, null, default), await db.WorkOrder(gone, null, default)];
            await db.Merge(orders, orders[0], null, default);
        });

        var (survivor, other) = (await plant.Order(kept), await plant.Order(gone));
        Assert.Equal([a, b], survivor.Assets.Select(x => x.Id).Order());
        Assert.Equal((a, 5m, "WO-000002: Noisy", plant.Now), (survivor.AssetId, survivor.Parts.Single().Reserved.Value, survivor.Notes, survivor.DueAt));
        Assert.Equal((true, plant.Now), (survivor.Checklist.Single().IsChecked, survivor.Checklist.Single().CheckedAt));
        Assert.Equal(technician, survivor.Technicians.Single().Id);
        Assert.Equal((kept, WorkOrderPhase.Cancelled), (other.MergedIntoId, other.Phase));
        Assert.Empty(other.Transitions());
        Assert.Equal((5, 5, 0, 0), await plant.Stock(filter));
        await Assert.ThrowsAsync<InvalidTransition>(() => plant.Take(gone, Reopen));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Those_who_are_new_to_an_order_are_told_and_nobody_else(DatabaseProvider provider)
    {
        await using var plant = await Shop.OpenAsync(provider);
        var (id, technician) = (await plant.AddOrder("For you"), await plant.Technician());
        await plant.On(id, (db, o) => db.SetTechnicians(o, [technician], default));
        plant.Clock.Advance(TimeSpan.FromMinutes(1));
        await plant.On(id, (db, o) => db.SetTechnicians(o, [technician], default));
        Assert.Equal(1, await plant.ReadAsync(db => db.Notifications.CountAsync(n => n.UserId == technician && n.Event == NotificationEvent.WorkOrderAssigned && n.SubjectId == id)));

        var mine = await plant.AddOrder("Mine");
        await plant.On(mine, (db, o) => db.SetTechnicians(o, [technician], default), Actor.User(technician));
        Assert.Equal(1, await plant.ReadAsync(db => db.Notifications.CountAsync()));
        var viewer = await plant.ReadAsync(db => db.Users.Where(u => u.Name == "Viewer").Select(u => u.Id).SingleAsync());
        await Assert.ThrowsAsync<InvalidValue>(() => plant.On(id, (db, o) => db.SetTechnicians(o, [viewer], default)));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_status_of_the_sites_own_moves_its_orders_before_it_goes(DatabaseProvider provider)
    {
        await using var plant = await Shop.OpenAsync(provider);
        var id = await plant.AddOrder("Wait for parts");
        var own = await plant.WriteAsync(async db =>
        {
            WorkOrderStatus status = new("Waiting for parts", WorkOrderPhase.OnHold);
            db.Add(status);
            await db.SaveChangesAsync();
            return status.Id;
        });
        await plant.On(id, async (db, o) => await db.Move(o, await db.Find<WorkOrderStatus>(own, default), null, default));
        Assert.Equal(WorkOrderPhase.OnHold, (await plant.Order(id)).Phase);

        await Assert.ThrowsAsync<InUse>(() => Remove(null));
        await Assert.ThrowsAsync<InvalidValue>(() => Remove(WorkOrderPhase.Done));
        await Remove(WorkOrderPhase.OnHold);
        Assert.Equal("On hold", (await plant.Order(id)).Status.Name);

        Task Remove(WorkOrderPhase? to) => plant.WriteAsync(async db =>
            await db.Remove(await db.Find<WorkOrderStatus>(own, default), to is { } phase ? await db.DefaultStatus(phase, default) : null, default));
    }
}
