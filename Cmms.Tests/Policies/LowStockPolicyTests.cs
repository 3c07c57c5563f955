using Cmms.Domain;
using Cmms.Domain.Inventory;
using Cmms.Domain.Notifications;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Policies;
using Cmms.Tests.Inventory;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Cmms.Tests.Inventory.Shelf;
using static Cmms.Tests.Policies.PolicyDesk;

namespace Cmms.Tests.Policies;

public sealed class LowStockPolicyTests
{
    [Theory, Sqlite, PostgreSql]
    public async Task A_fall_to_the_minimum_orders_what_is_missing_and_tells_those_who_buy(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var manager = await plant.AddUser("manager", Role.Manager);
        await plant.AddUser("technician", Role.Technician);
        var id = await plant.AddPart("Air Filter", 10, 20, minimum: 5, desired: 8);
        var vendor = await Sell(plant, id, "Filters Inc", leadTime: 3);
        Assert.Equal(0, await plant.Sweep(LowStock));
        await Use(plant, id, 6);

        var preview = Assert.Single((await plant.PreviewAlone(LowStock)).Findings);
        const string why = "4 of Air Filter are available, the minimum is 5; 8 are desired and 0 on order, so 4 are ordered from Filters Inc.";
        Assert.Equal(why, preview.Decision.Explanation);
        Assert.Equal(1, await plant.Sweep(LowStock));

        var request = Assert.Single(await plant.Purchases());
        Assert.Equal((vendor, new DateOnly(2026, 3, 5), why), (request.VendorId, request.NeedByDate, request.Explanation));
        Assert.Equal((id, Q(4)), (Assert.Single(request.Lines).PartId, request.Lines[0].Quantity));
        Assert.Equal(Q(4), (await plant.Part(id)).OnOrder);
        var told = Assert.Single(await plant.Notifications());
        Assert.Equal((manager, NotificationEvent.PartLowStock, why, id), (told.UserId, told.Event, told.Body, told.SubjectId));
        var firing = Assert.Single(await plant.Firings(LowStock));
        Assert.Equal((why, id), (firing.Explanation, firing.SubjectId));
        Assert.Contains("\"available\":4", firing.Facts, StringComparison.Ordinal);
        Assert.Contains("Reorder low stock", firing.Facts, StringComparison.Ordinal);

        Assert.Equal(0, await plant.Sweep(LowStock));
        Assert.Single(await plant.Purchases());
    }

    [Theory, Sqlite, PostgreSql]
    public async Task What_is_missing_of_one_vendor_is_one_request_until_somebody_agrees_to_it(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        await plant.AddUser("manager", Role.Manager);
        List<long> parts = [];
        foreach (var name in (string[])["Filter", "Belt", "Seal"]) parts.Add(await plant.AddPart(name, 4, 2, minimum: 5, desired: 8));
        var vendor = await Sell(plant, parts[0], "Supplies Inc", leadTime: 9);
        foreach (var (part, days) in new[] { (parts[1], 3), (parts[2], 5) })
        {
            await plant.WriteAsync(async db =>
            {
                var sold = await db.Find<Part>(part, default);
                sold.LeadTime = days;
                await db.SetVendorParts(sold, [new VendorOffer(vendor, IsPreferred: true)], default);
            });
        }
        var lonely = await plant.AddPart("Bolt", 1, 2, minimum: 5, desired: 8);
        Assert.Equal(4, await plant.Sweep(LowStock));

        var (together, alone) = (await plant.Purchases()) is [var first, var second] ? (first, second) : throw new Xunit.Sdk.XunitException("not two requests");
        Assert.Equal((vendor, new DateOnly(2026, 3, 5)), (together.VendorId, together.NeedByDate));
        Assert.Equal(parts, together.Lines.Select(l => l.PartId).Order());
        Assert.Equal(together.Lines.OrderBy(l => l.Id).Select(l => l.Explanation), together.Explanation!.Split('\n'));
        Assert.Equal((null, lonely), (alone.VendorId, Assert.Single(alone.Lines).PartId));
        Assert.All(parts, async part => Assert.Equal(Q(4), (await plant.Part(part)).OnOrder));

        // Once somebody has agreed, what falls next is a request of its own; a line that has come is open no more.
        await plant.WriteAsync(async db =>
        {
            var request = await db.Find<PurchaseRequest>(together.Id, default);
            request.Approve(db.Actor, db.Now);
            await db.ReceivePurchase(request, [new Receipt(parts[0], Q(4))], null, null, default);
        });
        await Use(plant, parts[0], 5);
        Assert.Equal(1, await plant.Sweep(LowStock));
        Assert.Equal(parts[0], Assert.Single((await plant.Purchases())[2].Lines).PartId);
        await plant.WriteAsync(async db => await db.CancelPurchase(await db.Find<PurchaseRequest>(together.Id, default), "Too late", default));
        Assert.Equal(["low-stock-reorder:" + parts[0], "low-stock-reorder:" + lonely], await plant.ReadAsync(db => db.PurchaseLines.Where(l => l.ClaimKey != null).OrderBy(l => l.PartId).Select(l => l.ClaimKey).ToListAsync()));
        Assert.Empty(await plant.ReadAsync(db => db.VerifyStock(default)));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Several_workers_at_once_order_once(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        foreach (var i in Enumerable.Range(0, 12)) await plant.AddPart($"Part {i}", 0, 1, minimum: 5, desired: 8);
        var applied = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => plant.Sweep(LowStock))));
        Assert.Equal(12, applied.Sum());
        Assert.Equal(12, (await plant.Purchases()).SelectMany(r => r.Lines).Select(l => l.PartId).Distinct().Count());
        Assert.Equal(12, (await plant.Purchases()).Count);
        Assert.Equal(0, await plant.ReadAsync(db => db.PolicyRuns.SumAsync(r => r.Failed)));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task It_fires_on_the_crossing_only_and_again_after_the_stock_was_above_the_minimum(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        await plant.AddUser("manager", Role.Manager);
        var id = await plant.AddPart("Air Filter", 10, 20, minimum: 5, desired: 8);
        await Use(plant, id, 5);
        Assert.Equal(1, await plant.Sweep(LowStock)); // at the minimum is low
        await Use(plant, id, 2);
        Assert.Equal(0, await plant.Sweep(LowStock)); // still the same fall
        await Receive(plant);
        Assert.Equal(0, await plant.Sweep(LowStock)); // 6 are above the minimum
        await Use(plant, id, 1);
        Assert.Equal(1, await plant.Sweep(LowStock));
        Assert.Equal([3m, 3m], (await plant.Purchases()).Select(r => r.Lines[0].Quantity.Value));
        Assert.Equal(2, (await plant.Notifications()).Count);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_fall_while_its_request_is_open_is_told_of_and_not_ordered_twice(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        await plant.AddUser("manager", Role.Manager);
        var id = await plant.AddPart("Air Filter", 10, 20, minimum: 5, desired: 8);
        await Use(plant, id, 5);
        await plant.Sweep(LowStock);
        await plant.Move(stock => stock.Restock(id, Q(3), Eur(20), null, null, default));
        await Use(plant, id, 7);
        Assert.Equal(1, await plant.Sweep(LowStock));
        var request = Assert.Single(await plant.Purchases());
        var firings = await plant.Firings(LowStock);
        Assert.Equal($"1 of Air Filter are available, the minimum is 5; 4 more are wanted, and {request.Code} is open already with 3 on order.", firings[^1].Explanation);
        Assert.Equal(2, (await plant.Notifications()).Count);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task What_is_on_order_already_is_not_ordered_again(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var id = await plant.AddPart("Air Filter", 10, 20, minimum: 5, desired: 8);
        await plant.WriteAsync(db => db.RaisePurchase(null, [new PartToBuy(id, Q(4))], null, null, default));
        await Use(plant, id, 6);
        Assert.Equal(1, await plant.Sweep(LowStock));
        Assert.Single(await plant.Purchases());
        Assert.Equal("4 of Air Filter are available, the minimum is 5; 4 are on order already.", Assert.Single(await plant.Firings(LowStock)).Explanation);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_decision_whose_figures_moved_on_is_made_anew(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var id = await plant.AddPart("Air Filter", 10, 20, minimum: 5, desired: 8);
        await Use(plant, id, 6);
        var made = await plant.Preview(LowStock);
        await Use(plant, id, 1);
        Assert.False(await plant.Apply(made, made.Findings[0].Decision));
        Assert.Empty(await plant.Purchases());
        Assert.Equal(1, await plant.Sweep(LowStock));
        Assert.Equal(5m, (await plant.Purchases())[0].Lines[0].Quantity.Value);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_part_that_is_archived_and_a_policy_or_site_that_is_off_do_nothing(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var id = await plant.AddPart("Air Filter", 0, 20, minimum: 5, desired: 8);
        await plant.WriteAsync(async db => (await db.Find<Part>(id, default)).Archive());
        Assert.Empty((await plant.Preview(LowStock)).Findings);
        await plant.WriteAsync(async db => (await db.Find<Part>(id, default)).Restore());

        await Enable(false);
        Assert.Equal(0, await plant.Sweep(LowStock));
        await Enable(true);
        await plant.WriteAsync(async db => (await db.Find<Site>(plant.SiteId, default)).Archive());
        Assert.Equal(0, await plant.Sweep(LowStock));
        await plant.WriteAsync(async db => (await db.Find<Site>(plant.SiteId, default)).Restore());
        Assert.Equal(1, await plant.Sweep(LowStock));

        Task Enable(bool enabled) => plant.WriteAsync(async db =>
        {
            var setting = await db.PolicySettings.AsTracking().SingleOrDefaultAsync(s => s.Key == LowStock);
            if (setting is null) db.Add(setting = new PolicySetting(LowStock, PolicyCatalog.Find(LowStock).Schedule));
            setting.Set(enabled, setting.Schedule, "{}");
        });
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_preferred_vendor_who_is_archived_is_not_asked(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var id = await plant.AddPart("Air Filter", 0, 20, minimum: 5, desired: 8);
        var vendor = await Sell(plant, id, "Filters Inc", leadTime: null);
        await plant.WriteAsync(async db => (await db.Find<Vendor>(vendor, default)).Archive());
        Assert.Equal(1, await plant.Sweep(LowStock));
        Assert.Null(Assert.Single(await plant.Purchases()).VendorId);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_person_may_run_it_in_a_transaction_of_his_own(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var id = await plant.AddPart("Air Filter", 0, 20, minimum: 5, desired: 8);
        var run = await plant.WriteAsync(db => PolicyRunner.RunWithin(db, PolicyCatalog.Find(LowStock), default), Actor.User(7));
        Assert.Equal((PolicyTrigger.Manual, 1, 1, 0), (run.Trigger, run.Decisions, run.Applied, run.Failed));
        Assert.Equal(id, Assert.Single(await plant.Purchases()).Lines[0].PartId);
        Assert.Equal(0, await plant.Sweep(LowStock));
        Assert.Equal(0, (await plant.WriteAsync(db => PolicyRunner.RunWithin(db, PolicyCatalog.Find(LowStock), default))).Applied);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task One_part_that_fails_does_not_hold_the_others_up(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var bad = await plant.AddPart("Bad", 0, 20, minimum: 5, desired: 8);
        await plant.AddPart("Good", 0, 20, minimum: 5, desired: 8);
        await plant.Database.ExecuteAsync($"UPDATE part SET lead_time = 2000000000 WHERE id = {bad}"); // no calendar has that day
        Assert.Equal(1, await plant.Sweep(LowStock));
        var run = await plant.ReadAsync(db => db.PolicyRuns.SingleAsync());
        Assert.Equal((2, 1, 1), (run.Decisions, run.Applied, run.Failed));
    }

    private static Task<StockTransaction> Use(TestPlant plant, long id, decimal quantity) => plant.Move(stock => stock.Use(id, Q(quantity), null, null, null, default));

    private static Task<long> Sell(TestPlant plant, long partId, string vendor, int? leadTime) => plant.WriteAsync(async db =>
    {
        var seller = new Vendor(vendor);
        db.Add(seller);
        await db.SaveChangesAsync();
        var part = await db.Find<Part>(partId, default);
        part.LeadTime = leadTime;
        await db.SetVendorParts(part, [new VendorOffer(seller.Id, IsPreferred: true)], default);
        return seller.Id;
    });

    private static async Task Receive(TestPlant plant)
    {
        var open = (await plant.Purchases()).Single(r => r.IsOpen).Id;
        await plant.WriteAsync(async db =>
        {
            var request = await db.Find<PurchaseRequest>(open, default);
            request.Approve(Actor.User(1), db.Now);
            await db.ReceivePurchase(request, null, null, null, default);
        });
    }
}
