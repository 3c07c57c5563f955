using System.Net.WebSockets;
using Cmms.Graph.Live;
using Xunit.Sdk;

namespace Cmms.Tests.Worker;

/// <summary>Somebody who listens to everything, loses the connection again and again, and goes on with <c>after</c> from the last that arrived.</summary>
internal sealed class EventSubscriber : IAsyncDisposable
{
    private const string Document = "subscription($after: String) { eventOccurred(after: $after) { cursor event { type } } }";
    private readonly Func<Uri> _graph;
    private readonly long _customerId;
    private readonly string _role;
    private readonly List<long> _heard = [];
    private readonly Task _listening;
    private volatile TestSubscription _connection;
    private volatile bool _isOver;
    private string _cursor;
    private int _returns;

    private EventSubscriber(Func<Uri> graph, long customerId, string role, TestSubscription connection, string cursor)
    {
        (_graph, _customerId, _role, _connection, _cursor) = (graph, customerId, role, connection, cursor);
        Start = PositionOf(cursor);
        _listening = Task.Run(ListenAsync);
    }

    /// <summary>Where it began to listen.</summary>
    public long Start { get; }

    /// <summary>How often it came back after its connection was gone.</summary>
    public int Returns => Volatile.Read(ref _returns);

    /// <summary>The positions of the events, as they arrived.</summary>
    public IReadOnlyList<long> Heard
    {
        get
        {
            lock (_heard) return [.. _heard];
        }
    }

    public static Task<EventSubscriber> StartAsync(TestGraph graph, string role) => StartAsync(() => graph.Address, graph.Plant.CustomerId, role);

    /// <param name="graph">The Graph to come back to, which may be another one each time.</param>
    public static async Task<EventSubscriber> StartAsync(Func<Uri> graph, long customerId, string role)
    {
        var connection = await TestSubscription.OpenAsync(graph(), $"test-{role}", Document);
        return new EventSubscriber(graph, customerId, role, connection, (await connection.NextAsync()).GetProperty("cursor").GetString()!);
    }

    /// <summary>Ends the connection, politely or as when a cable is pulled; what is under way is lost.</summary>
    public async Task DropAsync(bool abruptly)
    {
        try
        {
            if (abruptly) _connection.Abort();
            else await _connection.CloseAsync();
        }
        catch (Exception exception) when (IsGone(exception))
        {
            // It was gone already.
        }
    }

    /// <summary>Whether it still listens: what it could not understand has ended it.</summary>
    public Task EndAsync()
    {
        _isOver = true;
        _connection.Abort();
        return _listening;
    }

    public async ValueTask DisposeAsync()
    {
        _isOver = true;
        await _connection.DisposeAsync();
    }

    private async Task ListenAsync()
    {
        while (!_isOver)
        {
            try
            {
                while (true)
                {
                    var message = await _connection.NextAsync();
                    _cursor = message.GetProperty("cursor").GetString()!;
                    lock (_heard) _heard.Add(PositionOf(_cursor));
                }
            }
            catch (Exception exception) when (IsGone(exception))
            {
                await _connection.DisposeAsync();
            }
            while (!_isOver && !await ReturnAsync()) await Task.Delay(20);
        }
    }

    private async Task<bool> ReturnAsync()
    {
        try
        {
            _connection = await TestSubscription.OpenAsync(_graph(), $"test-{_role}", Document, new { after = _cursor });
            Interlocked.Increment(ref _returns);
            return true;
        }
        catch (Exception exception) when (IsGone(exception))
        {
            return false;
        }
    }

    private long PositionOf(string cursor) => EventCursor.Decode(cursor, _customerId);

    /// <summary>A socket that is closed, aborted or silent for long, or a Graph whose database is just away; another message that is no event is none of these, and ends it.</summary>
    private static bool IsGone(Exception exception) => exception is WebSocketException or OperationCanceledException or InvalidOperationException or IOException
        || (exception is XunitException && exception.Message.Contains("INTERNAL_SERVER_ERROR", StringComparison.Ordinal));
}
