using System.Buffers;
using Engines.GraphQL.Execution;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Engines.GraphQL.Server;

/// <summary>One whole answer in JSON, compressed where the client accepts it.</summary>
internal sealed class AnswerWriter(GraphQLServerOptions options)
{
    public async Task RefuseAsync(HttpContext http, AcceptedMedia accepted, GraphQLError error, int status)
    {
        if (http.Response.HasStarted || http.RequestAborted.IsCancellationRequested) return;
        using var result = SingleResult.Refused([error]);
        var media = accepted.Preferred is ResponseMedia.GraphQLResponse ? ResponseMedia.GraphQLResponse : ResponseMedia.Json;
        await WriteAsync(http, result, media, status);
    }

    public ValueTask WriteAsync(HttpContext http, SingleResult result, ResponseMedia media) => WriteAsync(http, result, media, StatusOf(result, media));

    private async ValueTask WriteAsync(HttpContext http, SingleResult result, ResponseMedia media, int status)
    {
        var response = http.Response;
        response.StatusCode = status;
        response.ContentType = AcceptedMedia.ContentTypeOf(media);
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        foreach (var (name, value) in result.Headers) response.Headers[name] = value;
        if (status == StatusCodes.Status401Unauthorized) response.Headers.WWWAuthenticate = "Bearer";
        // What is under way ends by itself; an admission that knows better says so.
        if (status == StatusCodes.Status429TooManyRequests) response.Headers.RetryAfter = "1";
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
