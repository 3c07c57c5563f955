using System.Net.WebSockets;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cmms.Tests.Organization;

/// <summary>A socket is open by a right, and closes with it.</summary>
public sealed class OpenCredentialTests
{
    private const string Listen = "subscription { stockChanged { __typename } }";

    [Theory, Sqlite, PostgreSql]
    public async Task A_socket_closes_with_4403_when_its_key_is_revoked_and_others_stay(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        await using var revoked = await ListeningAsync(graph, "technician");
        await using var other = await ListeningAsync(graph, "manager");
        await graph.Plant.Database.WriteAsync(Scope.Customer(graph.Plant.CustomerId), async db => (await KeyOf(db, "Technician")).Revoke(graph.Plant.Now));
        await IsClosedAsync(revoked);
        await using var again = await ListeningAsync(graph, "manager");
        await other.SendAsync(new { id = "2", type = "subscribe", payload = new { query = "{ __typename }" } });
        Assert.Equal("2", (await other.ReceiveAsync()).GetProperty("id").GetString());
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_socket_closes_when_its_user_has_another_role_and_may_come_back(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        await using var before = await ListeningAsync(graph, "technician");
        await graph.Plant.Database.WriteAsync(Scope.Customer(graph.Plant.CustomerId), async db =>
        {
            var user = (await KeyOf(db, "Technician")).UserId;
            await db.GrantRole(user, graph.Plant.SiteId, Role.Viewer, default);
        });
        await IsClosedAsync(before);
        await using var after = await ListeningAsync(graph, "technician");
    }

    [Fact]
    public async Task A_socket_closes_at_the_moment_when_its_key_expires()
    {
        await using var graph = await TestGraph.StartAsync(DatabaseProvider.Sqlite);
        var secret = "";
        await graph.Plant.Database.WriteAsync(Scope.Customer(graph.Plant.CustomerId), async db =>
        {
            var (key, text) = ApiKey.Create((await KeyOf(db, "Technician")).User, "for an hour", graph.Plant.Now + TimeSpan.FromHours(1), graph.Plant.Now);
            db.ApiKeys.Add(key);
            secret = text;
        });
        using ClientWebSocket socket = new();
        socket.Options.AddSubProtocol("graphql-transport-ws");
        await socket.ConnectAsync(new UriBuilder(graph.Address) { Scheme = "ws" }.Uri, CancellationToken.None);
        await using TestSubscription client = new(socket);
        await client.SendAsync(new { type = "connection_init", payload = new { Authorization = $"Bearer {secret}" } });
        Assert.Equal("connection_ack", (await client.ReceiveAsync()).GetProperty("type").GetString());
        graph.Plant.Clock.Advance(TimeSpan.FromHours(1));
        await IsClosedAsync(client);
    }

    private static async Task<TestSubscription> ListeningAsync(TestGraph graph, string role)
    {
        var subscription = await graph.SubscribeAsync(Listen, @as: role);
        Assert.Equal("next", (await subscription.ReceiveAsync()).GetProperty("type").GetString());
        return subscription;
    }

    private static async Task IsClosedAsync(TestSubscription subscription)
    {
        var closed = await Assert.ThrowsAsync<InvalidOperationException>(async () => { while (true) await subscription.ReceiveAsync(); });
        Assert.Equal("closed: 4403 The credential has ended", closed.Message);
    }

    private static Task<ApiKey> KeyOf(CmmsDb db, string name) => db.ApiKeys.Include(k => k.User).SingleAsync(k => k.User.Name == name);
}
