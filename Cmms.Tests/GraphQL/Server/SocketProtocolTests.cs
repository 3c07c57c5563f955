using System.Net.WebSockets;
using System.Text;
using Engines.GraphQL.Server;
using Xunit;

namespace Cmms.Tests.GraphQL.Server;

public sealed class SocketProtocolTests
{
    [Fact]
    public async Task Queries_mutations_and_subscriptions_run_beside_each_other_on_one_socket()
    {
        await using var server = await ProbeServer.StartAsync();
        await using var socket = await server.InitialisedAsync();
        await socket.SubscribeAsync("q", "{ hello }");
        await socket.SubscribeAsync("m", "mutation { touch }");
        await socket.SubscribeAsync("s", "subscription { count(to: 2) }");
        Assert.Equal(
        [
            """{"id":"m","type":"complete"}""", """{"id":"m","type":"next","payload":{"data":{"touch":1}}}""",
            """{"id":"q","type":"complete"}""", """{"id":"q","type":"next","payload":{"data":{"hello":"world"}}}""",
            """{"id":"s","type":"complete"}""", """{"id":"s","type":"next","payload":{"data":{"count":1}}}""", """{"id":"s","type":"next","payload":{"data":{"count":2}}}""",
        ],
            (await socket.ReceiveAsync(7)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_messages_of_a_subscription_come_in_order_and_then_complete()
    {
        await using var server = await ProbeServer.StartAsync();
        await using var socket = await server.InitialisedAsync();
        await socket.SubscribeAsync("1", "subscription { count(to: 300) }");
        for (var i = 1; i <= 300; i++) Assert.Equal($$$$"""{"id":"1","type":"next","payload":{"data":{"count":{{{{i}}}}}}}""", await socket.ReceiveAsync());
        Assert.Equal("""{"id":"1","type":"complete"}""", await socket.ReceiveAsync());
    }

    [Fact]
    public async Task A_refused_document_is_an_error_of_its_operation_alone_and_frees_its_id()
    {
        await using var server = await ProbeServer.StartAsync();
        await using var socket = await server.InitialisedAsync();
        await socket.SubscribeAsync("1", "{ nothingOfThisName }");
        Assert.StartsWith("""{"id":"1","type":"error","payload":[{"message":""", await socket.ReceiveAsync(), StringComparison.Ordinal);
        await socket.SubscribeAsync("1", "{ hello }");
        Assert.Equal("""{"id":"1","type":"next","payload":{"data":{"hello":"world"}}}""", await socket.ReceiveAsync());
    }

    [Fact]
    public async Task Completing_cancels_the_operation_at_once_and_frees_its_id()
    {
        await using var server = await ProbeServer.StartAsync();
        await using var socket = await server.InitialisedAsync();
        await socket.SubscribeAsync("1", "subscription { forever }");
        Assert.Equal("""{"id":"1","type":"next","payload":{"data":{"forever":1}}}""", await socket.ReceiveAsync());
        Assert.Equal("waiting", await server.Probe.SeenAsync());
        await socket.SendAsync("""{"id":"1","type":"complete"}""");
        await socket.SubscribeAsync("1", "{ hello }");
        Assert.Equal("cancelled", await server.Probe.SeenAsync());
        Assert.Equal("""{"id":"1","type":"next","payload":{"data":{"hello":"world"}}}""", await socket.ReceiveAsync());
        Assert.Equal("""{"id":"1","type":"complete"}""", await socket.ReceiveAsync());
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task A_client_that_leaves_cancels_what_it_waited_for(bool politely)
    {
        await using var server = await ProbeServer.StartAsync();
        await using var socket = await server.InitialisedAsync();
        await socket.SubscribeAsync("1", "{ wait }");
        Assert.Equal("waiting", await server.Probe.SeenAsync());
        if (politely) await socket.CloseAsync();
        else socket.Abort();
        Assert.Equal("cancelled", await server.Probe.SeenAsync());
    }

    [Fact]
    public async Task Pings_are_answered_with_their_payload_even_before_the_connection_is_initialised()
    {
        await using var server = await ProbeServer.StartAsync();
        await using var socket = await server.ConnectAsync();
        await socket.SendAsync("""{"type":"ping","payload":{"at":[1, 2]}}""");
        Assert.Equal("""{"type":"pong","payload":{"at":[1, 2]}}""", await socket.ReceiveAsync());
        await socket.SendAsync("""{"type":"pong"}""");
        await socket.SendAsync("""{"type":"ping","payload":null}""");
        Assert.Equal("""{"type":"pong"}""", await socket.ReceiveAsync());
    }

    [Fact]
    public async Task An_idle_connection_is_pinged()
    {
        await using var server = await ProbeServer.StartAsync(o => o.KeepAlive = TimeSpan.FromMilliseconds(100));
        await using var socket = await server.InitialisedAsync();
        Assert.Equal("""{"type":"ping"}""", await socket.ReceiveAsync());
        Assert.Equal("""{"type":"ping"}""", await socket.ReceiveAsync());
    }

    [Fact]
    public async Task A_message_may_come_in_many_frames()
    {
        await using var server = await ProbeServer.StartAsync();
        await using var socket = await server.InitialisedAsync();
        var text = new string('ñ', 9_000);
        var message = Encoding.UTF8.GetBytes("""{"id":"ñ","type":"subscribe","payload":{"query":"query($t: String) { echo(text: $t) }","variables":{"t":"@"}}}""".Replace("@", text, StringComparison.Ordinal));
        foreach (var part in message.Chunk(777)) await socket.SendAsync(part, WebSocketMessageType.Text, endOfMessage: false);
        await socket.SendAsync([], WebSocketMessageType.Text, endOfMessage: true);
        Assert.Equal("""{"id":"ñ","type":"next","payload":{"data":{"echo":"@"}}}""".Replace("@", text, StringComparison.Ordinal), await socket.ReceiveAsync());
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"type":1}""")]
    [InlineData("""{"type":"start"}""")]
    [InlineData("""{"type":"connection_init","payload":"x"}""")]
    [InlineData("""{"type":"ping","type":"pong"}""")]
    [InlineData("""{"type":"subscribe","payload":{"query":"{hello}"}}""")]
    [InlineData("""{"type":"subscribe","id":"","payload":{"query":"{hello}"}}""")]
    [InlineData("""{"type":"subscribe","id":"1"}""")]
    [InlineData("""{"type":"subscribe","id":"1","payload":{}}""")]
    [InlineData("""{"type":"subscribe","id":"1","payload":{"query":"{hello}","variables":[]}}""")]
    [InlineData("""{"type":"complete"}""")]
    public async Task A_message_that_is_none_closes_with_4400(string message)
    {
        await using var server = await ProbeServer.StartAsync();
        await using var socket = await server.InitialisedAsync();
        await socket.SendAsync(message);
        Assert.StartsWith("4400 ", await socket.ReceiveAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_binary_frame_closes_with_4400()
    {
        await using var server = await ProbeServer.StartAsync();
        await using var socket = await server.InitialisedAsync();
        await socket.SendAsync("""{"type":"ping"}"""u8.ToArray(), WebSocketMessageType.Binary, true);
        Assert.StartsWith("4400 ", await socket.ReceiveAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Subscribing_before_the_connection_is_initialised_closes_with_4401()
    {
        await using var server = await ProbeServer.StartAsync();
        await using var socket = await server.ConnectAsync();
        await socket.SubscribeAsync("1", "mutation { touch }");
        Assert.Equal("4401 Unauthorized", await socket.ReceiveAsync());
        Assert.Equal(0, server.Probe.Touched);
    }

    [Fact]
    public async Task A_rejected_connection_closes_with_4403()
    {
        await using var server = await ProbeServer.StartAsync(o => o.AuthenticateSocket = static (_, payload) =>
            new(payload.TryGetProperty("token", out var token) && token.GetString() == "good" ? AuthResult.Accept() : AuthResult.Reject()));
        await using var bad = await server.ConnectAsync();
        await bad.SendAsync("""{"type":"connection_init","payload":{"token":"bad"}}""");
        Assert.Equal("4403 Forbidden", await bad.ReceiveAsync());
        await using var good = await server.ConnectAsync();
        await good.SendAsync("""{"type":"connection_init","payload":{"token":"good"}}""");
        Assert.Equal("""{"type":"connection_ack"}""", await good.ReceiveAsync());
    }

    [Fact]
    public async Task A_credential_that_ends_closes_its_sockets_with_4403()
    {
        using var ends = new CancellationTokenSource();
        await using var server = await ProbeServer.StartAsync(o => o.Authenticate = _ => new(AuthResult.Accept(ends: ends.Token)));
        await using var socket = await server.InitialisedAsync();
        await socket.SubscribeAsync("1", "subscription { forever }");
        Assert.Equal("waiting", await server.Probe.SeenAsync());
        await ends.CancelAsync();
        Assert.Equal("4403 The credential has ended", await socket.ReceiveCloseAsync());
        Assert.Equal("cancelled", await server.Probe.SeenAsync());
    }

    [Theory]
    [InlineData(""), InlineData("Sec-WebSocket-Protocol: graphql-ws\r\n")]
    public async Task Another_subprotocol_closes_with_4406(string header)
    {
        await using var server = await ProbeServer.StartAsync();
        using var raw = await RawSocket.UpgradeAsync(server.Address, header);
        Assert.DoesNotContain("Sec-WebSocket-Protocol", raw.Answer, StringComparison.Ordinal);
        // A close frame: FIN and opcode 8, the length of code and reason, then 4406 in network order.
        Assert.Equal(new byte[] { 0x88, 28, 0x11, 0x36 }, await raw.ReadAsync(4));
    }

    [Fact]
    public async Task A_connection_that_is_not_initialised_in_time_closes_with_4408()
    {
        await using var server = await ProbeServer.StartAsync(o => o.ConnectionInitTimeout = TimeSpan.FromMilliseconds(100));
        await using var socket = await server.ConnectAsync();
        Assert.Equal("4408 Connection initialisation timeout", await socket.ReceiveAsync());
    }

    [Fact]
    public async Task An_id_in_use_closes_with_4409()
    {
        await using var server = await ProbeServer.StartAsync();
        await using var socket = await server.InitialisedAsync();
        await socket.SubscribeAsync("1", "subscription { forever }");
        Assert.Equal("waiting", await server.Probe.SeenAsync());
        await socket.SubscribeAsync("1", "{ hello }");
        Assert.Equal("4409 Subscriber for 1 already exists", await socket.ReceiveCloseAsync());
        Assert.Equal("cancelled", await server.Probe.SeenAsync());
    }

    [Fact]
    public async Task A_second_init_closes_with_4429()
    {
        await using var server = await ProbeServer.StartAsync();
        await using var socket = await server.InitialisedAsync();
        await socket.SendAsync("""{"type":"connection_init"}""");
        Assert.Equal("4429 Too many initialisation requests", await socket.ReceiveAsync());
    }

    [Fact]
    public async Task A_hook_that_fails_closes_with_4500_without_its_message()
    {
        await using var server = await ProbeServer.StartAsync(o => o.AuthenticateSocket = static (_, _) => throw new InvalidOperationException("password=1"));
        await using var socket = await server.ConnectAsync();
        await socket.SendAsync("""{"type":"connection_init"}""");
        Assert.Equal("4500 Internal server error", await socket.ReceiveAsync());
    }

    [Fact]
    public async Task A_message_over_the_limit_closes_with_1009()
    {
        await using var server = await ProbeServer.StartAsync();
        await using var socket = await server.InitialisedAsync();
        await socket.SendAsync(new byte[5 * 1024 * 1024], WebSocketMessageType.Text, true);
        Assert.Equal("1009 The message is too big", await socket.ReceiveAsync());
    }
}
