using System.Text.Json;
using Cmms.Domain.Assets;
using Cmms.Domain.Persistence;
using Xunit;

namespace Cmms.Tests.RateLimits;

/// <summary>Operations on a WebSocket count as those over HTTP do; what has begun is never cut off.</summary>
public sealed class SocketLimitTests
{
    private const string Listen = "subscription { eventOccurred { cursor event { type } } }";

    [Theory, Sqlite, PostgreSql]
    public async Task Each_operation_on_a_socket_counts_and_one_too_many_is_an_error_of_its_own(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider, RateLimitTests.Limits(requests: 4));
        using LimitClient client = new(graph);
        await using var socket = await graph.SubscribeAsync(Listen); // the first
        await socket.NextAsync();
        for (var i = 2; i <= 4; i++) Assert.Equal(["next", "complete"], await QueryAsync(socket, $"q{i}"));

        Assert.Equal(["error"], await QueryAsync(socket, "q5"));
        Assert.True((await client.AskAsync()).IsRefused); // it is one key, whichever way it comes
        await graph.Plant.WriteAsync(db => Task.FromResult(db.Add(new AssetType("Pump"))));
        Assert.Equal("AssetTypeCreated", (await socket.NextAsync()).GetProperty("event").GetProperty("type").GetString()); // goes on
    }

    [Fact]
    public async Task The_messages_of_a_subscription_cost_and_are_not_cut_off()
    {
        await using var graph = await TestGraph.StartAsync(DatabaseProvider.Sqlite, RateLimitTests.Limits(cost: 6));
        using LimitClient client = new(graph);
        await using var socket = await graph.SubscribeAsync(Listen);
        await socket.NextAsync();
        Assert.True((await client.AskAsync("{ __typename }")).IsIn);
        for (var i = 1; i <= 5; i++)
        {
            await graph.Plant.WriteAsync(db => Task.FromResult(db.Add(new AssetType($"Pump {i}"))));
            await socket.NextAsync();
        }
        Assert.True((await client.AskAsync("{ __typename }")).IsRefused);
    }

    /// <summary>The types of its messages; an error must be that of the limit.</summary>
    private static async Task<List<string?>> QueryAsync(TestSubscription socket, string id)
    {
        await socket.SendAsync(new { id, type = "subscribe", payload = new { query = "{ me { id } }" } });
        List<string?> types = [];
        JsonElement message;
        do
        {
            message = await socket.ReceiveAsync();
            Assert.Equal(id, message.GetProperty("id").GetString());
            types.Add(message.GetProperty("type").GetString());
            if (types[^1] != "error") continue;
            var extensions = message.GetProperty("payload")[0].GetProperty("extensions");
            Assert.Equal(("RATE_LIMITED", 300), (extensions.GetProperty("code").GetString(), extensions.GetProperty("retryAfter").GetInt32()));
        }
        while (types[^1] is "next");
        return types;
    }
}
