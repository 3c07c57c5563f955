using System.Buffers;
using System.IO.Pipelines;
using Engines.GraphQL.Execution;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Engines.GraphQL.Server;

/// <summary>
/// Answers as server-sent events, one connection an operation (graphql-sse, distinct connections mode). Errors found before execution come as
/// a <c>next</c> too, because a client of this protocol cannot read any other answer.
/// </summary>
internal sealed class EventStream(HttpContext http, GraphQLServerOptions options, TimeProvider time, CancellationToken stopping)
{
    private readonly PipeWriter _body = http.Response.BodyWriter;

    /// <param name="ended">To be cancelled when the source need not go on.</param>
    /// <param name="credentialEnds">Ends the stream with an error.</param>
    public async Task WriteAsync(Operation operation, CancellationTokenSource ended, CancellationToken credentialEnds)
    {
        var response = http.Response;
        response.ContentType = AcceptedMedia.ContentTypeOf(ResponseMedia.EventStream);
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["X-Accel-Buffering"] = "no";
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        // Slow readers are ours to judge: a stream may be quiet for hours.
        if (http.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate) rate.MinDataRate = null;
        if (operation.Result is SingleResult single) await NextAsync(single.Json);
        else
        {
            using var stopped = stopping.Register(ended.Cancel);
            using var expired = credentialEnds.Register(ended.Cancel);
            try
            {
                await CommentAsync();
                await CopyAsync(operation, ((StreamResult)operation.Result!).Messages, ended.Token);
            }
            catch (OperationCanceledException) when (ended.IsCancellationRequested)
            {
                // Why is looked at below: the source may also just end when it is cancelled.
            }
            // Without `complete` the client knows that the stream was cut, and comes back.
            if (http.RequestAborted.IsCancellationRequested || stopping.IsCancellationRequested) return;
            if (credentialEnds.IsCancellationRequested)
            {
                using var error = SingleResult.Refused([new GraphQLError("The credential has ended.", ErrorCodes.Unauthenticated)]);
                await NextAsync(error.Json);
            }
        }
        _body.Write("event: complete\ndata:\n\n"u8);
        await FlushAsync();
    }

    private async Task CopyAsync(Operation operation, IAsyncEnumerable<SingleResult> messages, CancellationToken cancel)
    {
        await using var reader = messages.GetAsyncEnumerator(cancel);
        while (true)
        {
            var next = reader.MoveNextAsync().AsTask();
            await ShowLifeUntilAsync(next);
            if (!await next) return;
            using var message = reader.Current;
            operation.Spend(message.Cost);
            await NextAsync(message.Json);
        }
    }

    private async Task ShowLifeUntilAsync(Task next)
    {
        try
        {
            while (!next.IsCompleted)
            {
                try
                {
                    await next.WaitAsync(options.KeepAlive, time);
                }
                catch (TimeoutException) when (!next.IsCompleted)
                {
                    await CommentAsync();
                }
            }
        }
        finally
        {
            // A reader may not be disposed while it moves; a connection that was cut has cancelled it.
            await next.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private ValueTask CommentAsync()
    {
        _body.Write(":\n\n"u8);
        return FlushAsync();
    }

    private ValueTask NextAsync(ReadOnlyMemory<byte> json)
    {
        _body.Write("event: next\ndata: "u8);
        // A line break would end the field; between JSON tokens it may be written as a further data line.
        var rest = json.Span;
        for (int end; (end = rest.IndexOfAny((byte)'\n', (byte)'\r')) >= 0; rest = rest[(end + 1)..])
        {
            _body.Write(rest[..end]);
            _body.Write("\ndata: "u8);
        }
        _body.Write(rest);
        _body.Write("\n\n"u8);
        return FlushAsync();
    }

    private async ValueTask FlushAsync()
    {
        var flush = _body.FlushAsync(http.RequestAborted);
        if (flush.IsCompletedSuccessfully) return;
        try
        {
            await flush.AsTask().WaitAsync(options.SlowReaderTimeout, time);
        }
        catch (TimeoutException)
        {
            http.Abort();
            throw new OperationCanceledException("The reader of an event stream is too slow.");
        }
    }
}
