using System.Buffers;
using System.Net.WebSockets;

namespace Engines.GraphQL.Server;

/// <summary>Puts a client's frames together to messages of bounded size. While there is nothing to read, it holds no buffer.</summary>
internal sealed class SocketReader(WebSocket socket, int maxBytes) : IDisposable
{
    private const int UsualBytes = 4096;
    private byte[] _buffer = [];

    /// <summary>The next message, or why the socket must close, valid until the next call; null when the client has closed.</summary>
    public async ValueTask<SocketRead?> ReadAsync()
    {
        Exchange(0, keep: 0);
        // Into no room at all: it waits for a message to begin.
        var part = await socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None);
        var length = 0;
        while (true)
        {
            if (part.MessageType is WebSocketMessageType.Close) return null;
            if (part.MessageType is WebSocketMessageType.Binary) return new SocketRead(default, SocketClose.BadMessage("Messages are text, not binary"));
            if (length > maxBytes) return new SocketRead(default, SocketClose.MessageTooBig);
            if (part.EndOfMessage) return new SocketRead(_buffer.AsMemory(0, length), null);
            if (length == _buffer.Length) Exchange(Math.Max(UsualBytes, _buffer.Length * 2), keep: length);
            part = await socket.ReceiveAsync(_buffer.AsMemory(length), CancellationToken.None);
            length += part.Count;
        }
    }

    public void Dispose() => Exchange(0, keep: 0);

    private void Exchange(int size, int keep)
    {
        byte[] other = size == 0 ? [] : ArrayPool<byte>.Shared.Rent(size);
        _buffer.AsSpan(0, keep).CopyTo(other);
        if (_buffer.Length > 0) ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = other;
    }
}

internal readonly record struct SocketRead(ReadOnlyMemory<byte> Text, SocketClose? Refusal);
