using System.Text.Json;
using Cmms.Domain.Persistence;
using Cmms.Tests.Work;
using Xunit;
using static Cmms.Tests.Work.Doors;

namespace Cmms.Tests.Production;

public sealed class ProductionGraphTests
{
    [Theory, Sqlite, PostgreSql]
    public async Task A_front_end_plans_production_records_it_and_looks_at_the_shift(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        var weaving = (await graph.RunAsync("CreateProcess", new { name = "Tejido", code = "P2", position = 2 })).GetProperty("process").GetProperty("id").GetString();
        var loom = GlobalId("Asset", await graph.Plant.AddAsset("TEL-01"));
        await graph.RunAsync("UpdateAsset", new { id = loom, processId = weaving, theoreticalCapacity = 120, capacityUnit = "m/h" });
        var shift = (await graph.RunAsync("CreateShift", new { name = "Madrugada", from = "00:00", to = "08:00" })).GetProperty("shift").GetProperty("id").GetString();
        var order = (await graph.RunAsync("CreateProductionOrder", new { product = "Tela 80 g", quantity = 1000, unit = "m", processId = weaving, assetId = loom })).GetProperty("productionOrder");
        Assert.Equal(("PO-000001", "PLANNED"), (order.GetProperty("code").GetString(), order.GetProperty("status").GetString()));
        var id = order.GetProperty("id").GetString();
        var made = await graph.RunAsync("RecordProduction", new { productionOrderId = id, quantity = 240.5, rejected = 1.25, startedAt = "2026-03-02T06:00:00Z" });
        Assert.Equal("[]", Errors(made));

        await graph.RunAsync("ChangeAssetStatus", new { id = loom, status = "MAINTENANCE", reason = "Mantenimiento preventivo programado - cambio de rodamientos", expectedReturnAt = "2026-03-02T11:00:00Z" });
        var refused = await graph.RunAsync("RecordProduction", new { productionOrderId = id, quantity = 1 });
        Assert.Equal("""[{"__typename":"AssetNotOperationalError","code":"ASSET_NOT_OPERATIONAL","message":"TEL-01 is not operational, so production cannot use it.","path":["input","assetId"],"status":"MAINTENANCE"}]""", Errors(refused));
        Assert.Equal(JsonValueKind.Null, refused.GetProperty("productionRecord").ValueKind);

        Assert.Equal("""{"weeklyCapacity":{"weekOf":"2026-03-02","totals":[{"capacityUnit":"m/h","machines":1,"capacity":6360,"produced":240.5}],"machines":[{"scheduledHours":56,"downtimeHours":3,"plannedDowntimeHours":0,"availableHours":53,"capacity":6360,"produced":240.5,"efficiency":0.037814}]}}""",
            (await graph.DataAsync("query($p: ID!) { weeklyCapacity(processId: $p) { weekOf totals { capacityUnit machines capacity produced } machines { scheduledHours downtimeHours plannedDowntimeHours availableHours capacity produced efficiency } } }", new { p = weaving }, "viewer")).GetRawText());
        Assert.Equal("""{"shiftLog":{"isWorked":true,"startsAt":"2026-03-02T05:00:00Z","endsAt":"2026-03-02T13:00:00Z","shift":{"name":"Madrugada"},"produced":[{"unit":"m","quantity":240.5,"rejected":1.25}],"records":{"nodes":[{"quantity":240.5,"productionOrder":{"code":"PO-000001","remaining":759.5}}]},"downtimes":{"nodes":[{"isOpen":true,"asset":{"name":"TEL-01","expectedReturnAt":"2026-03-02T11:00:00Z"}}]},"statusChanges":{"nodes":[{"to":"MAINTENANCE"}]}}}""",
            (await graph.DataAsync("query($s: ID!) { shiftLog(date: \"2026-03-02\", shiftId: $s) { isWorked startsAt endsAt shift { name } produced { unit quantity rejected } records { nodes { quantity productionOrder { code remaining } } } downtimes { nodes { isOpen asset { name expectedReturnAt } } } statusChanges { nodes { to } } } }", new { s = shift }, "viewer")).GetRawText());
        Assert.Equal("""{"reliability":[{"assets":1,"process":{"name":"Tejido"}}]}""", (await graph.DataAsync("query($p: ID!) { reliability(groupBy: PROCESS, processId: $p) { assets process { name } } }", new { p = weaving }, "viewer")).GetRawText());
        Assert.Equal("""{"asset":{"process":{"name":"Tejido","assets":{"totalCount":1}},"productionOrders":{"nodes":[{"produced":240.5,"isOverdue":false}]},"productionRecords":{"totalCount":1}}}""",
            (await graph.DataAsync("query($id: ID!) { asset(id: $id) { process { name assets { totalCount } } productionOrders { nodes { produced isOverdue } } productionRecords { totalCount } } }", new { id = loom }, "viewer")).GetRawText());
    }

    [Theory, Sqlite, PostgreSql]
    public async Task What_is_wrong_is_told_by_its_field_and_others_plan_nothing(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        Assert.Equal("""[{"__typename":"InvalidValueError","code":"INVALID_VALUE","message":"quantity must be greater than zero.","path":["input","quantity"]}]""",
            Errors(await graph.RunAsync("CreateProductionOrder", new { product = "Tela", quantity = 0, unit = "m" })));
        Assert.Contains("\"path\":[\"input\",\"weekdays\",\"0\"]", Errors(await graph.RunAsync("CreateShift", new { name = "Night", from = "22:00", to = "06:00", weekdays = new[] { 0 } })), StringComparison.Ordinal);
        Assert.Contains("\"path\":[\"input\",\"assetId\"]", Errors(await graph.RunAsync("RecordProduction", new { quantity = 1 })), StringComparison.Ordinal);
        await graph.RunAsync("CreateProcess", new { name = "Weaving" });
        Assert.Contains("DUPLICATE", Errors(await graph.RunAsync("CreateProcess", new { name = "weaving" })), StringComparison.Ordinal);
        var loom = GlobalId("Asset", await graph.Plant.AddAsset("TEL-01"));
        Assert.Contains("NOT_FOUND", Errors(await graph.RunAsync("RecordProduction", new { assetId = loom, quantity = 1 }, "neighbour")), StringComparison.Ordinal);
        foreach (var who in (string[])["technician", "viewer"])
            Assert.Equal("FORBIDDEN", await Code(Document("RecordProduction"), new { input = new { assetId = loom, quantity = 1 } }, who));
        Assert.Equal("BAD_USER_INPUT", await Code("{ shiftLog(date: \"0001-01-01\") { date } }", null, "viewer"));
        Assert.Equal("BAD_USER_INPUT", await Code("{ weeklyCapacity(weekOf: \"9999-12-31\") { weekOf } }", null, "viewer"));
        Assert.Equal("""{"shiftLog":null,"weeklyCapacity":null}""", (await graph.DataAsync($"{{ shiftLog(shiftId: \"{GlobalId("Shift", 99)}\") {{ date }} weeklyCapacity(processId: \"{GlobalId("Process", 99)}\") {{ weekOf }} }}", null, "viewer")).GetRawText());

        async Task<string?> Code(string document, object? variables, string who) =>
            (await graph.AskAsync(document, variables, who)).GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString();
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_week_of_forty_machines_takes_as_many_statements_as_one_of_two(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        var two = await Statements(2);
        Assert.Equal(two, await Statements(38));

        async Task<int> Statements(int machines)
        {
            for (var i = 0; i < machines; i++)
            {
                var asset = GlobalId("Asset", await graph.Plant.AddAsset($"Loom {machines}-{i}"));
                await graph.RunAsync("UpdateAsset", new { id = asset, theoreticalCapacity = 1 });
                await graph.RunAsync("RecordProduction", new { assetId = asset, quantity = 1 });
                await graph.RunAsync("RecordDowntime", new { assetId = asset, kind = "PLANNED" });
            }
            await graph.DataAsync(Document("WeeklyCapacity"), null, "viewer");
            using StatementLog log = new();
            await graph.DataAsync(Document("WeeklyCapacity"), null, "viewer");
            await graph.DataAsync(Document("ShiftLog"), null, "viewer");
            return log.Statements.Count;
        }
    }
}
