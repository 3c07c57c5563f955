using System.Diagnostics;
using System.Net.Sockets;
using System.Net.WebSockets;
using Cmms.Domain.Assets;
using Xunit;

namespace Cmms.Tests.Live;

/// <summary>Who does not read holds up nobody and costs little; that they are dropped with 4413 is the socket's own test.</summary>
public sealed class PausedReaderTests
{
    private const string Document = """
        subscription ($after: String) {
          eventOccurred(types: ["LocationChanged"], after: $after) { cursor subject { ... on Location { code a: description b: description c: description d: description e: description } } }
        }
        """;
    private static readonly TimeSpan s_alone = TimeSpan.FromSeconds(Requirements.Soak ? 15 : 5), s_beside = TimeSpan.FromSeconds(Requirements.Soak ? 60 : 5);

    [Fact]
    public async Task The_others_do_not_notice_fifty_paused_sockets_under_20_kB_fifty_times_a_second()
    {
        await using var graph = await TestGraph.StartAsync(Cmms.Domain.Persistence.DatabaseProvider.Sqlite);
        var place = new Location("Hall") { Description = new string('x', 4_000) };
        await graph.Plant.WriteAsync(db => Task.FromResult(db.Locations.Add(place)));
        List<LiveListener> fast = [];
        for (var i = 0; i < 20; i++) fast.Add(await LiveListener.StartAsync(graph, Document, [], keeps: false));
        var alone = await FloodAsync(graph, place.Id, fast, s_alone);

        List<TestSubscription> paused = [];
        using HttpMessageInvoker narrow = new(new SocketsHttpHandler { ConnectCallback = ConnectNarrowlyAsync });
        for (var i = 0; i < 50; i++) paused.Add(await PausedAsync(graph, narrow));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var beside = await FloodAsync(graph, place.Id, fast, s_beside);
        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.True(grown < 100 << 20, $"{grown >> 20} MiB");
        Assert.True(beside < TimeSpan.FromMilliseconds(200) + 2 * alone, $"p99 {beside.TotalMilliseconds} ms beside paused ones, {alone.TotalMilliseconds} ms alone");

        foreach (var listener in fast)
        {
            Assert.False(listener.Ended.IsCompleted);
            await listener.DisposeAsync();
        }
        foreach (var socket in paused) await socket.DisposeAsync();
    }

    /// <summary>For a client whose system takes in only a few kilobytes that it does not read.</summary>
    private static async ValueTask<Stream> ConnectNarrowlyAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 8 * 1024 };
        await socket.ConnectAsync(context.DnsEndPoint, cancel);
        return new NetworkStream(socket, ownsSocket: true);
    }

    private static async Task<TestSubscription> PausedAsync(TestGraph graph, HttpMessageInvoker narrow)
    {
        ClientWebSocket socket = new();
        socket.Options.AddSubProtocol("graphql-transport-ws");
        await socket.ConnectAsync(new UriBuilder(graph.Address) { Scheme = "ws" }.Uri, narrow, CancellationToken.None);
        TestSubscription subscription = new(socket);
        await subscription.SendAsync(new { type = "connection_init", payload = new { Authorization = "Bearer test-admin" } });
        await subscription.ReceiveAsync();
        await subscription.SendAsync(new { id = "1", type = "subscribe", payload = new { query = Document } });
        await subscription.NextAsync();
        return subscription;
    }

    /// <summary>Changes the place fifty times a second; answers the 99th percentile from a commit to its receipt by a fast reader.</summary>
    private static async Task<TimeSpan> FloodAsync(TestGraph graph, long id, List<LiveListener> readers, TimeSpan time)
    {
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(20));
        var began = Stopwatch.GetTimestamp();
        List<TimeSpan> delays = [];
        while (Stopwatch.GetElapsedTime(began) < time)
        {
            await timer.WaitForNextTickAsync();
            var counts = readers.ConvertAll(r => r.Count);
            var name = $"C{Stopwatch.GetTimestamp()}";
            await graph.Plant.WriteAsync(async db => (await db.Find<Location>(id, default)).Code = name);
            var committed = Stopwatch.GetTimestamp();
            while (readers.Where((r, i) => r.Count <= counts[i]).Any()) await Task.Delay(1);
            delays.Add(Stopwatch.GetElapsedTime(committed));
        }
        delays.Sort();
        return delays[(int)(0.99 * (delays.Count - 1))];
    }
}
