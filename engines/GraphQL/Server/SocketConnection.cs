using System.Net.WebSockets;
using System.Text.Json;
using Engines.GraphQL.Execution;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Engines.GraphQL.Server;

/// <summary>One client's graphql-transport-ws: reads its messages, runs its operations, and ends for exactly one reason.</summary>
internal sealed class SocketConnection : IDisposable
{
    private readonly WebSocket _socket;
    private readonly HttpContext _http;
    private readonly GraphQLServerOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly SocketWriter _writer;
    private readonly SocketOperations _operations;
    private readonly TaskCompletionSource<SocketClose> _close = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _ended = new();
    private CancellationTokenRegistration _credential;
    private volatile AuthResult? _caller;
    private volatile bool _initialised;

    public SocketConnection(WebSocket socket, HttpContext http, OperationStarter starter, Admission admission, GraphQLServerOptions options, TimeProvider time, ILogger log)
    {
        (_socket, _http, _options, _time, _log) = (socket, http, options, time, log);
        _writer = new SocketWriter(socket, http, options.SlowReaderTimeout, time, () => Close(SocketClose.SlowReader));
        _operations = new SocketOperations(_writer, starter, admission, options.MaxOperationsPerSocket, log, _ended.Token);
    }

    /// <summary>Ends the connection; the first reason counts.</summary>
    public void Close(SocketClose reason) => _close.TrySetResult(reason);

    public async Task RunAsync()
    {
        var received = ReceiveAsync();
        var keptAlive = KeepAliveAsync();
        await using var init = _time.CreateTimer(_ => { if (!_initialised) Close(SocketClose.InitTimeout); }, null, _options.ConnectionInitTimeout, Timeout.InfiniteTimeSpan);
        var reason = await _close.Task;
        _log.SocketClosed(reason.Code, reason.Reason);
        await _ended.CancelAsync();
        await _writer.CloseAsync(reason, received, _options.CloseGrace);
        await Task.WhenAll(received, keptAlive, _operations.AllDone());
    }

    public void Dispose()
    {
        _credential.Dispose();
        _ended.Dispose();
        _writer.Dispose();
    }

    // Reads on after the connection has ended, past what the client had sent already, to its part of the closing handshake.
    private async Task ReceiveAsync()
    {
        try
        {
            using var reader = new SocketReader(_socket, _options.MaxWebSocketMessageBytes);
            while (await reader.ReadAsync() is { } read)
            {
                if (_close.Task.IsCompleted) continue;
                if (read.Refusal is { } refusal) Close(refusal);
                else await HandleAsync(read.Text);
            }
        }
        catch (Exception lost) when (IsLoss(lost))
        {
            // The client is gone without a word.
        }
        Close(SocketClose.Normal);
    }

    private async ValueTask HandleAsync(ReadOnlyMemory<byte> text)
    {
        try
        {
            var message = SocketMessage.Parse(text.Span);
            switch (message.Type)
            {
                case "connection_init":
                    await InitialiseAsync(message.Payload);
                    break;
                case "ping":
                    await PongAsync(message.Payload);
                    break;
                case "subscribe":
                    Subscribe(message.Id!, message.Payload);
                    break;
                case "complete":
                    _operations.Complete(message.Id!);
                    break;
                default:
                    // A pong: that it came is all it says.
                    break;
            }
        }
        catch (RefusedRequest refused)
        {
            Close(SocketClose.BadMessage(refused.Message));
        }
#pragma warning disable CA1031 // The host's hooks may throw anything; the client learns only that it happened.
        catch (Exception failure) when (!IsLoss(failure))
#pragma warning restore CA1031
        {
            _log.SocketFailed(failure);
            Close(SocketClose.InternalError);
        }
    }

    private async ValueTask InitialiseAsync(JsonElement payload)
    {
        if (_initialised)
        {
            Close(SocketClose.TooManyInits);
            return;
        }
        _initialised = true;
        var caller = await (_options.AuthenticateSocket is { } ask ? ask(_http, payload) : _options.Authenticate(_http));
        if (caller.Refusal is not null)
        {
            Close(SocketClose.Forbidden);
            return;
        }
        _caller = caller;
        _credential = caller.Ends.Register(() => Close(SocketClose.CredentialEnded));
        await _writer.SendAsync(SocketMessage.Ack, _ended.Token);
    }

    private async ValueTask PongAsync(JsonElement payload)
    {
        using var pong = new JsonOutput();
        SocketMessage.WritePong(pong, payload);
        await _writer.SendAsync(pong.Written, _ended.Token);
    }

    private void Subscribe(string id, JsonElement payload)
    {
        if (_caller is not { } caller) Close(SocketClose.Unauthorized);
        else if (!_operations.TryStart(id, RequestReader.FromParameters(payload), caller)) Close(SocketClose.DuplicateSubscriber(id));
    }

    private async Task KeepAliveAsync()
    {
        using var timer = new PeriodicTimer(_options.KeepAlive, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_ended.Token))
                if (_caller is not null) await _writer.SendAsync(SocketMessage.Ping, _ended.Token);
        }
        catch (Exception lost) when (IsLoss(lost))
        {
            // Whoever reads will notice.
        }
    }

    private static bool IsLoss(Exception failure) => failure is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException;
}
