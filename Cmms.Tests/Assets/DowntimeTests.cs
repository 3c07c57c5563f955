using System.Data.Common;
using Cmms.Domain;
using Cmms.Domain.Assets;
using Cmms.Domain.Persistence;
using Cmms.Domain.Work;
using Cmms.Tests.Policies;
using Cmms.Tests.Work;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cmms.Tests.Assets;

public sealed class DowntimeTests
{
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);

    [Theory, Sqlite, PostgreSql]
    public async Task A_status_that_is_not_operational_is_a_downtime_and_from_one_to_the_other_there_is_no_gap(DatabaseProvider provider)
    {
        await using var plant = await Shop.OpenAsync(provider);
        var press = await PolicyDesk.AddAsset(plant, "Press");
        var start = plant.Now;
        await Change(plant, press, AssetStatus.Maintenance);
        plant.Clock.Advance(s_hour);
        await Change(plant, press, AssetStatus.OutOfService, new StatusChangeDetails(MaintenanceKind.Emergency, "It burns"));
        plant.Clock.Advance(s_hour);
        await Change(plant, press, AssetStatus.Operational);
        plant.Clock.Advance(s_hour);
        await Change(plant, press, AssetStatus.Maintenance, kind: DowntimeKind.NotRequired);

        var all = await All(plant);
        Assert.Equal(
        [
            (DowntimeKind.Planned, start, start + s_hour, null),
            (DowntimeKind.Unplanned, start + s_hour, start + (2 * s_hour), "It burns"),
            (DowntimeKind.NotRequired, start + (3 * s_hour), null, null),
        ], all.Select(d => (d.Kind, d.StartedAt, d.EndedAt, d.Description)));
        Assert.All(all, d => Assert.True(d.Origin is DowntimeOrigin.Status && d.StatusChangeId is not null));
        await Assert.ThrowsAsync<StatusUnchanged>(() => Change(plant, press, AssetStatus.Maintenance));
        Assert.Equal(3, (await All(plant)).Count);
    }

    [Theory]
    [Sqlite(null, AssetStatus.Maintenance, DowntimeKind.Planned), Sqlite(null, AssetStatus.OutOfService, DowntimeKind.Unplanned)]
    [Sqlite(MaintenanceKind.Corrective, AssetStatus.Maintenance, DowntimeKind.Unplanned), Sqlite(MaintenanceKind.Emergency, AssetStatus.Maintenance, DowntimeKind.Unplanned)]
    [Sqlite(MaintenanceKind.Preventive, AssetStatus.OutOfService, DowntimeKind.Planned), Sqlite(MaintenanceKind.Inspection, AssetStatus.OutOfService, DowntimeKind.Planned)]
    [Sqlite(MaintenanceKind.Improvement, AssetStatus.Maintenance, DowntimeKind.Planned)]
    public async Task What_is_not_said_of_its_kind_follows_from_the_maintenance_and_the_status(DatabaseProvider provider, MaintenanceKind? maintenance, AssetStatus status, DowntimeKind expected)
    {
        await using var plant = await Shop.OpenAsync(provider);
        await Change(plant, await PolicyDesk.AddAsset(plant, "Press"), status, new StatusChangeDetails(maintenance));
        Assert.Equal(expected, Assert.Single(await All(plant)).Kind);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_clock_that_is_set_back_makes_neither_gap_nor_overlap(DatabaseProvider provider)
    {
        await using var plant = await Shop.OpenAsync(provider);
        var press = await PolicyDesk.AddAsset(plant, "Press");
        await Change(plant, press, AssetStatus.Maintenance);
        var start = plant.Now;
        plant.Clock.MoveTo((start - TimeSpan.FromDays(1)).ToDateTimeOffset());
        await Change(plant, press, AssetStatus.OutOfService);
        await Change(plant, press, AssetStatus.Operational);
        Assert.Equal([(start, start), (start, start)], (await All(plant)).Select(d => (d.StartedAt, d.EndedAt!.Value)));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task What_is_recorded_by_hand_may_lie_in_the_past_and_overlaps_nothing(DatabaseProvider provider)
    {
        await using var plant = await Shop.OpenAsync(provider);
        var (press, mixer) = (await PolicyDesk.AddAsset(plant, "Press"), await PolicyDesk.AddAsset(plant, "Mixer"));
        var now = plant.Now;
        Instant Ago(double hours) => now - TimeSpan.FromHours(hours);
        await Record(plant, press, Ago(8), Ago(6));
        foreach (var (start, end) in ((Instant, Instant?)[])[(Ago(7), Ago(5)), (Ago(9), Ago(7)), (Ago(9), Ago(5)), (Ago(7.5), Ago(7)), (Ago(9), null), (Ago(7), null)])
        {
            var error = await Assert.ThrowsAsync<OverlappingDowntime>(() => Record(plant, press, start, end));
            Assert.Equal((Ago(8), Ago(6)), (error.StartedAt, error.EndedAt));
        }
        await Record(plant, press, Ago(6), Ago(5)); // half-open: the end is not part of it
        await Record(plant, press, Ago(10), Ago(8));
        await Record(plant, mixer, Ago(7), Ago(5));
        await Record(plant, press, Ago(4), null);
        Assert.Null((await Assert.ThrowsAsync<OverlappingDowntime>(() => Record(plant, press, Ago(1), Ago(0.5)))).EndedAt);

        Assert.Equal("endedAt", (await Assert.ThrowsAsync<EndBeforeStart>(() => Record(plant, mixer, Ago(2), Ago(3)))).Field);
        Assert.Equal("endedAt", (await Assert.ThrowsAsync<InvalidValue>(() => Record(plant, mixer, Ago(2), Ago(2)))).Field);
        Assert.Equal("startedAt", (await Assert.ThrowsAsync<InvalidValue>(() => Record(plant, mixer, Ago(-1), null))).Field);
        Assert.Equal("endedAt", (await Assert.ThrowsAsync<InvalidValue>(() => Record(plant, mixer, Ago(1), Ago(-1)))).Field);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task One_that_goes_on_is_closed_by_hand_unless_a_status_holds_it(DatabaseProvider provider)
    {
        await using var plant = await Shop.OpenAsync(provider);
        var press = await PolicyDesk.AddAsset(plant, "Press");
        var start = plant.Now - s_hour;
        var id = await Record(plant, press, start, null);
        await Assert.ThrowsAsync<EndBeforeStart>(() => Close(plant, id, start - s_hour));
        Assert.Equal("endedAt", (await Assert.ThrowsAsync<InvalidValue>(() => Close(plant, id, plant.Now + s_hour))).Field);
        await Close(plant, id, plant.Now);
        await Assert.ThrowsAsync<InvalidTransition>(() => Close(plant, id, plant.Now));

        await Change(plant, press, AssetStatus.OutOfService);
        var held = (await All(plant))[^1];
        plant.Clock.Advance(s_hour);
        await Assert.ThrowsAsync<InvalidTransition>(() => Close(plant, held.Id, plant.Now));
        await Change(plant, press, AssetStatus.Operational);
        Assert.Equal(plant.Now, (await All(plant))[^1].EndedAt);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task An_order_ends_what_it_began_and_nothing_else(DatabaseProvider provider)
    {
        await using var plant = await Shop.OpenAsync(provider);
        var (press, mixer) = (await PolicyDesk.AddAsset(plant, "Press"), await PolicyDesk.AddAsset(plant, "Mixer"));
        await Change(plant, mixer, AssetStatus.Maintenance);
        var order = await plant.AddOrder("Repair", press, mixer);
        await plant.On(order, async (db, o) =>
        {
            await db.Take(o, WorkOrderTransition.Start, null, default);
            await db.StopAssets(o, default);
        });
        var begun = Assert.Single(await All(plant), d => d.AssetId == press);
        Assert.Equal((DowntimeOrigin.WorkOrder, DowntimeKind.Unplanned, order), (begun.Origin, begun.Kind, begun.WorkOrderId));
        plant.Clock.Advance(s_hour);
        await plant.Take(order, WorkOrderTransition.Complete);
        var all = await All(plant);
        Assert.Equal(plant.Now, all.Single(d => d.AssetId == press).EndedAt);
        Assert.Null(all.Single(d => d.AssetId == mixer).EndedAt);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task An_order_that_takes_anothers_work_over_ends_what_that_began(DatabaseProvider provider)
    {
        await using var plant = await Shop.OpenAsync(provider);
        var (press, mixer) = (await PolicyDesk.AddAsset(plant, "Press"), await PolicyDesk.AddAsset(plant, "Mixer"));
        var (one, other) = (await plant.AddOrder("Repair", press), await plant.AddOrder("Repair too", mixer));
        await plant.On(other, (db, o) => db.StopAssets(o, default));
        await plant.WriteAsync(async db =>
        {
            List<WorkOrder> orders = [await db.WorkOrder(one, null, default), await db.WorkOrder(other, null, default)];
            await db.Merge(orders, orders[0], null, default);
        });
        Assert.True(Assert.Single(await All(plant)).IsOpen);
        await plant.Take(one, WorkOrderTransition.Start);
        await plant.Take(one, WorkOrderTransition.Complete);
        Assert.False(Assert.Single(await All(plant)).IsOpen);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task What_an_hour_costs_is_that_of_its_beginning(DatabaseProvider provider)
    {
        await using var plant = await Shop.OpenAsync(provider);
        var press = await PolicyDesk.AddAsset(plant, "Press");
        await plant.WriteAsync(async db => (await db.Find<Asset>(press, default)).DowntimeCostPerHour = Money.Cost(120.50m));
        await Change(plant, press, AssetStatus.Maintenance);
        await plant.WriteAsync(async db => (await db.Find<Asset>(press, default)).DowntimeCostPerHour = Money.Cost(999m));
        var going = Assert.Single(await All(plant));
        Assert.Equal((Money.Cost(180.75m), TimeSpan.FromMinutes(90)), (going.Cost(going.StartedAt + TimeSpan.FromMinutes(90)), going.Length(going.StartedAt + TimeSpan.FromMinutes(90))));
        Assert.Equal(TimeSpan.Zero, going.Length(going.StartedAt - s_hour));
    }

    /// <summary>Whatever way somebody writes here.</summary>
    [Theory, Sqlite, PostgreSql]
    public async Task The_database_refuses_overlaps_and_changes_of_history_to_hand_written_SQL(DatabaseProvider provider)
    {
        await using var plant = await Shop.OpenAsync(provider);
        var press = await PolicyDesk.AddAsset(plant, "Press");
        var id = await Record(plant, press, plant.Now - (3 * s_hour), plant.Now - s_hour);
        await Change(plant, press, AssetStatus.Maintenance);
        const string columns = "asset_id, kind, origin, version, created_at, updated_at, created_by, updated_by, customer_id, site_id";
        var (begins, hour) = provider is DatabaseProvider.Sqlite ? ("started_at", "3600000000") : ("started_at", "interval '1 hour'");
        foreach (var (from, to) in ((string, string)[])[(begins, $"{begins} + {hour}"), ($"{begins} + {hour}", $"{begins} + 4 * {hour}"), ($"{begins} - {hour}", "NULL"), ($"{begins} + 9 * {hour}", "NULL"), ($"{begins} + 9 * {hour}", $"{begins} + 10 * {hour}")])
            await RefusesAsync($"INSERT INTO downtime ({columns}, started_at, ended_at) SELECT {columns}, {from}, {to} FROM downtime WHERE id = {id}");
        await RefusesAsync($"UPDATE downtime SET started_at = started_at - {hour} WHERE id = {id}");
        await RefusesAsync($"UPDATE downtime SET ended_at = NULL WHERE id = {id}");
        await RefusesAsync("DELETE FROM downtime");
        await RefusesAsync("UPDATE status_change SET reason = 'It was somebody else'");
        await RefusesAsync("DELETE FROM status_change");
        await plant.Database.ExecuteAsync($"INSERT INTO downtime ({columns}, started_at, ended_at) SELECT {columns}, {begins} - 4 * {hour}, {begins} - 3 * {hour} FROM downtime WHERE id = {id}");
        Assert.Equal(3, (await All(plant)).Count);

        async Task RefusesAsync(string sql) => Assert.True(await TryAsync(async () => await plant.Database.ExecuteAsync(sql)) is not null, sql);
        static async Task<DbException?> TryAsync(Func<Task> act)
        {
            try
            {
                await act();
                return null;
            }
            catch (DbException refused)
            {
                return refused;
            }
        }
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Of_many_who_record_at_once_one_is_first_and_the_others_are_told(DatabaseProvider provider)
    {
        await using var plant = await Shop.OpenAsync(provider);
        var press = await PolicyDesk.AddAsset(plant, "Press");
        var (start, end) = (plant.Now - (2 * s_hour), plant.Now - s_hour);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(async i =>
        {
            try
            {
                await Record(plant, press, start + TimeSpan.FromMinutes(i), end + TimeSpan.FromMinutes(i));
                return true;
            }
            catch (OverlappingDowntime)
            {
                return false;
            }
        }));
        Assert.Single(outcomes, true);
        Assert.Single(await All(plant));
    }

    private static Task<long> Record(TestPlant plant, long asset, Instant start, Instant? end) => plant.WriteAsync(async db =>
    {
        var downtime = await db.RecordDowntime(await db.Find<Asset>(asset, default), DowntimeKind.Unplanned, start, end, null, default);
        await db.SaveChangesAsync();
        return downtime.Id;
    });

    private static Task Close(TestPlant plant, long id, Instant at) => plant.WriteAsync(async db => await db.CloseDowntime(await db.Find<Downtime>(id, default), at, default));

    private static Task<StatusChange> Change(TestPlant plant, long asset, AssetStatus to, StatusChangeDetails? details = null, DowntimeKind? kind = null) => plant.WriteAsync(async db =>
        await db.ChangeStatus(await db.Find<Asset>(asset, default), to, Reason.Of("Seen on the round this morning"), db.Actor, db.Now, details, kind, default));

    private static Task<List<Downtime>> All(TestPlant plant) => plant.ReadAsync(db => db.Downtimes.OrderBy(d => d.StartedAt).ThenBy(d => d.Id).ToListAsync());
}
