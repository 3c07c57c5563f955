using System.Text.Json;
using Cmms.Domain.Persistence;
using Xunit;
using static Cmms.Tests.Work.Doors;

namespace Cmms.Tests.Work;

public sealed class WorkRequestDoorsTests
{
    [Theory, Sqlite, PostgreSql]
    public async Task A_requester_asks_follows_and_is_answered(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        var pump = GlobalId("Asset", await graph.Plant.AddAsset("Pump"));
        await using var live = await graph.SubscribeAsync("subscription { workRequestChanged { event { type } workRequest { code status } } }", @as: "requester");
        await live.NextAsync();

        await graph.RunAsync("CreateWorkRequest", new { title = "Of the manager's" });
        var id = Id(await graph.RunAsync("CreateWorkRequest", new { title = "It drips", assetId = pump, priority = "HIGH" }, "requester"));
        Assert.Equal("""{"event":{"type":"WorkRequestCreated"},"workRequest":{"code":"WR-000002","status":"PENDING"}}""", (await live.NextAsync()).GetRawText());
        Assert.Equal("[]", Errors(await graph.RunAsync("UpdateWorkRequest", new { id, description = "From the seal" }, "requester")));

        // Those who decide see it with what they can do; who asked, what is left to them.
        const string detail = "query($id: ID!) { workRequest(id: $id) { status statusReason requester { name } asset { name } viewerCanUpdate availableTransitions completedAt } }";
        Assert.Equal("""{"workRequest":{"status":"PENDING","statusReason":null,"requester":{"name":"Requester"},"asset":{"name":"Pump"},"viewerCanUpdate":true,"availableTransitions":["APPROVE","HOLD","DECLINE"],"completedAt":null}}""",
            (await graph.DataAsync(detail, new { id }, "manager")).GetRawText());
        await graph.RunAsync("HoldWorkRequest", new { id, reason = "Until the line stops" });
        Assert.Equal("""{"workRequest":{"status":"ON_HOLD","statusReason":"Until the line stops","requester":{"name":"Requester"},"asset":{"name":"Pump"},"viewerCanUpdate":false,"availableTransitions":[],"completedAt":null}}""",
            (await graph.DataAsync(detail, new { id }, "requester")).GetRawText());
        Assert.Contains("INVALID_TRANSITION", Errors(await graph.RunAsync("UpdateWorkRequest", new { id, title = "Now!" }, "requester")), StringComparison.Ordinal);
        Assert.Contains("INVALID_TRANSITION", Errors(await graph.RunAsync("DeleteWorkRequest", new { id }, "requester")), StringComparison.Ordinal);
        Assert.Equal("[]", Errors(await graph.RunAsync("UpdateWorkRequest", new { id, priority = "LOW" })));

        var approved = await graph.RunAsync("ApproveWorkRequest", new { id });
        var order = approved.GetProperty("workOrder").GetProperty("id").GetString();
        Assert.Equal(("It drips", "WR-000002"), (approved.GetProperty("workOrder").GetProperty("title").GetString(), approved.GetProperty("workOrder").GetProperty("workRequest").GetProperty("code").GetString()));
        Assert.Contains("INVALID_TRANSITION", Errors(await graph.RunAsync("DeclineWorkRequest", new { id, reason = "Too late" })), StringComparison.Ordinal);
        Assert.Equal("""[{"title":"WR-000002: It drips","body":"It was approved and is WO-000001."},{"title":"WR-000002: It drips","body":"It waits: Until the line stops"}]""",
            (await graph.DataAsync("{ notifications { nodes { title body } } }", @as: "requester")).GetProperty("notifications").GetProperty("nodes").GetRawText());

        // The order is not the requester's to see; that it is done, is.
        await graph.RunAsync("CompleteWorkOrder", new { id = order });
        Assert.Equal(JsonValueKind.String, (await graph.DataAsync(detail, new { id }, "requester")).GetProperty("workRequest").GetProperty("completedAt").ValueKind);
        Assert.Equal("""{"workRequest":{"workOrder":null}}""", (await graph.DataAsync("query($id: ID!) { workRequest(id: $id) { workOrder { code } } }", new { id }, "requester")).GetRawText());
        foreach (var type in (string[])["WorkRequestChanged", "WorkRequestHeld", "WorkRequestChanged", "WorkRequestApproved"])
            Assert.Equal(type, (await live.NextAsync()).GetProperty("event").GetProperty("type").GetString());
    }

    [Theory, Sqlite, PostgreSql]
    public async Task What_others_ask_for_is_not_there_for_a_requester(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        var id = Id(await graph.RunAsync("CreateWorkRequest", new { title = "Of the manager's" }));
        await graph.RunAsync("CreateWorkRequest", new { title = "Mine" }, "requester");
        var lists = await graph.DataAsync("query($id: ID!) { workRequests(where: { title: { neq: \"x\" } }) { totalCount nodes { title } } myWorkRequests { totalCount } workRequest(id: $id) { title } node(id: $id) { id } }", new { id }, "requester");
        Assert.Equal("""{"workRequests":{"totalCount":1,"nodes":[{"title":"Mine"}]},"myWorkRequests":{"totalCount":1},"workRequest":null,"node":null}""", lists.GetRawText());
        Assert.Equal(2, (await graph.DataAsync("{ workRequests { totalCount } }", @as: "technician")).GetProperty("workRequests").GetProperty("totalCount").GetInt32());
        Assert.Contains("NOT_FOUND", Errors(await graph.RunAsync("UpdateWorkRequest", new { id, title = "Stolen" }, "requester")), StringComparison.Ordinal);
        Assert.Contains("NOT_FOUND", Errors(await graph.RunAsync("DeleteWorkRequest", new { id, }, "neighbour")), StringComparison.Ordinal);

        // A technician sees it and may not change it, whatever version is named.
        var refused = await graph.AskAsync(Document("UpdateWorkRequest"), new { input = new { id, version = 99, title = "Stolen" } }, "technician");
        Assert.Equal("FORBIDDEN", refused.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
        var decided = await graph.AskAsync(Document("ApproveWorkRequest"), new { input = new { id } }, "requester");
        Assert.Equal("FORBIDDEN", decided.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
    }

    [Theory, Sqlite, PostgreSql]
    public async Task An_order_that_names_its_request_approves_it_or_is_not_made(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        var id = Id(await graph.RunAsync("CreateWorkRequest", new { title = "It drips" }, "requester"));
        Assert.Equal("[]", Errors(await graph.RunAsync("CreateWorkOrder", new { title = "Stop the dripping", workRequestId = id })));
        Assert.Contains("INVALID_TRANSITION", Errors(await graph.RunAsync("CreateWorkOrder", new { title = "Again", workRequestId = id })), StringComparison.Ordinal);
        var after = await graph.DataAsync("query($id: ID!) { workRequest(id: $id) { status workOrder { title workRequest { code } } } workOrders { totalCount } }", new { id });
        Assert.Equal("""{"workRequest":{"status":"APPROVED","workOrder":{"title":"Stop the dripping","workRequest":{"code":"WR-000001"}}},"workOrders":{"totalCount":1}}""", after.GetRawText());
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Two_who_approve_at_once_make_one_order(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        var id = Id(await graph.RunAsync("CreateWorkRequest", new { title = "It drips" }));
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => graph.RunAsync("ApproveWorkRequest", new { id })));
        Assert.Equal(1, answers.Count(a => Errors(a) == "[]"));
        Assert.Equal(1, (await graph.DataAsync("{ workOrders { totalCount } }")).GetProperty("workOrders").GetProperty("totalCount").GetInt32());
    }

    private static string Id(JsonElement payload)
    {
        Assert.Equal("[]", Errors(payload));
        return payload.GetProperty("workRequest").GetProperty("id").GetString()!;
    }
}
