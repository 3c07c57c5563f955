using Cmms.Domain.Persistence;
using Cmms.Tests.Work;
using Xunit;
using static Cmms.Tests.Work.Doors;

namespace Cmms.Tests.Assets;

public sealed class DowntimeGraphTests
{
    /// <summary>The words of seed 001.</summary>
    [Theory, Sqlite, PostgreSql]
    public async Task A_machine_stands_still_and_runs_again(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        var loom = GlobalId("Asset", await graph.Plant.AddAsset("TEL-01"));
        await graph.RunAsync("UpdateAsset", new { id = loom, downtimeCostPerHour = 120.5 });
        await graph.RunAsync("ChangeAssetStatus", new { id = loom, status = "MAINTENANCE", reason = "Mantenimiento preventivo programado - cambio de rodamientos", maintenanceKind = "PREVENTIVE" });
        graph.Plant.Clock.Advance(TimeSpan.FromMinutes(90));
        const string look = "query($id: ID!) { asset(id: $id) { status openDowntime { kind origin isOpen duration cost statusChange { reason } } downtimes { totalCount nodes { isOpen duration cost } } } }";
        Assert.Equal("""{"asset":{"status":"MAINTENANCE","openDowntime":{"kind":"PLANNED","origin":"STATUS","isOpen":true,"duration":"PT1H30M","cost":180.75,"statusChange":{"reason":"Mantenimiento preventivo programado - cambio de rodamientos"}},"downtimes":{"totalCount":1,"nodes":[{"isOpen":true,"duration":"PT1H30M","cost":180.75}]}}}""",
            (await graph.DataAsync(look, new { id = loom }, "viewer")).GetRawText());

        await graph.RunAsync("ChangeAssetStatus", new { id = loom, status = "OPERATIONAL", reason = "Completado mantenimiento preventivo. Máquina probada y calibrada." });
        graph.Plant.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal("""{"asset":{"status":"OPERATIONAL","openDowntime":null,"downtimes":{"totalCount":1,"nodes":[{"isOpen":false,"duration":"PT1H30M","cost":180.75}]}}}""",
            (await graph.DataAsync(look, new { id = loom }, "viewer")).GetRawText());
    }

    [Theory, Sqlite, PostgreSql]
    public async Task What_is_wrong_is_told_with_its_figures(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        var press = GlobalId("Asset", await graph.Plant.AddAsset("Press"));
        Assert.Equal("[]", Errors(await graph.RunAsync("RecordDowntime", new { assetId = press, kind = "UNPLANNED", startedAt = "2026-02-20T08:00:00Z", endedAt = "2026-02-20T10:00:00Z", cause = "Mechanical" })));
        var refused = await graph.RunAsync("RecordDowntime", new { assetId = press, kind = "PLANNED", startedAt = "2026-02-20T09:00:00Z", endedAt = "2026-02-20T11:00:00Z" });
        Assert.Equal("""[{"__typename":"OverlappingDowntimeError","code":"OVERLAPPING_DOWNTIME","message":"Press stood still already at some time of it.","path":["input","startedAt"],"startedAt":"2026-02-20T08:00:00Z","endedAt":"2026-02-20T10:00:00Z"}]""", Errors(refused));
        var denied = await graph.AskAsync(Document("RecordDowntime"), new { input = new { assetId = press, kind = "PLANNED", startedAt = "2026-02-20T12:00:00Z" } }, "viewer");
        Assert.Equal("FORBIDDEN", denied.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
        Assert.Contains("NOT_FOUND", Errors(await graph.RunAsync("RecordDowntime", new { assetId = press, kind = "PLANNED", startedAt = "2026-02-20T12:00:00Z" }, "neighbour")), StringComparison.Ordinal);
        Assert.Equal(1, (await graph.DataAsync("{ downtimes(where: { cause: { contains: \"mechan\" }, kind: { eq: UNPLANNED } }, search: \"press\") { totalCount } }")).GetProperty("downtimes").GetProperty("totalCount").GetInt32());
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Of_several_who_change_a_status_that_they_have_read_one_wins_and_the_others_see_the_state_it_has(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        var press = GlobalId("Asset", await graph.Plant.AddAsset("Press"));
        string[] wanted = ["MAINTENANCE", "OUT_OF_SERVICE"];
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => graph.PayloadAsync("""
            mutation($input: ChangeAssetStatusInput!) { changeAssetStatus(input: $input) { asset { status } errors { __typename ... on ConflictError { code current { ... on Asset { status version } } } } } }
            """, new { input = new { id = press, version = 1, status = wanted[i % 2], reason = "It makes strange noises" } }, "manager")));
        var won = Assert.Single(answers, a => Errors(a) == "[]").GetProperty("asset").GetProperty("status").GetString();
        Assert.All(answers.Where(a => Errors(a) != "[]"), a => Assert.Equal($"[{{\"__typename\":\"ConflictError\",\"code\":\"CONFLICT\",\"current\":{{\"status\":\"{won}\",\"version\":2}}}}]", Errors(a)));
        Assert.Equal(1, (await graph.DataAsync("query($id: ID!) { asset(id: $id) { statusHistory { totalCount } } }", new { id = press })).GetProperty("asset").GetProperty("statusHistory").GetProperty("totalCount").GetInt32());
    }
}
