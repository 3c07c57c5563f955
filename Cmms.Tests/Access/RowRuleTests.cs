using System.Text.Json;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Graph.Access;
using Cmms.Tests.Work;
using Engines.GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static Cmms.Tests.Work.Doors;

namespace Cmms.Tests.Access;

/// <summary>Rows that are one's own: what is offered is what is done.</summary>
public sealed class RowRuleTests
{
    private const string Offered = """
        query($ids: [ID!]) { workOrders(where: { id: { in: $ids } }, order: { code: ASC }) { nodes {
          availableTransitions viewerCanStart viewerCanHold viewerCanResume viewerCanComplete viewerCanCancel viewerCanReopen viewerCanUpdate } } }
        """;

    [Theory, Sqlite, PostgreSql]
    public async Task A_technician_is_offered_and_does_the_work_of_assigned_orders_alone(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        var technician = GlobalId("User", await graph.Plant.Technician());
        var other = GlobalId("WorkOrder", await graph.Plant.AddOrder("Of others"));
        var mine = (await graph.RunAsync("CreateWorkOrder", new { title = "Mine", technicianIds = new[] { technician } })).GetProperty("workOrder").GetProperty("id").GetString()!;

        Assert.Equal([" ", "START HOLD COMPLETE start hold complete"], await OfferedAsync(graph, "technician", other, mine));
        Assert.Equal(["START HOLD COMPLETE CANCEL start hold complete cancel update", "START HOLD COMPLETE CANCEL start hold complete cancel update"], await OfferedAsync(graph, "manager", other, mine));
        Assert.Equal([" ", " "], await OfferedAsync(graph, "viewer", other, mine));

        var refused = await graph.AskAsync(Document("StartWorkOrder"), new { input = new { id = other } }, "technician");
        Assert.Equal(("FORBIDDEN", "Your role in this site lacks the permission MANAGE_WORK_ORDERS."), Error(refused));
        Assert.Equal("[]", Errors(await graph.RunAsync("StartWorkOrder", new { id = mine }, "technician")));
        Assert.Equal([" ", "HOLD COMPLETE hold complete"], await OfferedAsync(graph, "technician", other, mine));

        // Whoever is taken off an order is off it at once.
        await graph.RunAsync("UpdateWorkOrder", new { id = mine, technicianIds = Array.Empty<string>() });
        Assert.Equal("FORBIDDEN", Error(await graph.AskAsync(Document("CompleteWorkOrder"), new { input = new { id = mine } }, "technician")).Code);
        Assert.Equal("IN_PROGRESS", (await graph.DataAsync("query($id: ID!) { workOrder(id: $id) { phase } }", new { id = mine })).GetProperty("workOrder").GetProperty("phase").GetString());
    }

    [Theory, Sqlite, PostgreSql]
    public async Task In_one_mutation_for_all_an_order_of_others_undoes_what_was_mine(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        var technician = GlobalId("User", await graph.Plant.Technician());
        var other = GlobalId("WorkOrder", await graph.Plant.AddOrder("Of others"));
        var mine = (await graph.RunAsync("CreateWorkOrder", new { title = "Mine", technicianIds = new[] { technician } })).GetProperty("workOrder").GetProperty("id").GetString()!;
        var answer = await graph.AskAsync("""
            mutation($mine: ID!, $other: ID!) @atomic {
              a: startWorkOrder(input: { id: $mine }) { workOrder { phase } errors { ... on Error { code } } }
              b: startWorkOrder(input: { id: $other }) { workOrder { phase } errors { ... on Error { code } } } }
            """, new { mine, other }, "technician");
        Assert.Equal("FORBIDDEN", Error(answer).Code);
        Assert.Equal("""{"workOrder":{"phase":"PENDING","technicians":[{"id":"ME"}]}}""", (await graph.DataAsync(
            "query($mine: ID!) { workOrder(id: $mine) { phase technicians { id } } }", new { mine })).GetRawText().Replace(technician, "ME", StringComparison.Ordinal));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Notices_and_keys_are_there_for_nobody_else_by_no_way(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        var technician = GlobalId("User", await graph.Plant.Technician());
        await graph.RunAsync("CreateWorkOrder", new { title = "Mine", technicianIds = new[] { technician } });
        var own = await graph.DataAsync("{ notifications { nodes { id } } apiKeys { nodes { id } } }", @as: "technician");
        var (notice, key) = (Id(own, "notifications"), Id(own, "apiKeys"));
        Assert.Equal((2, 0, 1), (await FoundAsync("technician"), await FoundAsync("manager"), await FoundAsync("admin")));
        Assert.Contains("NOT_FOUND", Errors(await graph.RunAsync("MarkNotificationRead", new { id = notice })), StringComparison.Ordinal);
        Assert.Contains("NOT_FOUND", Errors(await graph.RunAsync("RevokeApiKey", new { id = key })), StringComparison.Ordinal);
        Assert.Equal(0, (await graph.DataAsync("query($key: ID) { apiKeys(where: { id: { eq: $key } }) { totalCount } }", new { key }, "manager")).GetProperty("apiKeys").GetProperty("totalCount").GetInt32());

        async Task<int> FoundAsync(string caller) => (await graph.DataAsync("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", new { ids = new[] { notice, key } }, caller))
            .GetProperty("nodes").EnumerateArray().Count(n => n.ValueKind is not JsonValueKind.Null);
    }

    [Fact]
    public async Task Whatever_needs_leave_to_work_on_orders_names_the_rule_about_them()
    {
        await using var graph = await TestGraph.StartAsync(DatabaseProvider.Sqlite);
        var fields = graph.Services.GetRequiredService<Schema>().Mutation!.Fields.Where(f => f.Guards.Exists(g => g.Requirement == CallerGuard.Name(Permission.ExecuteWorkOrders))).ToList();
        Assert.True(fields.Count >= 9);
        Assert.All(fields, f => Assert.Single(f.Guards.OfType<OwnGuard>()));
        Assert.Equal(RowRules.All.Count, RowRules.All.Select(r => r.GetType()).Distinct().Count());
    }

    private static async Task<string[]> OfferedAsync(TestGraph graph, string caller, params string[] ids) =>
    [
        .. (await graph.DataAsync(Offered, new { ids }, caller)).GetProperty("workOrders").GetProperty("nodes").EnumerateArray().Select(o =>
            string.Join(' ', o.GetProperty("availableTransitions").EnumerateArray().Select(t => t.GetString())) + " "
            + string.Join(' ', o.EnumerateObject().Where(f => f.Value.ValueKind is JsonValueKind.True).Select(f => f.Name["viewerCan".Length..].ToLowerInvariant()))),
    ];

    private static (string Code, string Message) Error(JsonElement answer) =>
        (answer.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString()!, answer.GetProperty("errors")[0].GetProperty("message").GetString()!);

    private static string Id(JsonElement data, string list) => data.GetProperty(list).GetProperty("nodes")[0].GetProperty("id").GetString()!;
}
