using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cmms.Tests.Access;

/// <summary>Sockets and event streams that were opened by a token end with it.</summary>
public sealed class TokenSocketTests
{
    private const string Listen = "subscription { stockChanged { __typename } }", TheAdmin = "admin@example.test", Ended = "closed: 4403 The credential has ended";

    [Fact]
    public async Task A_socket_closes_when_its_token_has_expired_and_the_clocks_may_differ_no_more()
    {
        await using var plant = await TestPlant.CreateAsync(DatabaseProvider.Sqlite);
        await using var provider = await TestProvider.StartAsync(plant.Clock);
        await using var graph = await TestGraph.StartAsync(plant, provider.Settings);
        await using var first = await ListeningAsync(graph, provider.Token("abc", TheAdmin));
        plant.Clock.Advance(TimeSpan.FromMinutes(30));
        await using var second = await ListeningAsync(graph, provider.Token("abc", TheAdmin));

        plant.Clock.Advance(TimeSpan.FromMinutes(30) + TimeSpan.FromSeconds(59));
        await AnswersAsync(first);
        plant.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(Ended, await ClosedAsync(first));
        await AnswersAsync(second);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_socket_closes_when_its_person_is_deactivated(DatabaseProvider database)
    {
        await using var plant = await TestPlant.CreateAsync(database);
        await using var provider = await TestProvider.StartAsync(plant.Clock);
        await using var graph = await TestGraph.StartAsync(plant, provider.Settings);
        await using var socket = await ListeningAsync(graph, provider.Token("abc", "viewer@example.test"));
        await using var other = await ListeningAsync(graph, provider.Token("def", TheAdmin));
        await plant.Database.WriteAsync(Scope.Customer(plant.CustomerId), async db => (await db.Users.SingleAsync(u => u.Email == "viewer@example.test")).Deactivate(otherOwners: 1));
        Assert.Equal(Ended, await ClosedAsync(socket));
        await AnswersAsync(other);
    }

    [Fact]
    public async Task A_refused_token_closes_the_socket_as_a_refused_key_does()
    {
        await using var plant = await TestPlant.CreateAsync(DatabaseProvider.Sqlite);
        await using var provider = await TestProvider.StartAsync(plant.Clock);
        await using var graph = await TestGraph.StartAsync(plant, provider.Settings);
        foreach (var credential in (string[])["nobody", provider.Token("abc", TheAdmin, ("aud", "other"))])
            Assert.Equal("closed: 4403 Forbidden", (await Assert.ThrowsAsync<InvalidOperationException>(() => graph.SubscribeWithAsync(credential, Listen))).Message);
    }

    [Fact]
    public async Task An_event_stream_ends_with_its_token()
    {
        await using var plant = await TestPlant.CreateAsync(DatabaseProvider.Sqlite);
        await using var provider = await TestProvider.StartAsync(plant.Clock);
        await using var graph = await TestGraph.StartAsync(plant, provider.Settings);
        using HttpClient http = new();
        using HttpRequestMessage request = new(HttpMethod.Get, $"{graph.Address}?query={Uri.EscapeDataString(Listen)}");
        request.Headers.Add("Accept", "text/event-stream");
        request.Headers.Add("Authorization", $"Bearer {provider.Token("abc", TheAdmin)}");
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.True(response.IsSuccessStatusCode);
        using StreamReader reader = new(await response.Content.ReadAsStreamAsync());
        while (await reader.ReadLineAsync() is not "event: next") { }
        plant.Clock.Advance(TimeSpan.FromMinutes(61));
        Assert.Contains("UNAUTHENTICATED", await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(20)), StringComparison.Ordinal);
    }

    private static async Task<TestSubscription> ListeningAsync(TestGraph graph, string token)
    {
        var subscription = await graph.SubscribeWithAsync(token, Listen);
        Assert.Equal("next", (await subscription.ReceiveAsync()).GetProperty("type").GetString());
        return subscription;
    }

    private static async Task AnswersAsync(TestSubscription subscription)
    {
        await subscription.SendAsync(new { id = "2", type = "subscribe", payload = new { query = "{ __typename }" } });
        Assert.Equal("2", (await subscription.ReceiveAsync()).GetProperty("id").GetString());
        Assert.Equal("complete", (await subscription.ReceiveAsync()).GetProperty("type").GetString());
    }

    private static async Task<string> ClosedAsync(TestSubscription subscription) =>
        (await Assert.ThrowsAsync<InvalidOperationException>(async () => { while (true) await subscription.ReceiveAsync(); })).Message;
}
