using System.Net.WebSockets;
using System.Text;

namespace Cmms.Tests.GraphQL.Server;

/// <summary>A client of one WebSocket that speaks plain text; a close shows as <c>"4400 reason"</c>.</summary>
internal sealed class SocketClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly ClientWebSocket _socket = new();

    public string? Protocol => _socket.SubProtocol;

    public static async Task<SocketClient> ConnectAsync(Uri address, string? protocol, string? origin)
    {
        var client = new SocketClient();
        if (protocol is not null) client._socket.Options.AddSubProtocol(protocol);
        if (origin is not null) client._socket.Options.SetRequestHeader("Origin", origin);
        try
        {
            await client._socket.ConnectAsync(new UriBuilder(address) { Scheme = "ws" }.Uri, CancellationToken.None);
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
        return client;
    }

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true);

    public Task SendAsync(byte[] frame, WebSocketMessageType type, bool endOfMessage) => _socket.SendAsync(frame, type, endOfMessage, CancellationToken.None);

    public Task SubscribeAsync(string id, string document) =>
        SendAsync($$$"""{"id":"{{{id}}}","type":"subscribe","payload":{"query":"{{{document}}}"}}""");

    /// <summary>The next message's text, or the code and reason with which the server closed.</summary>
    public async Task<string> ReceiveAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        using var text = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var part = await _socket.ReceiveAsync(buffer, patience.Token);
            if (part.MessageType is WebSocketMessageType.Close) return $"{(int)part.CloseStatus!} {part.CloseStatusDescription}";
            text.Write(buffer.AsSpan(0, part.Count));
            if (part.EndOfMessage) return Encoding.UTF8.GetString(text.ToArray());
        }
    }

    /// <summary>The next messages, in whatever order they come.</summary>
    public async Task<HashSet<string>> ReceiveAsync(int count)
    {
        var all = new HashSet<string>();
        for (var i = 0; i < count; i++) all.Add(await ReceiveAsync());
        return all;
    }

    /// <summary>What the server closes with, past the messages it sends before.</summary>
    public async Task<string> ReceiveCloseAsync()
    {
        while (true)
            if (await ReceiveAsync() is var text && !text.StartsWith('{')) return text;
    }

    public Task CloseAsync() => _socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None);

    public void Abort() => _socket.Abort();

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
