using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Cmms.Domain.Persistence;
using Xunit;

namespace Cmms.Tests.GraphQL.Server.Hostile;

/// <summary>Sockets against the real Graph: of TCP, and of graphql-transport-ws.</summary>
[Collection("Alone")]
public sealed class HostileSocketTests
{
    private const string Protocol = "graphql-transport-ws";
    private const string Init = """{"type":"connection_init","payload":{"Authorization":"Bearer test-admin"}}""";

    [Fact]
    public async Task What_a_client_of_websockets_may_not_do_closes_its_socket_with_the_code_for_it_and_no_other()
    {
        await using var graph = await TestGraph.StartAsync(DatabaseProvider.Sqlite);
        await using var healthy = await ConnectedAsync(graph);
        await healthy.SubscribeAsync("s", "subscription { policyFired { __typename } }");
        Assert.StartsWith("""{"id":"s","type":"next",""", await healthy.ReceiveAsync(), StringComparison.Ordinal);
        (string What, string[] Messages, string Closes)[] attacks =
        [
            ("subscribing before the init", ["""{"id":"1","type":"subscribe","payload":{"query":"{ __typename }"}}"""], "4401"),
            ("a key that is none", ["""{"type":"connection_init","payload":{"Authorization":"Bearer nobody"}}"""], "4403"),
            ("two inits", [Init, Init], "4429"),
            ("a thousand inits", [.. Enumerable.Repeat(Init, 1_000)], "4429"),
            ("an id in use", [Init, """{"id":"1","type":"subscribe","payload":{"query":"subscription { policyFired { __typename } }"}}""", """{"id":"1","type":"subscribe","payload":{"query":"subscription { policyFired { __typename } }"}}"""], "4409"),
            ("text that is no JSON", ["hello"], "4400"),
            ("an array", ["[]"], "4400"),
            ("a type of another protocol", ["""{"type":"start","id":"1","payload":{"query":"{ __typename }"}}"""], "4400"),
            ("a type twice", ["""{"type":"ping","type":"connection_init"}"""], "4400"),
            ("a payload of 20,000 lists", [$$$"""{"type":"ping","payload":{"a":{{{new string('[', 20_000)}}}{{{new string(']', 20_000)}}}}}"""], "4400"),
            ("an id of 10,000 characters", [Init, $$$"""{"id":"{{{new string('x', 10_000)}}}","type":"subscribe","payload":{"query":"{ __typename }"}}"""], "4400"),
            ("an id that is a prototype", [Init, """{"id":{"__proto__":1},"type":"subscribe","payload":{"query":"{ __typename }"}}"""], "4400"),
            ("5 MB in one message", [Init, new string(' ', 5_000_000)], "1009"),
        ];
        foreach (var (what, messages, closes) in attacks)
        {
            await using var socket = await SocketClient.ConnectAsync(graph.Address, Protocol, origin: null);
            foreach (var message in messages)
                if (!await SentAsync(socket, message)) break;
            var close = await socket.ReceiveCloseAsync();
            Assert.True(close.StartsWith(closes, StringComparison.Ordinal), $"{what}: {close}");
        }
        var refused = await Assert.ThrowsAsync<WebSocketException>(() => SocketClient.ConnectAsync(graph.Address, Protocol, "https://evil.test"));
        Assert.Contains("403", refused.Message, StringComparison.Ordinal);
        await healthy.SubscribeAsync("1", "{ parts { totalCount } }");
        Assert.Equal("""{"id":"1","type":"next","payload":{"data":{"parts":{"totalCount":0}}}}""", await healthy.ReceiveAsync());
    }

    [Fact]
    public async Task A_thousand_subscriptions_on_one_socket_are_errors_beyond_the_limit()
    {
        await using var graph = await TestGraph.StartAsync(DatabaseProvider.Sqlite);
        await using var socket = await ConnectedAsync(graph);
        for (var i = 0; i < 1_000; i++) await socket.SubscribeAsync($"{i}", "subscription { policyFired { __typename } }");
        // Each that is let in begins with a message of its own.
        List<string> answers = [];
        for (var i = 0; i < 1_000; i++) answers.Add(await socket.ReceiveAsync());
        Assert.Equal(100, answers.Count(a => a.Contains("\"type\":\"next\"", StringComparison.Ordinal)));
        Assert.Equal(900, answers.Count(a => a.Contains("\"type\":\"error\"", StringComparison.Ordinal) && a.Contains("TOO_MANY_REQUESTS", StringComparison.Ordinal)));
        await using var other = await ConnectedAsync(graph);
        await other.SubscribeAsync("1", "{ parts { totalCount } }");
        Assert.Contains("totalCount", await other.ReceiveAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hostile_documents_are_errors_of_their_operations_on_a_socket_too()
    {
        await using var graph = await TestGraph.StartAsync(DatabaseProvider.Sqlite);
        await using var socket = await ConnectedAsync(graph);
        string[] documents =
        [
            "{" + string.Concat(Enumerable.Repeat(" __typename", 10_000)) + " }", string.Concat(Enumerable.Repeat("{a", 20_000)), "{ ...A } fragment A on Query { ...A }",
            "subscription { policyFired { __typename } stockChanged { __typename } }", "{ partz { nodes { id } } }", "{" + string.Concat(Enumerable.Range(0, 500).Select(i => $" a{i}: __typename")) + " }",
        ];
        foreach (var document in documents)
        {
            await socket.SubscribeAsync("1", document);
            Assert.StartsWith("""{"id":"1","type":"error","payload":[{"message":""", await socket.ReceiveAsync(), StringComparison.Ordinal);
        }
        await socket.SubscribeAsync("1", "{ parts { totalCount } }");
        Assert.Contains("\"next\"", await socket.ReceiveAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_hundred_clients_that_dawdle_keep_nobody_waiting()
    {
        await using var graph = await TestGraph.StartAsync(DatabaseProvider.Sqlite);
        string[] beginnings =
        [
            "", "POST", "POST /graphql HTTP/1.1\r\nHost: x\r\n", "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{",
            "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n",
        ];
        List<TcpClient> slow = [];
        try
        {
            for (var i = 0; i < 200; i++)
            {
                TcpClient client = new();
                slow.Add(client);
                await client.ConnectAsync(graph.Address.Host, graph.Address.Port);
                await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(beginnings[i % beginnings.Length]));
            }
            var answered = graph.DataAsync("{ parts { totalCount } }");
            Assert.Equal(answered, await Task.WhenAny(answered, Task.Delay(TimeSpan.FromSeconds(8))));
            Assert.Equal(0, (await answered).GetProperty("parts").GetProperty("totalCount").GetInt32());
        }
        finally
        {
            foreach (var client in slow) client.Dispose();
        }
    }

    [Fact]
    public async Task Bytes_that_are_hardly_http_are_refused_by_their_status()
    {
        const string post = "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
        (string Bytes, int Status)[] attacks =
        [
            (post + "Transfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
            (post + "Content-Length: -1\r\n\r\n", 400),
            (post + "Content-Length: 20\r\nContent-Length: 30\r\n\r\n", 400),
            (post + "Content-Length: 99999999999\r\n\r\n", 413),
            ("POST /graphql HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}", 400),
            ("GET /graphql?query=%7B__typename%7D HTTP/1.1\r\nHost: x\r\nX: \0\r\n\r\n", 400),
            ($"GET /graphql?query=%7B__typename%7D HTTP/1.1\r\nHost: x\r\n{string.Concat(Enumerable.Range(0, 200).Select(i => $"X{i}: 1\r\n"))}\r\n", 431),
            ("GET /graphql?query=%00%ff%fe HTTP/1.1\r\nHost: x\r\nAccept: application/graphql-response+json\r\n\r\n", 400),
            ("GET /graphql/../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n", 404),
            ("\0\0\0\0\0\0\0\0\r\n\r\n", 400),
        ];
        await using var graph = await TestGraph.StartAsync(DatabaseProvider.Sqlite);
        foreach (var (bytes, status) in attacks)
        {
            using CancellationTokenSource patience = new(TimeSpan.FromSeconds(20));
            using TcpClient client = new();
            await client.ConnectAsync(graph.Address.Host, graph.Address.Port, patience.Token);
            await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(bytes), patience.Token);
            var answer = new byte[4096];
            var read = await client.GetStream().ReadAtLeastAsync(answer, 12, cancellationToken: patience.Token);
            Assert.StartsWith($"HTTP/1.1 {status}", Encoding.Latin1.GetString(answer, 0, read), StringComparison.Ordinal);
        }
        Assert.Equal(0, (await graph.DataAsync("{ parts { totalCount } }")).GetProperty("parts").GetProperty("totalCount").GetInt32());
    }

    private static async Task<SocketClient> ConnectedAsync(TestGraph graph)
    {
        var socket = await SocketClient.ConnectAsync(graph.Address, Protocol, origin: null);
        await socket.SendAsync(Init);
        Assert.Equal("""{"type":"connection_ack"}""", await socket.ReceiveAsync());
        return socket;
    }

    /// <summary>False when the server has closed already.</summary>
    private static async Task<bool> SentAsync(SocketClient socket, string message)
    {
        try
        {
            await socket.SendAsync(message);
            return true;
        }
        catch (Exception closed) when (closed is WebSocketException or IOException or ObjectDisposedException)
        {
            return false;
        }
    }
}
