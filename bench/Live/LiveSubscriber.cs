using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Bench.Live;

/// <summary>What a subscriber has received: the number of the change, and when.</summary>
internal readonly record struct Received(int Change, long At);

/// <summary>
/// One graphql-transport-ws client on a socket of its own, as light as can be, so that the machine's time is the server's: it reads frames and
/// remembers which changes they tell, and answers pings.
/// </summary>
internal sealed class LiveSubscriber(int asset) : IDisposable
{
    private static readonly byte[] s_mark = [.. "\"reason\":\"change "u8];
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _buffer = new byte[4096];
    private int _start, _end;

    public int Asset => asset;
    public List<Received> Received { get; } = [];
    public Task Reading { get; private set; } = Task.CompletedTask;

    /// <summary>Why it ended, when the server ended it.</summary>
    public string? Closed { get; private set; }

    public async Task ConnectAsync(Uri address, string id, string document)
    {
        await _socket.ConnectAsync(address.Host, address.Port);
        await SendRawAsync(Encoding.ASCII.GetBytes(
            $"GET {address.AbsolutePath} HTTP/1.1\r\nHost: {address.Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + $"Sec-WebSocket-Key: {Convert.ToBase64String(Guid.NewGuid().ToByteArray())}\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n"));
        int length;
        while ((length = _buffer.AsSpan(0, _end).IndexOf("\r\n\r\n"u8)) < 0) await FillAsync();
        if (!_buffer.AsSpan().StartsWith("HTTP/1.1 101"u8)) throw new InvalidOperationException(Encoding.ASCII.GetString(_buffer, 0, length));
        _start = length + 4;
        await SendAsync(new { type = "connection_init", payload = new Dictionary<string, string> { ["Authorization"] = "Bearer demo-manager", ["X-Site-Id"] = "PLANT" } });
        await NextAsync(); // the acknowledgement
        await SendAsync(new { id = "1", type = "subscribe", payload = new { query = document, variables = new { id } } });
    }

    /// <summary>The first message of the Graph, which tells that it listens.</summary>
    public async Task FirstAsync()
    {
        var text = Encoding.UTF8.GetString((await NextAsync()).Span);
        if (!text.Contains("\"next\"", StringComparison.Ordinal)) throw new InvalidOperationException(text);
    }

    public void Start() => Reading = Task.Run(ReadAsync);

    public void Dispose() => _socket.Dispose();

    private async Task ReadAsync()
    {
        try
        {
            while (true)
            {
                var message = (await NextAsync()).Span;
                var at = message.IndexOf(s_mark);
                if (at < 0) continue;
                var number = message[(at + s_mark.Length)..];
                Received.Add(new Received(int.Parse(number[..number.IndexOf((byte)' ')], CultureInfo.InvariantCulture), Stopwatch.GetTimestamp()));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or EndOfStreamException)
        {
            Closed ??= e.Message;
        }
    }

    /// <summary>The next text message; servers send each in one frame.</summary>
    private async ValueTask<ReadOnlyMemory<byte>> NextAsync()
    {
        while (true)
        {
            while (_end - _start < 2) await FillAsync();
            var (opcode, length, header) = (_buffer[_start] & 15, _buffer[_start + 1] & 127, 2);
            if (length == 126)
            {
                while (_end - _start < 4) await FillAsync();
                (length, header) = (BinaryPrimitives.ReadUInt16BigEndian(_buffer.AsSpan(_start + 2)), 4);
            }
            while (_end - _start < header + length) await FillAsync();
            var payload = _buffer.AsMemory(_start + header, length);
            _start += header + length;
            switch (opcode)
            {
                case 1:
                    return payload;
                case 8:
                    Closed = $"{BinaryPrimitives.ReadUInt16BigEndian(payload.Span)} {Encoding.UTF8.GetString(payload.Span[2..])}";
                    throw new EndOfStreamException();
                case 9:
                    await SendRawAsync(Frame(10, payload.Span));
                    break;
            }
        }
    }

    private async ValueTask FillAsync()
    {
        if (_start == _end) (_start, _end) = (0, 0);
        else if (_end == _buffer.Length)
        {
            var larger = _end - _start > _buffer.Length / 2 ? new byte[_buffer.Length * 2] : new byte[_buffer.Length];
            _buffer.AsSpan(_start, _end - _start).CopyTo(larger);
            (_buffer, _start, _end) = (larger, 0, _end - _start);
        }
        var read = await _socket.ReceiveAsync(_buffer.AsMemory(_end));
        if (read == 0) throw new EndOfStreamException();
        _end += read;
    }

    private ValueTask SendAsync(object message) => SendRawAsync(Frame(1, JsonSerializer.SerializeToUtf8Bytes(message)));

    private async ValueTask SendRawAsync(byte[] bytes) => await _socket.SendAsync(bytes);

    /// <summary>A client's frame, masked with zeros.</summary>
    private static byte[] Frame(int opcode, ReadOnlySpan<byte> payload)
    {
        byte[] length = payload.Length < 126 ? [(byte)(128 | payload.Length)] : [128 | 126, (byte)(payload.Length >> 8), (byte)payload.Length];
        return [(byte)(128 | opcode), .. length, 0, 0, 0, 0, .. payload];
    }
}
