using System.Buffers;
using Engines.GraphQL.Execution;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Engines.GraphQL.Server;

/// <summary>GraphQL over HTTP, with event streams where the client accepts them.</summary>
internal sealed class HttpTransport(OperationStarter operations, GraphQLServerOptions options, TimeProvider time, ILogger log, CancellationToken stopping)
{
    private static readonly string[] s_documentParameters = ["query", "documentId", "id", "extensions"];
    private readonly UploadReader _uploads = new(options, operations.TakesFiles);

    public async Task HandleAsync(HttpContext http)
    {
        var accepted = AcceptedMedia.Of(http.Request);
        try
        {
            if (HttpMethods.IsOptions(http.Request.Method)) Origins.Preflight(http, options);
            else if (accepted.Html && options.LandingPage is { } page && HttpMethods.IsGet(http.Request.Method) && !s_documentParameters.Any(http.Request.Query.ContainsKey)) await page(http);
            else await AnswerAsync(http, accepted);
        }
        catch (RefusedRequest refused)
        {
            if (refused.Allow is { } allow) http.Response.Headers.Allow = allow;
            if (refused.Status is StatusCodes.Status415UnsupportedMediaType) http.Response.Headers.AcceptEncoding = "identity";
            await RefuseAsync(http, accepted, refused.Error, refused.Status);
        }
        catch (BadHttpRequestException broken)
        {
            // The connection's own limits: chunks that are none, a body that comes too slowly.
            await RefuseAsync(http, accepted, new GraphQLError("The body could not be read.", ErrorCodes.BadRequest), broken.StatusCode);
        }
        catch (Exception lost) when (http.RequestAborted.IsCancellationRequested || (lost is OperationCanceledException && http.Response.HasStarted))
        {
            // Nobody is left to answer.
        }
#pragma warning disable CA1031 // The last stop: whatever happened, the client learns only that it did.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.RequestFailed(failure);
            if (http.Response.HasStarted) http.Abort();
            else await RefuseAsync(http, accepted, new GraphQLError("The server failed to answer.", ErrorCodes.Internal), StatusCodes.Status500InternalServerError);
        }
    }

    private async Task AnswerAsync(HttpContext http, AcceptedMedia accepted)
    {
        Origins.Allow(http, options);
        var isGet = HttpMethods.IsGet(http.Request.Method);
        if (!isGet && !HttpMethods.IsPost(http.Request.Method))
            throw new RefusedRequest("GraphQL is served by GET and POST.", StatusCodes.Status405MethodNotAllowed) { Allow = "GET, POST" };
        if (accepted.Preferred is not { } media)
            throw new RefusedRequest("Answers come as application/graphql-response+json, application/json or text/event-stream.", StatusCodes.Status406NotAcceptable);
        var type = isGet ? null : ContentTypeOf(http.Request);
        var caller = await options.Authenticate(http);
        if (caller.Refusal is { } refusal)
            throw new RefusedRequest(refusal, StatusCodes.Status401Unauthorized, ErrorCodes.Unauthenticated);

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        using var files = new UploadSpool(options.Uploads);
        var request = type is null ? RequestReader.FromQuery(http.Request.Query) : await ReadAsync(http.Request, type, files, ended);
        if (http.Request.Headers["GraphQL-Cost"] == "report") request = request with { ReportCost = true };
        if (http.Request.Headers["Idempotency-Key"] is { Count: > 0 } key) request = request with { IdempotencyKey = key.ToString() };
        await using var operation = await operations.StartAsync(request, caller, ended.Token);
        switch (operation.Result)
        {
            case SingleResult { Kind: ResultKind.MutationNotAllowed }:
                throw new RefusedRequest("A mutation needs POST.", StatusCodes.Status405MethodNotAllowed) { Allow = "POST" };
            case SingleResult single when media is not ResponseMedia.EventStream:
                await WriteAsync(http, single, media);
                break;
            case StreamResult when !accepted.EventStream:
                throw new RefusedRequest("A subscription needs a client that accepts text/event-stream, or a WebSocket.", StatusCodes.Status406NotAcceptable);
            default:
                await new EventStream(http, options, time, stopping).WriteAsync(operation.Result!, ended, caller.Ends);
                break;
        }
    }

    private async Task<GraphQLRequest> ReadAsync(HttpRequest request, MediaTypeHeaderValue type, UploadSpool files, CancellationTokenSource ended)
    {
        var isMultipart = IsMultipart(type);
        ended.CancelAfter(isMultipart ? options.Uploads.Timeout : options.BodyTimeout);
        try
        {
            var read = isMultipart
                ? await _uploads.ReadAsync(request, type, files, ended.Token)
                : await RequestReader.FromBodyAsync(request, options.MaxBodyBytes, ended.Token);
            ended.CancelAfter(Timeout.InfiniteTimeSpan);
            return read;
        }
        catch (OperationCanceledException) when (!request.HttpContext.RequestAborted.IsCancellationRequested)
        {
            throw new RefusedRequest("The body took too long to arrive.", StatusCodes.Status408RequestTimeout);
        }
    }

    // Pages of other origins can send text/plain and forms without asking first, so only JSON is read, and files with a header that pages must ask for.
    private static MediaTypeHeaderValue ContentTypeOf(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !(IsMultipart(type) || type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase))
            || (type.Charset.HasValue && !HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase)))
            throw new RefusedRequest("The body must be application/json in UTF-8, or multipart/form-data.", StatusCodes.Status415UnsupportedMediaType);
        if (!StringValues.IsNullOrEmpty(request.Headers.ContentEncoding) && !request.Headers.ContentEncoding.ToString().Equals("identity", StringComparison.OrdinalIgnoreCase))
            throw new RefusedRequest("The body must not be compressed.", StatusCodes.Status415UnsupportedMediaType);
        if (IsMultipart(type)) UploadReader.CheckPreflight(request);
        return type;
    }

    private static bool IsMultipart(MediaTypeHeaderValue type) => type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase);

    private async Task RefuseAsync(HttpContext http, AcceptedMedia accepted, GraphQLError error, int status)
    {
        if (http.Response.HasStarted || http.RequestAborted.IsCancellationRequested) return;
        using var result = SingleResult.Refused([error]);
        var media = accepted.Preferred is ResponseMedia.GraphQLResponse ? ResponseMedia.GraphQLResponse : ResponseMedia.Json;
        await WriteAsync(http, result, media, status);
    }

    private ValueTask WriteAsync(HttpContext http, SingleResult result, ResponseMedia media) => WriteAsync(http, result, media, StatusOf(result, media));

    private async ValueTask WriteAsync(HttpContext http, SingleResult result, ResponseMedia media, int status)
    {
        var response = http.Response;
        response.StatusCode = status;
        response.ContentType = AcceptedMedia.ContentTypeOf(media);
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        foreach (var (name, value) in result.Headers) response.Headers[name] = value;
        if (status == StatusCodes.Status401Unauthorized) response.Headers.WWWAuthenticate = "Bearer";
        if (options.CompressFromBytes is not { } least)
        {
            await SendAsync(http, result.Json);
            return;
        }
        response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
        if (result.Json.Length < least || Compression.Choose(http.Request.Headers.AcceptEncoding) is not { } coding)
        {
            await SendAsync(http, result.Json);
            return;
        }
        var compressed = Compression.Encode(result.Json, coding);
        try
        {
            response.Headers.ContentEncoding = coding;
            await SendAsync(http, compressed);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(compressed.Array!);
        }
    }

    private static async ValueTask SendAsync(HttpContext http, ReadOnlyMemory<byte> body)
    {
        http.Response.ContentLength = body.Length;
        await http.Response.BodyWriter.WriteAsync(body, http.RequestAborted);
    }

    // Old clients take anything but 200 for a broken connection, so as application/json a document's mistakes are 200 with errors. A request
    // that was not looked at (limits, credentials) is refused by its status whoever asks.
    private static int StatusOf(SingleResult result, ResponseMedia media) => result.Kind is ResultKind.Executed
        ? StatusCodes.Status200OK
        : result.Errors.Select(e => e.Code).FirstOrDefault() switch
        {
            ErrorCodes.TooManyRequests => StatusCodes.Status429TooManyRequests,
            ErrorCodes.IdempotencyKeyReused => StatusCodes.Status422UnprocessableEntity,
            ErrorCodes.Unauthenticated => StatusCodes.Status401Unauthorized,
            ErrorCodes.Forbidden => StatusCodes.Status403Forbidden,
            ErrorCodes.Internal => StatusCodes.Status500InternalServerError,
            ErrorCodes.TooComplex or ErrorCodes.IntrospectionDisabled or ErrorCodes.DocumentNotTrusted => StatusCodes.Status400BadRequest,
            _ => media is ResponseMedia.Json && result.Kind is not ResultKind.KeyRefused ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
        };
}
