using Cmms.Domain;
using Cmms.Domain.Assets;
using Cmms.Domain.Inventory;
using Cmms.Domain.Persistence;
using Cmms.Domain.Work;
using Cmms.Tests.Work;
using Xunit;
using static Cmms.Tests.Work.Doors;

namespace Cmms.Tests.Assets;

public sealed class AssetCostTests
{
    [Theory, Sqlite, PostgreSql]
    public async Task What_an_asset_cost_is_its_parts_and_its_downtime_and_no_order_counts_twice(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        var plant = graph.Plant;
        var line = await plant.AddAsset("Line");
        var (press, oven) = await plant.WriteAsync(async db =>
        {
            Asset press = new("Press", db.Now, await db.FindParent<Asset>(line, default)) { DowntimeCostPerHour = Money.Cost(100) }, oven = new("Oven", db.Now, await db.FindParent<Asset>(line, default));
            db.AddRange(press, oven);
            await db.SaveChangesAsync();
            return (press.Id, oven.Id);
        });
        var seal = await plant.WriteAsync(async db =>
        {
            Part part = new("Seal", unitCost: Money.Cost(10.01m));
            db.Add(part);
            await db.SaveChangesAsync();
            await db.Stock.Initial(part, Quantity.Of(50), null, default);
            return part.Id;
        });
        var (own, shared) = (await plant.AddOrder("Of the press", press), await plant.AddOrder("Of three", line, press, oven));
        foreach (var (order, quantity) in new[] { (own, 2), (shared, 1) })
        {
            await plant.Plan(order, seal, quantity);
            await plant.Take(order, WorkOrderTransition.Start);
            await plant.Take(order, WorkOrderTransition.Complete);
        }
        await graph.RunAsync("RecordDowntime", new { assetId = GlobalId("Asset", press), kind = "UNPLANNED", startedAt = "2026-03-02T06:00:00Z" }); // and it goes on
        plant.Clock.Advance(TimeSpan.FromHours(1));

        // 10.01 among three is 3.34 for the first, 3.3366 for the others, and 10.01 for all.
        Assert.Equal("""{"line":{"own":{"parts":3.34,"downtime":0,"total":3.34},"all":{"parts":30.03,"downtime":300,"total":330.03}},"press":{"own":{"parts":23.36,"downtime":300,"total":323.36},"all":{"parts":23.36}}}""", await Costs("", ""));
        plant.Clock.Advance(TimeSpan.FromHours(3));
        Assert.Equal("""{"line":{"own":{"parts":0,"downtime":0,"total":0},"all":{"parts":0,"downtime":150,"total":150}},"press":{"own":{"parts":0,"downtime":150,"total":150},"all":{"parts":0}}}""", await Costs("from: \"2026-03-02T08:30:00Z\", to: \"2026-03-02T10:00:00Z\"", ", from: \"2026-03-02T08:30:00Z\", to: \"2026-03-02T10:00:00Z\""));
        await plant.Take(shared, WorkOrderTransition.Reopen); // what was used comes back
        plant.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("""{"line":{"own":{"parts":0,"downtime":0,"total":0},"all":{"parts":20.02,"downtime":700,"total":720.02}},"press":{"own":{"parts":20.02,"downtime":700,"total":720.02},"all":{"parts":20.02}}}""", await Costs("", ""));

        using StatementLog log = new();
        log.Count(plant.Database.Options);
        await graph.DataAsync("{ assets { nodes { name costs(includeChildren: true) { total } } } }");
        Assert.True(log.Statements.Count <= 7, string.Join('\n', log.Statements)); // who asks, the list, roots, trees, parts, their orders, downtimes
        var refused = (await graph.AskAsync("{ assets { nodes { costs(from: \"2026-03-02T00:00:00Z\", to: \"2026-03-01T00:00:00Z\") { total } } } }")).GetProperty("errors")[0];
        Assert.Equal("BAD_USER_INPUT", refused.GetProperty("extensions").GetProperty("code").GetString());

        async Task<string> Costs(string span, string more) => (await graph.DataAsync($$"""
            query($line: ID!, $press: ID!) {
              line: asset(id: $line) { own: costs{{(span.Length > 0 ? $"({span})" : "")}} { parts downtime total } all: costs(includeChildren: true{{more}}) { parts downtime total } }
              press: asset(id: $press) { own: costs{{(span.Length > 0 ? $"({span})" : "")}} { parts downtime total } all: costs(includeChildren: true{{more}}) { parts } }
            }
            """, new { line = GlobalId("Asset", line), press = GlobalId("Asset", press) }, "viewer")).GetRawText();
    }
}
