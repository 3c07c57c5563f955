using System.Net.WebSockets;
using System.Text.Json;
using Cmms.Graph.Live;

namespace Cmms.Tests.Live;

/// <summary>Reads one subscription on a socket of its own until the socket ends, and keeps what came.</summary>
internal sealed class LiveListener : IAsyncDisposable
{
    private readonly TestGraph _graph;
    private readonly TestSubscription _socket;
    private readonly List<JsonElement> _messages = [];
    private readonly bool _keeps;
    private int _count;

    private LiveListener(TestGraph graph, TestSubscription socket, bool keeps) => (_graph, _socket, _keeps) = (graph, socket, keeps);

    /// <summary>The cursor that came first; null where it went on after an earlier one.</summary>
    public string? First { get; private init; }

    /// <summary>Ends with the socket; says why, and whether it was said goodbye to.</summary>
    public Task<string> Ended { get; private set; } = Task.FromResult("");

    /// <summary>The values of the root field, as they arrived.</summary>
    public IReadOnlyList<JsonElement> Messages
    {
        get
        {
            lock (_messages) return [.. _messages];
        }
    }

    /// <summary>How many arrived.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>The positions of the events, as they arrived.</summary>
    public IReadOnlyList<long> Positions => [.. Messages.Select(m => PositionOf(m.GetProperty("cursor").GetString()!))];

    /// <param name="after">Given, no message is waited for.</param>
    /// <param name="keeps">Whether messages are kept, or only counted.</param>
    public static async Task<LiveListener> StartAsync(TestGraph graph, string document, Dictionary<string, object?> variables, string @as = "admin", string? after = null, bool keeps = true)
    {
        var socket = await graph.SubscribeAsync(document, after is null ? variables : new Dictionary<string, object?>(variables) { ["after"] = after }, @as);
        var listener = new LiveListener(graph, socket, keeps) { First = after is null ? (await socket.NextAsync()).GetProperty("cursor").GetString() : null };
        listener.Ended = Task.Run(listener.ReadAsync);
        return listener;
    }

    public long PositionOf(string cursor) => EventCursor.Decode(cursor, _graph.Plant.CustomerId);

    public Task SendAsync(object message) => _socket.SendAsync(message);

    /// <summary>As when a cable is pulled.</summary>
    public void Abort() => _socket.Abort();

    public ValueTask DisposeAsync() => _socket.DisposeAsync();

    private async Task<string> ReadAsync()
    {
        try
        {
            while (true)
            {
                var message = await _socket.NextAsync();
                if (_keeps) lock (_messages) _messages.Add(message);
                Interlocked.Increment(ref _count);
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or InvalidOperationException or IOException)
        {
            return e.Message;
        }
    }
}
