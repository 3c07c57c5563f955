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
    private readonly AnswerWriter _answers = new(options);
    private readonly UploadReader _uploads = new(options, operations.TakesFiles);

    public async Task HandleAsync(HttpContext http, Admission admission)
    {
        var accepted = AcceptedMedia.Of(http.Request);
        try
        {
            if (HttpMethods.IsOptions(http.Request.Method)) Origins.Preflight(http, options);
            else await AnswerAsync(http, accepted, admission);
        }
        catch (RefusedRequest refused)
        {
            if (refused.Allow is { } allow) http.Response.Headers.Allow = allow;
            if (refused.Status is StatusCodes.Status415UnsupportedMediaType) http.Response.Headers.AcceptEncoding = "identity";
            await _answers.RefuseAsync(http, accepted, refused.Error, refused.Status);
        }
        catch (BadHttpRequestException broken)
        {
            // The connection's own limits: chunks that are none, a body that comes too slowly.
            await _answers.RefuseAsync(http, accepted, new GraphQLError("The body could not be read.", ErrorCodes.BadRequest), broken.StatusCode);
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
            else await _answers.RefuseAsync(http, accepted, new GraphQLError("The server failed to answer.", ErrorCodes.Internal), StatusCodes.Status500InternalServerError);
        }
    }

    private async Task AnswerAsync(HttpContext http, AcceptedMedia accepted, Admission admission)
    {
        Origins.Allow(http, options);
        var page = PageFor(http.Request, accepted);
        var caller = await EnterAsync(http, admission, page is null);
        if (page is not null)
        {
            await page(http);
            return;
        }
        var isGet = HttpMethods.IsGet(http.Request.Method);
        if (!isGet && !HttpMethods.IsPost(http.Request.Method))
            throw new RefusedRequest("GraphQL is served by GET and POST.", StatusCodes.Status405MethodNotAllowed) { Allow = "GET, POST" };
        if (accepted.Preferred is not { } media)
            throw new RefusedRequest("Answers come as application/graphql-response+json, application/json or text/event-stream.", StatusCodes.Status406NotAcceptable);
        var type = isGet ? null : ContentTypeOf(http.Request);
        if (caller.Refusal is { } refusal)
            throw new RefusedRequest(refusal, StatusCodes.Status401Unauthorized, ErrorCodes.Unauthenticated);

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        using var files = new UploadSpool(options.Uploads);
        var request = type is null ? RequestReader.FromQuery(http.Request.Query) : await ReadAsync(http.Request, type, files, ended);
        if (http.Request.Headers["GraphQL-Cost"] == "report") request = request with { ReportCost = true };
        if (http.Request.Headers["Idempotency-Key"] is { Count: > 0 } key) request = request with { IdempotencyKey = key.ToString() };
        await using var operation = await operations.StartAsync(request, caller, admission, ended.Token);
        switch (operation.Result)
        {
            case SingleResult { Kind: ResultKind.MutationNotAllowed }:
                throw new RefusedRequest("A mutation needs POST.", StatusCodes.Status405MethodNotAllowed) { Allow = "POST" };
            case SingleResult single when media is not ResponseMedia.EventStream:
                await _answers.WriteAsync(http, single, media);
                break;
            case StreamResult when !accepted.EventStream:
                throw new RefusedRequest("A subscription needs a client that accepts text/event-stream, or a WebSocket.", StatusCodes.Status406NotAcceptable);
            default:
                await new EventStream(http, options, time, stopping).WriteAsync(operation, ended, caller.Ends);
                break;
        }
    }

    private Func<HttpContext, Task>? PageFor(HttpRequest request, AcceptedMedia accepted) =>
        accepted.Html && HttpMethods.IsGet(request.Method) && !s_documentParameters.Any(request.Query.ContainsKey) ? options.LandingPage : null;

    /// <summary>Whoever calls, accepted or not; thrown out where the host lets in no more of it.</summary>
    private async ValueTask<AuthResult> EnterAsync(HttpContext http, Admission admission, bool authenticates)
    {
        if (admission.Arrive() is { } notYet) throw new RefusedRequest(notYet, StatusCodes.Status429TooManyRequests);
        var caller = authenticates ? await options.Authenticate(http) : AuthResult.Accept();
        if (await admission.EnterAsync(caller.Refusal is null ? caller : null, http.RequestAborted) is { } notNow)
            throw new RefusedRequest(notNow, StatusCodes.Status429TooManyRequests);
        return caller;
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
}
