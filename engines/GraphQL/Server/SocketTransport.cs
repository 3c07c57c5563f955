using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Logging;

namespace Engines.GraphQL.Server;

/// <summary>Lets WebSockets in: by origin, then by subprotocol.</summary>
internal sealed class SocketTransport(OperationStarter operations, GraphQLServerOptions options, TimeProvider time, ILogger log, CancellationToken stopping)
{
    private const string Protocol = "graphql-transport-ws";
    private readonly AnswerWriter _answers = new(options);
    private int _open;

    public async Task HandleAsync(HttpContext http, Admission admission)
    {
        if ((admission.Arrive() ?? await admission.EnterAsync(null, http.RequestAborted)) is { } notNow)
        {
            await _answers.RefuseAsync(http, AcceptedMedia.Of(http.Request), notNow, StatusCodes.Status429TooManyRequests);
            return;
        }
        // Browsers send cookies with an upgrade and ask nobody before it, so the origin is the only guard.
        if (!Origins.MayConnect(http.Request, options))
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }
        try
        {
            if (Interlocked.Increment(ref _open) > options.MaxSockets) http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            else await AcceptAsync(http, admission);
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private async Task AcceptAsync(HttpContext http, Admission admission)
    {
        // Slow readers are ours to judge: a socket may be quiet for hours.
        if (http.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate) rate.MinDataRate = null;
        var isOurs = http.WebSockets.WebSocketRequestedProtocols.Contains(Protocol);
        using var socket = await http.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            SubProtocol = isOurs ? Protocol : null,
            // Frames of the WebSocket itself, which find connections that died without a word.
            KeepAliveInterval = options.KeepAlive,
            KeepAliveTimeout = options.KeepAlive,
        });
        try
        {
            using var connection = new SocketConnection(socket, http, operations, admission, options, time, log);
            using var stopped = stopping.Register(() => connection.Close(SocketClose.Stopping));
            if (!isOurs) connection.Close(SocketClose.SubprotocolNotAcceptable);
            await connection.RunAsync();
        }
        catch (Exception lost) when (lost is WebSocketException or OperationCanceledException or IOException)
        {
            // The connection is gone; there is nobody to tell.
        }
    }
}
