using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cmms.Domain;
using Cmms.Domain.Demo;
using Cmms.Domain.Inventory;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Persistence.Sql;
using Cmms.Domain.Policies;
using Cmms.Domain.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Xunit;

namespace Cmms.Tests.Demo;

public sealed class DemoPlantTests(DemoPlants plants) : IClassFixture<DemoPlants>
{
    private static readonly Instant s_now = DemoPlants.Now;
    private static readonly JsonSerializerOptions s_json = new() { IncludeFields = true, ReferenceHandler = ReferenceHandler.IgnoreCycles };

    [Theory, Sqlite, PostgreSql]
    public async Task The_demo_plant_is_what_the_README_promises(DatabaseProvider provider)
    {
        var database = await plants.On(provider);
        await using var all = database.For(Scope.System);
        var customer = (await all.Customers.SingleAsync()).Id;
        var sites = await all.Sites.ToDictionaryAsync(s => s.Code, s => s);
        Assert.Equal(["DEPOT", "PLANT"], sites.Keys.Order());
        Assert.NotEqual(sites["PLANT"].TimeZone, sites["DEPOT"].TimeZone);
        await using var plant = database.For(Scope.Site(customer, sites["PLANT"].Id));
        await using var depot = database.For(Scope.Site(customer, sites["DEPOT"].Id));

        await HasItsFigures(plant, depot);
        await HasItsSamples(plant);
        await HasItsPeople(all, sites["PLANT"].Id);
        foreach (var site in (CmmsDb[])[plant, depot]) await IsSound(site);

        var events = await all.EventHeads.Select(h => h.Position).SingleAsync();
        Assert.False(await DemoPlant.SeedAsync(database.Factory, s_now));
        await using var after = database.For(Scope.System);
        Assert.Equal(events, await after.EventHeads.Select(h => h.Position).SingleAsync());
    }

    [Theory, Sqlite, PostgreSql]
    public async Task The_same_moment_makes_the_same_plant_row_for_row_on_either_database(DatabaseProvider provider)
    {
        await using var again = await DemoPlants.SeedAsync(DatabaseProvider.Sqlite);
        var (expected, actual) = (await RowsAsync(await plants.On(provider)), await RowsAsync(again));
        Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
        Assert.True(expected.Values.Sum(rows => rows.Count) > 20_000);
        List<string> differences = [];
        foreach (var (table, rows) in expected)
            differences.AddRange(rows.Except(actual[table]).Take(3).Select(row => $"{table} lacks {row}").Concat(actual[table].Except(rows).Take(3).Select(row => $"{table} has {row}")));
        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    [Fact]
    public async Task A_database_with_a_customer_is_left_alone()
    {
        await using var plant = await TestPlant.CreateAsync(DatabaseProvider.Sqlite);
        Assert.False(await DemoPlant.SeedAsync(plant.Database.Factory, s_now));
        Assert.Equal(0, await plant.ReadAsync(db => db.Users.CountAsync()));
    }

    /// <summary>Every row of every table that both databases have, key by key: ids, codes, quantities, instants and all the rest.</summary>
    private static async Task<Dictionary<string, List<string>>> RowsAsync(TestDatabase database)
    {
        Dictionary<string, List<string>> tables = [];
        await using var db = database.For(Scope.System);
        foreach (var type in db.Model.GetEntityTypes().Where(t => t.FindPrimaryKey() is not null && !t.IsOwned() && t.ClrType != typeof(RateBucket)))
        {
            var read = (Task<List<string>>)typeof(DemoPlantTests).GetMethod(nameof(RowsOf), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type.ClrType).Invoke(null, [db, type])!;
            tables.Add(type.Name, await read);
        }
        return tables;
    }

    private static async Task<List<string>> RowsOf<T>(CmmsDb db, IEntityType type) where T : class
    {
        var set = type.HasSharedClrType ? db.Set<T>(type.Name) : db.Set<T>();
        var rows = await set.IgnoreQueryFilters().IgnoreAutoIncludes().AsTracking().ToListAsync();
        var read = rows.ConvertAll(row => db.Entry(row)).Where(row => row.Metadata == type)
            .Select(row => string.Join(" | ", type.GetProperties().OrderBy(p => p.IsPrimaryKey() ? 0 : 1).ThenBy(p => p.Name, StringComparer.Ordinal)
                .Select(p => $"{p.Name}={JsonSerializer.Serialize(row.CurrentValues[p], s_json)}"))).Order(StringComparer.Ordinal).ToList();
        db.ChangeTracker.Clear();
        return read;
    }

    private static async Task HasItsFigures(CmmsDb plant, CmmsDb depot)
    {
        Assert.Equal(120, await plant.Assets.CountAsync() + await depot.Assets.CountAsync());
        Assert.Equal(300, await plant.Parts.CountAsync() + await depot.Parts.CountAsync());
        Assert.Equal(2000, await plant.WorkOrders.CountAsync() + await depot.WorkOrders.CountAsync());
        Assert.Equal(40, await plant.PmSchedules.CountAsync() + await depot.PmSchedules.CountAsync());
        Assert.True(await plant.Locations.CountAsync() >= 12);
        Assert.InRange(await plant.WorkOrders.CountAsync(o => o.Phase == WorkOrderPhase.Done), 1400, 1680);
        Assert.True(await plant.WorkOrders.CountAsync(o => o.Phase != WorkOrderPhase.Done && o.Phase != WorkOrderPhase.Cancelled && o.DueAt < s_now) > 3);
        Assert.True(await plant.WorkOrders.CountAsync(o => o.Phase == WorkOrderPhase.Pending && o.ScheduledStartAt > s_now) >= 40);
        Assert.True(await plant.WorkOrders.Select(o => o.CreatedAt).MinAsync() < s_now - TimeSpan.FromDays(700));
        Assert.True(await plant.PurchaseRequests.AnyAsync());
        Assert.True(await plant.Notifications.AnyAsync());
        Assert.True(await plant.StatusChanges.AnyAsync());
    }

    private static async Task HasItsSamples(CmmsDb plant)
    {
        var filter = await plant.Parts.Include(p => p.Storeroom).SingleAsync(p => p.Number == "FL_A");
        Assert.Equal(("Air Filter", "Main Warehouse"), (filter.Name, filter.Storeroom!.Name));
        Assert.Equal((10m, 10m, 5m, 12m, 0m, false), (filter.OnHand.Value, filter.Available.Value, filter.Minimum!.Value.Value, filter.Desired!.Value.Value, filter.OnOrder.Value, filter.IsLow));

        var codes = await plant.Assets.Select(a => a.Code).ToListAsync();
        Assert.All(["AST-001", "FRZ-01", "TEL-01", "CONV-02", "BS-001"], code => Assert.Contains(code, codes));
        Assert.Equal("Building A > Main Conference Room", await plant.Assets.Where(a => a.Name == "Air Purifier").Select(a => a.Location!.Path).SingleAsync());
        var hygiene = await plant.Resources.Include(r => r.Asset).SingleAsync(r => r.Code == "BS-001");
        Assert.Equal(("Batería Sanitaria Hombre", "BASE PEISOL", null), (hygiene.Name, hygiene.CurrentLocation, hygiene.CurrentProjectId));

        var hvac = await plant.PmSchedules.SingleAsync(s => s.Title == "HVAC filter replacement");
        Assert.Equal((new DateOnly(2025, 2, 18), new DateOnly(2026, 2, 18), new DateOnly(2026, 7, 18)), (hvac.Recurrence.StartDate, hvac.LastScheduledFor, hvac.NextScheduledFor));
        Assert.Equal(3, await plant.WorkOrders.CountAsync(o => o.PmScheduleId == hvac.Id));

        var newest = await plant.WorkOrders.Include(o => o.Asset).Include(o => o.Parts).Where(o => o.Phase == WorkOrderPhase.InProgress).OrderByDescending(o => o.CreatedAt).ThenByDescending(o => o.Id).FirstAsync();
        Assert.Equal(("Replace drive belt", "CONV-02"), (newest.Title, newest.Asset!.Code));
    }

    private static async Task HasItsPeople(CmmsDb all, long site)
    {
        foreach (var role in Enum.GetValues<Role>())
        {
            var caller = await all.FindCaller($"demo-{role.ToString().ToLowerInvariant()}", s_now, default);
            Assert.Equal(role, caller!.Sites.Single(s => s.Id == site).Role);
        }
    }

    /// <summary>The ledger adds up, nothing happened in the future, and no policy finds anything that it would have done.</summary>
    private static async Task IsSound(CmmsDb site)
    {
        Assert.Empty(await site.VerifyStock(default));
        Assert.Equal(0, await site.WorkOrders.CountAsync(o => o.CreatedAt > s_now || o.CompletedAt > s_now || o.ActualEndAt < o.ActualStartAt || o.CompletedAt < o.CreatedAt));
        Assert.Equal(0, await site.PmSchedules.CountAsync(s => s.NextOrderAt <= s_now));
        foreach (var policy in PolicyCatalog.All)
            Assert.Empty((await PolicyRunner.Evaluate(site, policy, s_now, null, default)).Findings);
    }
}
