using System.Text.Json;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Engines.GraphQL.Binding;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cmms.Tests.Organization;

public sealed class OwnerTests
{
    [Theory, Sqlite, PostgreSql]
    public async Task However_two_owners_go_at_once_one_stays(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        var scope = Scope.Customer(graph.Plant.CustomerId);
        for (var round = 0; round < 4; round++)
        {
            var owners = await graph.Plant.Database.WriteAsync(scope, async db =>
            {
                var both = await db.Users.Where(u => u.Name == "Admin" || u.Name == "Manager").OrderBy(u => u.Name).ToListAsync();
                foreach (var owner in both)
                {
                    owner.Reactivate();
                    owner.ChangeCustomerRole(CustomerRole.Owner, otherOwners: 1);
                }
                return both.Select(o => new GlobalId("User", o.Id).ToString()).ToArray();
            });
            var answers = await Task.WhenAll(
                AskAsync("admin", round % 2 == 0 ? "deactivateUser" : "updateUser", owners[1]), AskAsync("manager", round < 2 ? "updateUser" : "deactivateUser", owners[0]));
            Assert.Equal(1, answers.Count(Succeeded));
            Assert.Equal(1, await graph.Plant.Database.ReadAsync(scope, db => db.Users.CountAsync(u => u.Status == UserStatus.Active && u.CustomerRole == CustomerRole.Owner)));
        }

        Task<JsonElement> AskAsync(string caller, string mutation, string id) =>
            graph.AskAsync(TestCalls.Document(mutation), mutation == "updateUser" ? new { input = new { id, customerRole = "MEMBER" } } : new { input = new { id } }, caller);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Who_is_deactivated_is_out_at_once_keeps_history_and_comes_back_with_roles_and_keys(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        TestCalls calls = new(graph);
        calls.Remember(await graph.DataAsync("""{ users(search: "technician@") { nodes { id } } }"""), "users.nodes.0.id as technician");
        await calls.DoesAsync("createWorkOrder", """{"title":"Grease","technicianIds":["{technician}"]}""", null, "workOrder.id as order");
        await calls.DoesAsync("startWorkOrder", """{"id":"{order}"}""", null, @as: "technician");
        await using var socket = await graph.SubscribeAsync("subscription { stockChanged { __typename } }", @as: "technician");
        await socket.ReceiveAsync();

        await calls.DoesAsync("deactivateUser", """{"id":"{technician}"}""", "UserDeactivated");
        Assert.Equal("UNAUTHENTICATED", Code(await graph.AskAsync("{ me { id } }", @as: "technician")));
        var closed = await Assert.ThrowsAsync<InvalidOperationException>(async () => { while (true) await socket.ReceiveAsync(); });
        Assert.StartsWith("closed: 4403", closed.Message, StringComparison.Ordinal);
        await calls.RefusesAsync("createWorkOrder", """{"title":"Grease again","technicianIds":["{technician}"]}""", "INVALID_VALUE technicianIds.0");
        var left = await graph.DataAsync("query($id: ID!, $order: ID!) { user(id: $id) { status isAssignable permissions roles { role } } workOrder(id: $order) { technicians { name } updatedBy { ... on User { name } } } }",
            new { id = calls["technician"], order = calls["order"] });
        Assert.Equal("""{"user":{"status":"DEACTIVATED","isAssignable":false,"permissions":[],"roles":[{"role":"TECHNICIAN"}]},"workOrder":{"technicians":[{"name":"Technician"}],"updatedBy":{"name":"Technician"}}}""", left.GetRawText());

        await calls.DoesAsync("reactivateUser", """{"id":"{technician}"}""", "UserReactivated");
        var back = await graph.DataAsync("{ me { status roles { role } } }", @as: "technician");
        Assert.Equal("""{"me":{"status":"ACTIVE","roles":[{"role":"TECHNICIAN"}]}}""", back.GetRawText());
        calls.Verify();
    }

    private static bool Succeeded(JsonElement answer) =>
        !answer.TryGetProperty("errors", out _) && answer.GetProperty("data").EnumerateObject().Single().Value.GetProperty("errors").ValueKind is JsonValueKind.Null;

    private static string Code(JsonElement answer) => answer.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString()!;
}
