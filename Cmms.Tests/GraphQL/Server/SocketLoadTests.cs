using System.Diagnostics;
using Engines.GraphQL.Server;
using Xunit;

namespace Cmms.Tests.GraphQL.Server;

public sealed class SocketLoadTests
{
    [Fact]
    public async Task Operations_beyond_the_limit_of_a_socket_are_errors_and_the_others_go_on()
    {
        await using var server = await ProbeServer.StartAsync(o => o.MaxOperationsPerSocket = 3);
        await using var socket = await server.InitialisedAsync();
        for (var i = 0; i < 4; i++) await socket.SubscribeAsync($"{i}", "subscription { forever }");
        var answers = await socket.ReceiveAsync(4);
        Assert.Equal(3, answers.Count(a => a.Contains("\"next\"", StringComparison.Ordinal)));
        Assert.Contains(answers, a => a.StartsWith("""{"id":"3","type":"error","payload":[{"message":"Too many""", StringComparison.Ordinal));
        await socket.SendAsync("""{"id":"0","type":"complete"}""");
        for (var i = 0; i < 3; i++) Assert.Equal("waiting", await server.Probe.SeenAsync());
        Assert.Equal("cancelled", await server.Probe.SeenAsync());
        await Eventually.IsTrueAsync(async () =>
        {
            await socket.SubscribeAsync("5", "{ hello }");
            return !(await socket.ReceiveAsync()).Contains("\"error\"", StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Only_so_many_sockets_are_open_and_a_closed_one_makes_room()
    {
        await using var server = await ProbeServer.StartAsync(o => o.MaxSockets = 1);
        await using var first = await server.InitialisedAsync();
        var refused = await Assert.ThrowsAsync<System.Net.WebSockets.WebSocketException>(() => server.ConnectAsync());
        Assert.Contains("503", refused.Message, StringComparison.Ordinal);
        await first.CloseAsync();
        await Eventually.IsTrueAsync(async () =>
        {
            try
            {
                await using var next = await server.InitialisedAsync();
                return true;
            }
            catch (System.Net.WebSockets.WebSocketException)
            {
                return false;
            }
        });
    }

    [Fact]
    public async Task A_callers_subscriptions_are_counted_over_all_its_sockets()
    {
        await using var server = await ProbeServer.StartAsync(o =>
        {
            o.MaxSubscriptionsPerCaller = 1;
            o.Authenticate = static _ => new(AuthResult.Accept(limitKey: "key"));
        });
        await using var first = await server.InitialisedAsync();
        await using var second = await server.InitialisedAsync();
        await first.SubscribeAsync("1", "subscription { forever }");
        Assert.Equal("waiting", await server.Probe.SeenAsync());
        await second.SubscribeAsync("1", "subscription { forever }");
        Assert.Contains("TOO_MANY_REQUESTS", await second.ReceiveAsync(), StringComparison.Ordinal);
        await second.SubscribeAsync("2", "{ hello }");
        Assert.Contains("world", await second.ReceiveAsync(), StringComparison.Ordinal);

        await first.CloseAsync();
        Assert.Equal("cancelled", await server.Probe.SeenAsync());
        Assert.Contains("\"complete\"", await second.ReceiveAsync(), StringComparison.Ordinal);
        await Eventually.IsTrueAsync(async () =>
        {
            await second.SubscribeAsync("3", "subscription { forever }");
            return (await second.ReceiveAsync()).Contains("\"next\"", StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_reader_that_stalls_is_told_4413_when_it_wakes_up()
    {
        await using var server = await ProbeServer.StartAsync(o => (o.SlowReaderTimeout, o.CloseGrace) = (TimeSpan.FromMilliseconds(300), TimeSpan.FromSeconds(10)));
        await using var socket = await server.InitialisedAsync();
        await socket.SubscribeAsync("1", "subscription { flood }");
        await Task.Delay(1500);
        Assert.Equal("4413 Slow reader; resume with after", await socket.ReceiveCloseAsync());
    }

    [Fact]
    public async Task A_reader_that_stalls_cannot_hide_it_by_completing()
    {
        await using var server = await ProbeServer.StartAsync(o => (o.SlowReaderTimeout, o.CloseGrace) = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10)));
        await using var socket = await server.InitialisedAsync();
        await socket.SubscribeAsync("1", "subscription { flood }");
        await Task.Delay(500);
        await socket.SendAsync("""{"id":"1","type":"complete"}""");
        await Task.Delay(1500);
        Assert.StartsWith("4413 ", await socket.ReceiveCloseAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reader_that_never_wakes_up_is_cut_off_and_holds_nothing()
    {
        await using var server = await ProbeServer.StartAsync(o =>
        {
            (o.SlowReaderTimeout, o.CloseGrace) = (TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(200));
            o.MaxSubscriptionsPerCaller = 1;
            o.Authenticate = static _ => new(AuthResult.Accept(limitKey: "key"));
        });
        await using var socket = await server.InitialisedAsync();
        await socket.SubscribeAsync("1", "subscription { flood }");
        await using var other = await server.InitialisedAsync();
        // The place of the stalled subscription becomes free although its reader has done nothing at all.
        await Eventually.IsTrueAsync(async () =>
        {
            await other.SubscribeAsync("1", "subscription { count(to: 0) }");
            return (await other.ReceiveAsync()).Contains("\"complete\"", StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_slow_reader_does_not_slow_the_others()
    {
        await using var server = await ProbeServer.StartAsync();
        await using var slow = await server.InitialisedAsync();
        await slow.SubscribeAsync("1", "subscription { flood }");
        await using var fast = await server.InitialisedAsync();
        var clock = Stopwatch.StartNew();
        await fast.SubscribeAsync("1", "subscription { count(to: 1000) }");
        await fast.ReceiveAsync(1001);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"{clock.Elapsed}");
    }

    [Fact]
    public async Task A_server_that_stops_closes_its_sockets_with_1001_and_does_not_wait_for_them()
    {
        await using var server = await ProbeServer.StartAsync();
        await using var busy = await server.InitialisedAsync();
        await using var idle = await server.ConnectAsync();
        await busy.SubscribeAsync("1", "subscription { forever }");
        Assert.Equal("waiting", await server.Probe.SeenAsync());
        var clock = Stopwatch.StartNew();
        var stopped = server.StopAsync();
        Assert.Equal("1001 The server is stopping", await busy.ReceiveCloseAsync());
        Assert.Equal("1001 The server is stopping", await idle.ReceiveCloseAsync());
        Assert.Equal("cancelled", await server.Probe.SeenAsync());
        await busy.CloseAsync();
        await idle.CloseAsync();
        await stopped;
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"{clock.Elapsed}");
    }

    [Fact]
    public async Task Frames_that_are_no_websocket_end_only_their_own_connection()
    {
        await using var server = await ProbeServer.StartAsync();
        await using var healthy = await server.InitialisedAsync();
        using var raw = await RawSocket.UpgradeAsync(server.Address, "Sec-WebSocket-Protocol: graphql-transport-ws\r\n");
        // Reserved bits set and no mask.
        await raw.SendAsync([0xF1, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF]);
        await raw.ReadToEndAsync();
        await healthy.SubscribeAsync("1", "{ hello }");
        Assert.Contains("world", await healthy.ReceiveAsync(), StringComparison.Ordinal);
    }
}
