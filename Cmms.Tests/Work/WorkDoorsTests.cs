using System.Text.Json;
using Cmms.Domain.Persistence;
using Cmms.Tests.Inventory;
using Xunit;

namespace Cmms.Tests.Work;

public sealed class WorkDoorsTests
{
    [Theory, Sqlite, PostgreSql]
    public async Task An_order_is_made_done_and_seen_by_its_technician(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        var pump = GlobalId("Asset", await graph.Plant.AddAsset("Pump"));
        var seal = GlobalId("Part", await graph.Plant.AddPart("Seal", 5, 10));
        var technician = GlobalId("User", await graph.Plant.Technician());
        await using var live = await graph.SubscribeAsync("subscription { workOrderChanged { event { type } workOrder { code } } }", @as: "viewer");
        await live.NextAsync();

        var made = await graph.RunAsync("CreateWorkOrder", new
        {
            title = "Change the seal", type = "CORRECTIVE", priority = "HIGH", assetId = pump, technicianIds = new[] { technician },
            parts = new[] { new { partId = seal, quantity = 2 } }, checklist = new[] { new { text = "Stop the pump" } }, dueAt = "2026-03-01T12:00:00Z",
        });
        Assert.Equal("[]", Errors(made));
        var order = made.GetProperty("workOrder");
        var id = order.GetProperty("id").GetString();
        Assert.Equal(("WO-000001", "HIGH", true), (order.GetProperty("code").GetString(), order.GetProperty("priority").GetString(), order.GetProperty("isOverdue").GetBoolean()));
        Assert.Equal("WorkOrderCreated", (await live.NextAsync()).GetProperty("event").GetProperty("type").GetString());

        var mine = await graph.DataAsync("""
            { myWorkOrders { totalCount nodes { viewerCanStart viewerCanCancel parts { reserved shortfall part { name } } checklist { id text } } }
              notifications { nodes { event title } } }
            """, @as: "technician");
        var seen = mine.GetProperty("myWorkOrders").GetProperty("nodes")[0];
        Assert.Equal((true, false), (seen.GetProperty("viewerCanStart").GetBoolean(), seen.GetProperty("viewerCanCancel").GetBoolean()));
        Assert.Equal("""[{"reserved":2,"shortfall":0,"part":{"name":"Seal"}}]""", seen.GetProperty("parts").GetRawText());
        Assert.Equal("WORK_ORDER_ASSIGNED", mine.GetProperty("notifications").GetProperty("nodes")[0].GetProperty("event").GetString());

        Assert.Equal("[]", Errors(await graph.RunAsync("StartWorkOrder", new { id }, "technician")));
        var ticked = await graph.RunAsync("SetChecklistItem", new { id = seen.GetProperty("checklist")[0].GetProperty("id").GetString(), isChecked = true }, "technician");
        Assert.True(ticked.GetProperty("checklistItem").GetProperty("isChecked").GetBoolean());
        Assert.Contains("INSUFFICIENT_STOCK", Errors(await graph.RunAsync("AddWorkOrderPart", new { workOrderId = id, partId = seal, quantity = 4 }, "technician")), StringComparison.Ordinal);
        var added = await graph.RunAsync("AddWorkOrderPart", new { workOrderId = id, partId = seal, quantity = 4, allowShortage = true }, "technician");
        Assert.Equal((6, 5, 1), (Number(added, "quantity"), Number(added, "reserved"), Number(added, "shortfall")));
        await graph.RunAsync("SetWorkOrderPart", new { workOrderId = id, partId = seal, quantity = 3 }, "technician");

        Assert.Contains("END_BEFORE_START", Errors(await graph.RunAsync("CompleteWorkOrder", new { id, actualEndAt = "2026-03-01T00:00:00Z" }, "technician")), StringComparison.Ordinal);
        Assert.Equal("[]", Errors(await graph.RunAsync("CompleteWorkOrder", new { id, notes = "Seal changed" }, "technician")));
        Assert.Contains("INVALID_TRANSITION", Errors(await graph.RunAsync("CompleteWorkOrder", new { id }, "technician")), StringComparison.Ordinal);
        var done = await graph.DataAsync("query($id: ID!) { workOrder(id: $id) { phase notes availableTransitions parts { used totalCost part { onHand totalUsed } } } }", new { id }, "manager");
        Assert.Equal("""{"workOrder":{"phase":"DONE","notes":"Seal changed","availableTransitions":["REOPEN"],"parts":[{"used":3,"totalCost":30,"part":{"onHand":2,"totalUsed":3}}]}}""", done.GetRawText());
        Assert.Equal("DONE", (await graph.RunAsync("UpdateWorkOrder", new { id, title = "Seal" })).GetProperty("workOrder").GetProperty("phase").GetString());
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Those_who_may_not_are_refused_before_anything_happens(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        var id = GlobalId("WorkOrder", await graph.Plant.AddOrder("Look"));
        foreach (var (role, operation, input) in ((string, string, object)[])[("viewer", "StartWorkOrder", new { id }), ("technician", "CancelWorkOrder", new { id }), ("requester", "StartWorkOrder", new { id })])
        {
            var answer = await graph.AskAsync(Document(operation), new { input }, role);
            Assert.Equal("FORBIDDEN", answer.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
        }
        Assert.Contains("NOT_FOUND", Errors(await graph.RunAsync("StartWorkOrder", new { id }, "neighbour")), StringComparison.Ordinal);
        var statuses = await graph.DataAsync("{ workOrderStatuses { nodes { id phase } } }");
        var cancelled = statuses.GetProperty("workOrderStatuses").GetProperty("nodes").EnumerateArray().Single(s => s.GetProperty("phase").GetString() == "CANCELLED").GetProperty("id").GetString();
        var around = await graph.AskAsync(Document("ChangeWorkOrderStatus"), new { input = new { id, statusId = cancelled } }, "technician");
        Assert.Equal("FORBIDDEN", around.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
        Assert.Equal("PENDING", (await graph.DataAsync("query($id: ID!) { workOrder(id: $id) { phase } }", new { id })).GetProperty("workOrder").GetProperty("phase").GetString());
    }

    /// <summary>Sixty-four who moved stock at once found it.</summary>
    [Theory, Sqlite, PostgreSql]
    public async Task An_order_whose_reserved_parts_were_not_found_by_a_count_says_so_and_is_done_when_its_line_is_put_right(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        var seal = (await graph.RunAsync("CreatePart", new { name = "Seal", onHand = 3, unitCost = 2 })).GetProperty("part").GetProperty("id").GetString();
        var order = (await graph.RunAsync("CreateWorkOrder", new { title = "Change seals", parts = new[] { new { partId = seal, quantity = 3 } } })).GetProperty("workOrder").GetProperty("id").GetString();
        var done = (await graph.DataAsync("{ workOrderStatuses(where: { phase: { eq: DONE } }) { nodes { id } } }")).GetProperty("workOrderStatuses").GetProperty("nodes")[0].GetProperty("id").GetString();
        await graph.RunAsync("ReconcilePart", new { id = seal, quantity = -2, note = "Counted" });
        foreach (var (operation, input) in new (string, object)[] { ("CompleteWorkOrder", new { id = order }), ("ChangeWorkOrderStatus", new { id = order, statusId = done }), ("UpdateWorkOrder", new { id = order, statusId = done }) })
            Assert.Contains("\"code\":\"INSUFFICIENT_STOCK\"", Errors(await graph.RunAsync(operation, input)), StringComparison.Ordinal);
        await graph.RunAsync("SetWorkOrderPart", new { workOrderId = order, partId = seal, quantity = 1 });
        Assert.Equal("DONE", (await graph.RunAsync("CompleteWorkOrder", new { id = order })).GetProperty("workOrder").GetProperty("phase").GetString());
        Assert.Equal("""{"part":{"onHand":0,"reserved":0}}""", (await graph.DataAsync("query($id: ID!) { part(id: $id) { onHand reserved } }", new { id = seal })).GetRawText());
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_status_given_in_an_update_does_what_the_action_does(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        var part = await graph.Plant.AddPart("Seal", 5, 10);
        var number = await graph.Plant.AddOrder("Look");
        await graph.Plant.Plan(number, part, 2);
        var id = GlobalId("WorkOrder", number);
        var own = await graph.RunAsync("CreateWorkOrderStatus", new { name = "Signed off", phase = "DONE" });
        var statusId = own.GetProperty("workOrderStatus").GetProperty("id").GetString();
        Assert.Contains("DUPLICATE", Errors(await graph.RunAsync("CreateWorkOrderStatus", new { name = "signed OFF", phase = "DONE" })), StringComparison.Ordinal);

        var done = (await graph.RunAsync("UpdateWorkOrder", new { id, statusId, version = 1 })).GetProperty("workOrder");
        Assert.Equal(("DONE", "Signed off"), (done.GetProperty("phase").GetString(), done.GetProperty("status").GetProperty("name").GetString()));
        Assert.Equal((3, 0, 3, 0), await graph.Plant.Stock(part));
        Assert.Contains("CONFLICT", Errors(await graph.RunAsync("UpdateWorkOrder", new { id, title = "Late", version = 1 })), StringComparison.Ordinal);
        Assert.Contains("IN_USE", Errors(await graph.RunAsync("DeleteWorkOrderStatus", new { id = statusId })), StringComparison.Ordinal);

        await graph.RunAsync("ReopenWorkOrder", new { id, reason = "Not done at all" });
        Assert.Equal((5, 2, 3, 0), await graph.Plant.Stock(part));
        Assert.Equal("[]", Errors(await graph.RunAsync("DeleteWorkOrderStatus", new { id = statusId })));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Many_orders_are_moved_deleted_split_and_merged_each_with_its_result(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        var (a, b) = (await graph.Plant.AddAsset("A"), await graph.Plant.AddAsset("B"));
        var (one, two, done) = (await graph.Plant.AddOrder("One", a, b), await graph.Plant.AddOrder("Two", b), await graph.Plant.AddOrder("Done"));
        await graph.Plant.Take(done, Cmms.Domain.Work.WorkOrderTransition.Complete);

        var moved = (await graph.RunAsync("RescheduleWorkOrders", new { changes = new[] { Change(done), Change(one) } })).GetProperty("results");
        Assert.Equal("INVALID_TRANSITION", moved[0].GetProperty("error").GetProperty("code").GetString());
        Assert.Equal("2026-04-01T05:00:00Z", moved[1].GetProperty("workOrder").GetProperty("scheduledStartAt").GetString());

        var split = await graph.RunAsync("SplitWorkOrder", new { id = GlobalId("WorkOrder", one) });
        var created = split.GetProperty("created")[0];
        Assert.Equal("B", created.GetProperty("asset").GetProperty("name").GetString());
        Assert.Contains("NOTHING_TO_SPLIT", Errors(await graph.RunAsync("SplitWorkOrder", new { id = GlobalId("WorkOrder", one) })), StringComparison.Ordinal);

        var (survivorId, second) = (GlobalId("WorkOrder", two), created.GetProperty("id").GetString());
        Assert.Contains("NOTHING_TO_MERGE", Errors(await graph.RunAsync("MergeWorkOrders", new { ids = new[] { survivorId }, survivorId })), StringComparison.Ordinal);
        var merged = (await graph.RunAsync("MergeWorkOrders", new { ids = new[] { second, survivorId }, survivorId, targetDate = "2026-05-01" })).GetProperty("workOrder");
        Assert.Equal("2026-05-02T04:59:00Z", merged.GetProperty("dueAt").GetString());

        var deleted = (await graph.RunAsync("DeleteWorkOrders", new { ids = new[] { GlobalId("WorkOrder", done), GlobalId("WorkOrder", one), GlobalId("WorkOrder", 999) } })).GetProperty("results");
        Assert.Equal(["INVALID_TRANSITION", null, "NOT_FOUND"], deleted.EnumerateArray().Select(r => r.GetProperty("error") is { ValueKind: JsonValueKind.Object } e ? e.GetProperty("code").GetString() : null));
        var left = await graph.DataAsync("{ workOrders(where: { phase: { neq: CANCELLED } }) { nodes { title } } }");
        Assert.Equal("""{"workOrders":{"nodes":[{"title":"Done"},{"title":"Two"}]}}""", left.GetRawText());

        static object Change(long id) => new { id = GlobalId("WorkOrder", id), date = "2026-04-01", reason = "Later" };
    }

    [Theory, Sqlite, PostgreSql]
    public async Task The_screens_of_work_orders_have_their_documents(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        var id = GlobalId("WorkOrder", await graph.Plant.AddOrder("Bomba Ñ", await graph.Plant.AddAsset("Caldera")));
        Assert.Equal(1, (await graph.DataAsync(Document("WorkOrderList"), new { search = "bomba caldera" })).GetProperty("workOrders").GetProperty("totalCount").GetInt32());
        Assert.Equal("WO-000001", (await graph.DataAsync(Document("WorkOrderDetail"), new { id })).GetProperty("workOrder").GetProperty("code").GetString());
        Assert.Equal(0, (await graph.DataAsync(Document("MyWorkOrders"))).GetProperty("myWorkOrders").GetProperty("totalCount").GetInt32());
    }

    private static string GlobalId(string type, long id) => Doors.GlobalId(type, id);
    private static string Document(string operation) => Doors.Document(operation);
    private static string Errors(JsonElement payload) => Doors.Errors(payload);
    private static int Number(JsonElement payload, string name) => (int)payload.GetProperty("workOrderPart").GetProperty(name).GetDecimal();
}
