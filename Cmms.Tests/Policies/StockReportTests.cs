using Cmms.Domain.Inventory;
using Cmms.Domain.Notifications;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Policies;
using Cmms.Tests.Inventory;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Cmms.Tests.Inventory.Shelf;

namespace Cmms.Tests.Policies;

public sealed class StockReportTests
{
    private const string PriceJump = "price-jump", SlowMoving = "slow-moving-stock";

    [Theory, Sqlite, PostgreSql]
    public async Task A_price_far_from_the_last_one_is_told_once_a_restock(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var manager = await plant.AddUser("manager", Role.Manager);
        await plant.AddUser("technician", Role.Technician);
        var (seal, belt) = (await plant.AddPart("Seal", 10, 20), await plant.AddPart("Belt", 10, 20));
        await Restock(plant, seal, 24.99m);
        await Restock(plant, belt, 25m);
        const string why = "Belt was restocked at 25.00, 25 % more than the 20.00 before; the site is told from 25 % on.";
        Assert.Equal(why, Assert.Single((await plant.PreviewAlone(PriceJump)).Findings).Decision.Explanation);
        Assert.Equal(1, await plant.Sweep(PriceJump));
        Assert.Equal(0, await plant.Sweep(PriceJump));
        var told = Assert.Single(await plant.Notifications());
        Assert.Equal((manager, NotificationEvent.PartPriceJump, why, belt), (told.UserId, told.Event, told.Body, told.SubjectId));

        // The price that is compared is the last one, also where it was set by hand; and less is as much as more.
        await plant.WriteAsync(db => db.Stock.UpdateUnitCost(belt, Eur(100), null, default));
        await Restock(plant, belt, 60m);
        Assert.Equal("Belt was restocked at 60.00, 40 % less than the 100.00 before; the site is told from 25 % on.", Assert.Single((await plant.Preview(PriceJump)).Findings).Decision.Explanation);
        await Tune(plant, PriceJump, """{"percent":50}""");
        Assert.Equal(0, await plant.Sweep(PriceJump));
        await Tune(plant, PriceJump, """{"percent":40}""");
        Assert.Equal(1, await plant.Sweep(PriceJump));

        // What is a week old is no news; asked about an earlier day, it is.
        await Restock(plant, seal, 80m);
        plant.Clock.Advance(TimeSpan.FromDays(7));
        Assert.Empty((await plant.Preview(PriceJump)).Findings);
        Assert.Single((await plant.Preview(PriceJump, plant.Now - TimeSpan.FromDays(1))).Findings);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task What_is_not_used_is_told_of_together_once_a_month(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        await plant.AddUser("manager", Role.Manager);
        var (never, once, often, empty) = (await plant.AddPart("Never", 10, 3), await plant.AddPart("Once", 10, 20), await plant.AddPart("Often", 10, 20), await plant.AddPart("Empty", 1, 20));
        await Use(plant, once, 1);
        await Use(plant, empty, 1);
        plant.Clock.MoveTo(new DateTimeOffset(2026, 8, 29, 8, 0, 0, TimeSpan.Zero)); // 180 days later
        await Use(plant, often, 1);
        var young = await plant.AddPart("Young", 10, 500);
        const string why = "2 parts worth 210.00 have not been used for 180 days or more, 1 of them never; the most is in Once (180.00), Never (30.00).";
        Assert.Equal(why, Assert.Single((await plant.PreviewAlone(SlowMoving)).Findings).Decision.Explanation);
        Assert.Equal(1, await plant.Sweep(SlowMoving));
        plant.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(0, await plant.Sweep(SlowMoving)); // 31 August
        plant.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, await plant.Sweep(SlowMoving)); // September
        Assert.Equal([why, why], (await plant.Notifications()).Select(n => n.Body));
        Assert.All(await plant.Notifications(), n => Assert.Equal((NotificationEvent.SlowMovingStock, nameof(Site), plant.SiteId), (n.Event, n.SubjectType, n.SubjectId)));

        await Tune(plant, SlowMoving, """{"days":2}""");
        Assert.StartsWith("4 parts worth", Assert.Single((await plant.Preview(SlowMoving, plant.Now + TimeSpan.FromDays(40))).Findings).Decision.Explanation, StringComparison.Ordinal);
        _ = (never, young);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task The_list_of_what_is_not_used_pages_by_its_worth(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        var plant = graph.Plant;
        var used = await plant.AddPart("Used", 5, 9);
        for (var i = 1; i <= 3; i++) await plant.AddPart($"Idle {i}", i, 10);
        plant.Clock.Advance(TimeSpan.FromDays(20));
        await Use(plant, used, 1);
        Assert.Equal("""{"slowMovingParts":{"totalCount":3,"nodes":[{"name":"Idle 3","stockValue":30,"lastUsedAt":null},{"name":"Idle 2","stockValue":20,"lastUsedAt":null}]}}""",
            (await graph.DataAsync("{ slowMovingParts(days: 20, first: 2) { totalCount nodes { name stockValue lastUsedAt } } }", null, "viewer")).GetRawText());
        Assert.Equal("""{"slowMovingParts":{"totalCount":0}}""", (await graph.DataAsync("{ slowMovingParts { totalCount } }")).GetRawText());
        Assert.Equal("""{"parts":{"nodes":[{"lastUsedAt":"2026-03-22T08:00:00Z"}]}}""", (await graph.DataAsync("{ parts(search: \"used\") { nodes { lastUsedAt } } }")).GetRawText());
        Assert.Equal("BAD_USER_INPUT", (await graph.AskAsync("{ slowMovingParts(days: 0) { totalCount } }")).GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
    }

    [Theory, Sqlite]
    public async Task A_site_tunes_a_policy_by_its_own_numbers_and_by_no_others(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        Assert.Equal("""{"policy":{"settings":{"percent":25}}}""", (await graph.DataAsync("{ policy(key: \"price-jump\") { settings } }")).GetRawText());
        foreach (var (key, settings, message) in new[]
        {
            ("price-jump", """{"percent":0}""", "settings must have 'percent' between 1 and 1000."), ("price-jump", """{"percent":"x"}""", "settings must have 'percent' between 1 and 1000."),
            ("price-jump", """{"colour":1}""", "settings has 'colour', which price-jump does not know; it knows percent."), ("low-stock-reorder", """{"percent":1}""", "settings has 'percent', which low-stock-reorder does not know; it has none."),
        })
        {
            var refused = await graph.PayloadAsync("mutation($key: String!, $settings: JSON) { updatePolicy(input: { key: $key, settings: $settings }) { errors { ... on Error { code message path } } } }",
                new { key, settings = System.Text.Json.JsonElement.Parse(settings) });
            Assert.Equal(("INVALID_VALUE", message), (refused.GetProperty("errors")[0].GetProperty("code").GetString(), refused.GetProperty("errors")[0].GetProperty("message").GetString()));
        }
        await graph.PayloadAsync("mutation { updatePolicy(input: { key: \"price-jump\", settings: { percent: 12.5 } }) { policy { key } } }");
        Assert.Equal("""{"policy":{"settings":{"percent":12.5}}}""", (await graph.DataAsync("{ policy(key: \"price-jump\") { settings } }")).GetRawText());
    }

    private static Task<StockTransaction> Restock(TestPlant plant, long part, decimal cost) => plant.WriteAsync(async db => await db.Stock.Restock(part, Q(1), Eur(cost), null, null, default));

    private static Task<StockTransaction> Use(TestPlant plant, long part, decimal quantity) => plant.WriteAsync(async db => await db.Stock.Use(part, Q(quantity), null, null, null, default));

    private static Task Tune(TestPlant plant, string key, string settings) => plant.WriteAsync(async db =>
    {
        var policy = PolicyCatalog.Find(key);
        var setting = await db.PolicySettings.AsTracking().FirstOrDefaultAsync(s => s.Key == key);
        if (setting is null) db.PolicySettings.Add(setting = new PolicySetting(key, policy.Schedule));
        setting.Set(true, policy.Schedule, settings);
    });
}
