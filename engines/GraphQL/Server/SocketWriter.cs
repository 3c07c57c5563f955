using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;

namespace Engines.GraphQL.Server;

/// <summary>
/// Sends one message at a time. Nothing queues here: each operation waits with the message in its hand, so a socket holds at most one message
/// an operation, and the wait reaches back to the operation's source.
/// </summary>
internal sealed class SocketWriter(WebSocket socket, HttpContext http, TimeSpan patience, TimeProvider time, Action slow) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <param name="cancel">Gives up waiting for the turn; a message that is being sent is sent to its end.</param>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> text, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            cancel.ThrowIfCancellationRequested();
            // Cancelling a send would kill the socket, and with it the close frame that tells why.
            var sending = socket.SendAsync(text, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
            if (sending.IsCompletedSuccessfully) return;
            var sent = sending.AsTask();
            try
            {
                await sent.WaitAsync(patience, time, CancellationToken.None);
            }
            catch (TimeoutException) when (!sent.IsCompleted)
            {
                slow();
                await sent;
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Says why, waits a while for the client to have read it, then cuts the connection.</summary>
    /// <param name="received">Ends when the client has closed its side.</param>
    public async Task CloseAsync(SocketClose reason, Task received, TimeSpan grace)
    {
        using var waited = new CancellationTokenSource(grace, time);
        try
        {
            await _turn.WaitAsync(waited.Token);
            try
            {
                if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                    await socket.CloseOutputAsync(reason.Status, reason.ShortReason, waited.Token);
            }
            finally
            {
                _turn.Release();
            }
            await received.WaitAsync(waited.Token);
            if (socket.State is not WebSocketState.Closed) http.Abort();
        }
        catch (Exception lost) when (lost is OperationCanceledException or WebSocketException or IOException or ObjectDisposedException)
        {
            http.Abort();
        }
    }

    public void Dispose() => _turn.Dispose();
}
