using System.Buffers;
using System.Net.WebSockets;

namespace Engines.GraphQL.Server;

/// <summary>Puts a client's frames together to messages of bounded size.</summary>
internal sealed class SocketReader(WebSocket socket, int maxBytes) : IDisposable
{
    private const int UsualBytes = 4096;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(UsualBytes);

    /// <summary>The next message, or why the socket must close, valid until the next call; null when the client has closed.</summary>
    public async ValueTask<SocketRead?> ReadAsync()
    {
        // A message that was large must not make its socket large for ever.
        if (_buffer.Length > 4 * UsualBytes) Exchange(UsualBytes, keep: 0);
        var length = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(_buffer.AsMemory(length), CancellationToken.None);
            length += part.Count;
            if (part.MessageType is WebSocketMessageType.Close) return null;
            if (part.MessageType is WebSocketMessageType.Binary) return new SocketRead(default, SocketClose.BadMessage("Messages are text, not binary"));
            if (length > maxBytes) return new SocketRead(default, SocketClose.MessageTooBig);
            if (part.EndOfMessage) return new SocketRead(_buffer.AsMemory(0, length), null);
            if (length == _buffer.Length) Exchange(_buffer.Length * 2, keep: length);
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private void Exchange(int size, int keep)
    {
        var other = ArrayPool<byte>.Shared.Rent(size);
        _buffer.AsSpan(0, keep).CopyTo(other);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = other;
    }
}

internal readonly record struct SocketRead(ReadOnlyMemory<byte> Text, SocketClose? Refusal);
