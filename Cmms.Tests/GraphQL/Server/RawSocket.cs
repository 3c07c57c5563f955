using System.Net.Sockets;
using System.Text;
using Xunit;

namespace Cmms.Tests.GraphQL.Server;

/// <summary>A WebSocket upgrade by hand, for what no client library would send or show.</summary>
internal sealed class RawSocket : IDisposable
{
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(10));
    private readonly TcpClient _client = new();

    /// <summary>The head of the server's answer.</summary>
    public string Answer { get; private set; } = "";

    public static async Task<RawSocket> UpgradeAsync(Uri address, string header)
    {
        var raw = new RawSocket();
        await raw._client.ConnectAsync(address.Host, address.Port, raw._patience.Token);
        await raw.SendAsync(Encoding.ASCII.GetBytes(
            $"GET {address.AbsolutePath} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            + $"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{header}\r\n"));
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal)) head.Append((char)(await raw.ReadAsync(1))[0]);
        raw.Answer = head.ToString();
        Assert.StartsWith("HTTP/1.1 101 ", raw.Answer, StringComparison.Ordinal);
        return raw;
    }

    public Task SendAsync(byte[] bytes) => _client.GetStream().WriteAsync(bytes, _patience.Token).AsTask();

    public async Task<byte[]> ReadAsync(int count)
    {
        var bytes = new byte[count];
        await _client.GetStream().ReadExactlyAsync(bytes, _patience.Token);
        return bytes;
    }

    /// <summary>Waits for the server to end the connection, politely or not.</summary>
    public async Task ReadToEndAsync()
    {
        try
        {
            await _client.GetStream().CopyToAsync(Stream.Null, _patience.Token);
        }
        catch (IOException)
        {
            // Cut off.
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _patience.Dispose();
    }
}
