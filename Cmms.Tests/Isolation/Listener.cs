using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using Xunit;

namespace Cmms.Tests.Isolation;

/// <summary>Somebody with a socket on which many subscriptions run, and all that came.</summary>
internal sealed class Listener : IAsyncDisposable
{
    private readonly TestSubscription _socket;
    private readonly ConcurrentQueue<(string Name, string Text)> _messages = new();
    private readonly Task _receiving;

    private Listener(Asker asker, TestSubscription socket) => (Asker, _socket, _receiving) = (asker, socket, Task.Run(ReceiveAsync));

    public Asker Asker { get; }
    public IReadOnlyList<(string Name, string Text)> Messages => [.. _messages];

    /// <param name="subscriptions">Documents by names of one's own.</param>
    public static async Task<Listener> OpenAsync(World world, Asker asker, IReadOnlyList<(string Name, string Document)> subscriptions)
    {
        Listener listener = new(asker, await world.Graph.SubscribeAsync("subscription { eventOccurred { cursor } }", @as: asker.Key, site: asker.At.Header));
        foreach (var (name, document) in subscriptions) await listener._socket.SendAsync(new { id = name, type = "subscribe", payload = new { query = document } });
        return listener;
    }

    public async Task UntilAsync(Func<string, string, bool> came)
    {
        for (var i = 0; !_messages.Any(m => came(m.Name, m.Text)); i++)
        {
            Assert.True(i < 2400, $"{Asker} waits in vain; {_messages.Count} messages came.");
            await Task.Delay(50);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await _receiving;
        await _socket.DisposeAsync();
    }

    private async Task ReceiveAsync()
    {
        try
        {
            while (true)
            {
                var message = await _socket.ReceiveAsync(TimeSpan.FromMinutes(10));
                if (message.TryGetProperty("id", out var id)) _messages.Enqueue((id.GetString()!, message.ToString()));
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or InvalidOperationException or ObjectDisposedException or JsonException)
        {
            // The test is done with it.
        }
    }
}
