using System.Text.Json;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Graph.Access;
using Cmms.Tests.Contract;
using Cmms.Tests.Persistence;
using Cmms.Tests.Work;
using Engines.GraphQL.Types;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cmms.Tests.Access;

/// <summary>What a caller may not see does not exist for them, whatever leads to it.</summary>
public sealed class TypePermissionTests
{
    [Fact]
    public async Task Every_entity_type_names_the_permission_by_which_it_is_seen()
    {
        await using var graph = await TestGraph.StartAsync(DatabaseProvider.Sqlite);
        var entities = Entities(graph).ToList();
        Assert.True(entities.Count > 30, $"only {entities.Count} types");
        Assert.Equal([], entities.Where(t => t.Guards.Count == 0 && !OpenTypes.All.ContainsKey(t.ClrType!)).Select(t => t.Name));
        // No exemption that nothing needs.
        Assert.Equal([], OpenTypes.All.Keys.Except(entities.Where(t => t.Guards.Count == 0).Select(t => t.ClrType!)).Select(t => t.Name));
        Assert.All(OpenTypes.All.Values, reason => Assert.True(reason.Length > 10));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task An_object_of_any_type_is_found_by_its_id_by_those_alone_who_may_see_it(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        var ids = await ObjectsAsync(graph);
        var types = Entities(graph).Where(t => ids.ContainsKey(t.Name) && t.Interfaces.Exists(i => i.Name == "Node")).ToList();
        Assert.True(types.Count > 25, $"only {types.Count} types");
        foreach (var role in PermissionTable.Roles)
        {
            var found = (await graph.DataAsync("query($ids: [ID!]!) { nodes(ids: $ids) { __typename } }", new { ids = types.Select(t => ids[t.Name]) }, role.ToString().ToLowerInvariant())).GetProperty("nodes");
            foreach (var (type, node) in types.Zip(found.EnumerateArray()))
                Assert.True(MaySee(role, type) == (node.ValueKind is not JsonValueKind.Null), $"{role} {type.Name}: {node}");
        }
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_requester_finds_no_way_to_parts_and_orders(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        TestCalls calls = new(graph);
        await calls.DoesAsync("createAsset", """{"name":"Pump","qrCode":"QR-PUMP"}""", null, "asset.id as pump");
        await calls.DoesAsync("createPart", """{"name":"Seal","qrCode":"QR-SEAL","onHand":5,"unitCost":1,"assetIds":["{pump}"]}""", null, "part.id as seal");
        await calls.DoesAsync("createWorkOrder", """{"title":"Look","assetId":"{pump}"}""", null, "workOrder.id as order");
        await calls.DoesAsync("changeAssetStatus", """{"id":"{pump}","status":"MAINTENANCE","reason":"It makes noise","workOrderId":"{order}"}""", null);
        calls.Verify();
        var requester = (await graph.DataAsync("{ me { id jobTitle } }", @as: "requester")).GetProperty("me").GetProperty("id").GetString()!;
        calls["me"] = requester;

        // By id, by label, by reference: as if it were not there.
        Assert.Equal("""{"part":null,"order":null,"nodes":[null,{"__typename":"Asset"},null],"label":null,"asset":{"__typename":"Asset"}}""", Raw(await graph.DataAsync("""
            query($seal: ID!, $order: ID!, $pump: ID!) {
              part: node(id: $seal) { id ... on Part { name } } order: node(id: $order) { __typename } nodes(ids: [$seal, $pump, $order]) { __typename }
              label: scan(qrCode: "QR-SEAL") { __typename } asset: scan(qrCode: "QR-PUMP") { __typename } }
            """, calls.Ids, "requester")));
        Assert.Equal("""{"asset":{"name":"Pump","statusHistory":{"nodes":[{"workOrder":null}]}}}""", Raw(await graph.DataAsync(
            "query($pump: ID!) { asset(id: $pump) { name statusHistory { nodes { workOrder { code title } } } } }", calls.Ids, "requester")));

        // By list, filter and order: forbidden where it is asked.
        Assert.Equal(("VIEW_INVENTORY", """{"asset":{"name":"Pump","parts":null}}"""), await ForbiddenAsync(graph, "query($pump: ID!) { asset(id: $pump) { name parts { totalCount } } }", calls));
        Assert.Equal(("VIEW_INVENTORY", """{"assets":null}"""), await ForbiddenAsync(graph, "{ assets(where: { parts: { some: { name: { contains: \"Seal\" } } } }) { totalCount } }", calls));
        Assert.Equal(("VIEW_INVENTORY", """{"assets":null}"""), await ForbiddenAsync(graph, "{ assets(where: { vendors: { any: true } }) { nodes { name } } }", calls));

        // By what a mutation answers.
        var renamed = await graph.PayloadAsync("""
            mutation($me: ID!, $seal: ID!) { updateUser(input: { id: $me, jobTitle: "Operator" }) { user { jobTitle } query { node(id: $seal) { __typename } } errors { __typename } } }
            """, calls.Ids, "requester");
        Assert.Equal("""{"user":{"jobTitle":"Operator"},"query":{"node":null},"errors":null}""", Raw(renamed));
    }

    [Fact]
    public async Task Notices_events_and_messages_lead_only_to_what_may_be_seen()
    {
        await using var graph = await TestGraph.StartAsync(DatabaseProvider.Sqlite);
        TestCalls calls = new(graph);
        calls["me"] = (await graph.DataAsync("{ me { id } }", @as: "requester")).GetProperty("me").GetProperty("id").GetString()!;
        await using var live = await graph.SubscribeAsync("subscription { assetStatusChanged { event { type cause { type } } asset { name } } }", @as: "requester");
        await using var told = await graph.SubscribeAsync("subscription { notificationReceived { notification { title subject { __typename } event } event { cause { type } } } }", @as: "requester");
        await live.NextAsync();
        await told.NextAsync();
        await calls.DoesAsync("updateUser", """{"id":"{me}","canBeAssignedToWorkOrders":true}""", null);
        await calls.DoesAsync("createAsset", """{"name":"Pump"}""", null, "asset.id as pump");
        await calls.DoesAsync("createWorkOrder", """{"title":"Look","assetId":"{pump}","technicianIds":["{me}"]}""", null, "workOrder.id as order");
        await calls.DoesAsync("changeAssetStatus", """{"id":"{pump}","status":"MAINTENANCE","reason":"It makes noise","workOrderId":"{order}"}""", null);
        calls.Verify();

        var notice = (await told.NextAsync()).GetProperty("notification");
        Assert.Equal((JsonValueKind.Null, "WORK_ORDER_ASSIGNED"), (notice.GetProperty("subject").ValueKind, notice.GetProperty("event").GetString()));
        Assert.Equal("Pump", (await live.NextAsync()).GetProperty("asset").GetProperty("name").GetString());
        // What an event is about is null in the log of one who may read the log, and not that.
        var asked = await graph.DataAsync("query($pump: ID!) { asset(id: $pump) { events { nodes { type subject { __typename } } } } }", calls.Ids, "requester");
        Assert.All(asked.GetProperty("asset").GetProperty("events").GetProperty("nodes").EnumerateArray(), e => Assert.Equal("Asset", e.GetProperty("subject").GetProperty("__typename").GetString()));
    }

    private static bool MaySee(Role role, ObjectType type)
    {
        // Rows that nobody of these has a part in.
        if (type.ClrType == typeof(ApiKey)) return role is Role.Admin;
        if (type.ClrType == typeof(Domain.Notifications.Notification)) return false;
        if (type.ClrType == typeof(Domain.Work.WorkRequest)) return role.Allows(Permission.ViewRequests);
        return type.Guards.Cast<CallerGuard>().All(g => g.Requirement.Split(" or ").Any(name => role.Allows(Enum.GetValues<Permission>().Single(p => CallerGuard.Name(p) == name))));
    }

    private static IEnumerable<ObjectType> Entities(TestGraph graph)
    {
        var model = graph.Plant.Database.Factory.Model;
        return graph.Services.GetRequiredService<Schema>().Types.Values.OfType<ObjectType>().Where(t => t.ClrType is { } clr && model.FindEntityType(clr) is not null).OrderBy(t => t.Name);
    }

    private static async Task<Dictionary<string, string>> ObjectsAsync(TestGraph graph)
    {
        await using var connection = await DatabaseImage.OpenAsync(graph.Plant.Database.Options);
        Rows rows = new(connection);
        Dictionary<string, string> ids = [];
        foreach (var table in graph.Plant.Database.Factory.Model.GetRelationalModel().Tables)
        {
            var type = Rows.Type(table);
            if (type.HasSharedClrType || type.FindAnnotation("WrittenBySql") is not null || type.FindProperty("Id") is null) continue;
            var row = await rows.GetAsync(table, new Rows.Owner(graph.Plant.CustomerId, graph.Plant.SiteId));
            ids[type.ClrType.Name] = Doors.GlobalId(type.ClrType.Name, (long)row.Values["id"]!);
        }
        return ids;
    }

    /// <summary>The permission that the one error names, and what is left.</summary>
    private static async Task<(string Permission, string Data)> ForbiddenAsync(TestGraph graph, string document, TestCalls calls)
    {
        var answer = await graph.AskAsync(document, document.Contains('$', StringComparison.Ordinal) ? calls.Ids : null, "requester");
        var error = Assert.Single(answer.GetProperty("errors").EnumerateArray());
        Assert.Equal("FORBIDDEN", error.GetProperty("extensions").GetProperty("code").GetString());
        return (error.GetProperty("message").GetString()!.Replace("Your role in this site lacks the permission ", "", StringComparison.Ordinal).TrimEnd('.'), Raw(answer.GetProperty("data")));
    }

    private static string Raw(JsonElement answer) => answer.GetRawText();
}
