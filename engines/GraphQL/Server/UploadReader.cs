using System.Globalization;
using System.Net.Mime;
using System.Text;
using System.Text.Json;
using Engines.GraphQL.Execution;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Engines.GraphQL.Server;

/// <summary>
/// Reads a GraphQL multipart request: first the part <c>operations</c>, then <c>map</c>, then the files that it names, each once. Nothing of a file is
/// read before it is known where it belongs.
/// </summary>
internal sealed class UploadReader(GraphQLServerOptions options, bool takesFiles)
{
    private const int MaxMapBytes = 64 * 1024;
    private const int MaxPartHeaderBytes = 4 * 1024;
    // The most that a browser sends; also RFC 2046's.
    private const int LongestBoundary = 70;
    private static readonly string[] s_preflights = ["GraphQL-Preflight", "Apollo-Require-Preflight", "X-Apollo-Operation-Name"];
    private int _arriving;

    /// <summary>Pages of other origins can send forms without asking, but no such headers.</summary>
    public static void CheckPreflight(HttpRequest request)
    {
        foreach (var header in s_preflights)
            if (!string.IsNullOrEmpty(request.Headers[header])) return;
        throw new RefusedRequest($"A multipart request needs a header '{s_preflights[0]}' (or '{s_preflights[1]}') that is not empty.");
    }

    /// <param name="spool">Takes the files and keeps them as long as it lives.</param>
    public async Task<GraphQLRequest> ReadAsync(HttpRequest request, MediaTypeHeaderValue type, UploadSpool spool, CancellationToken cancel)
    {
        Bound(request);
        if (Interlocked.Increment(ref _arriving) > options.Uploads.MaxConcurrent)
        {
            Interlocked.Decrement(ref _arriving);
            throw new RefusedRequest("Too many uploads are under way.", StatusCodes.Status429TooManyRequests, ErrorCodes.TooManyRequests);
        }
        try
        {
            return await ReadPartsAsync(request, type, spool, cancel);
        }
        catch (Exception broken) when (broken is InvalidDataException || (broken is IOException and not BadHttpRequestException && !request.HttpContext.RequestAborted.IsCancellationRequested))
        {
            throw new RefusedRequest("The multipart body is malformed or cut off.");
        }
        finally
        {
            Interlocked.Decrement(ref _arriving);
        }
    }

    private async Task<GraphQLRequest> ReadPartsAsync(HttpRequest request, MediaTypeHeaderValue type, UploadSpool spool, CancellationToken cancel)
    {
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary);
        if (boundary.Length is 0 or > LongestBoundary) throw new RefusedRequest($"A multipart body needs a boundary of 1 to {LongestBoundary} characters.");
        var parts = new MultipartReader(boundary.ToString(), request.Body) { HeadersCountLimit = 8, HeadersLengthLimit = MaxPartHeaderBytes };
        var operations = RequestReader.FromParameters(await JsonAsync(parts, "operations", options.MaxBodyBytes, cancel));
        var places = Places(await JsonAsync(parts, "map", MaxMapBytes, cancel), operations.Variables);
        if (places.Count > 0 && !takesFiles) throw new RefusedRequest("Nothing here takes files.");
        var files = new Dictionary<string, UploadedFile>(StringComparer.Ordinal);
        while (await parts.ReadNextSectionAsync(cancel) is { } part)
        {
            var head = Head(part);
            if (!places.Remove(HeaderUtilities.RemoveQuotes(head.Name).ToString(), out var belongs) || !(head.FileName.HasValue || head.FileNameStar.HasValue))
                throw new RefusedRequest("After 'operations' and 'map' come only files, each once, that the map names.");
            var file = await spool.AddAsync(NameOf(head), ContentTypeOf(part), part.Body, cancel);
            foreach (var place in belongs) files.Add(place, file);
        }
        return places.Count == 0 ? operations with { Files = files } : throw new RefusedRequest("The map names a file that did not come.");
    }

    private void Bound(HttpRequest request)
    {
        // Boundaries and the heads of parts are small.
        var maximum = options.Uploads.MaxBytes + options.MaxBodyBytes + MaxMapBytes + ((options.Uploads.MaxFiles + 4L) * MaxPartHeaderBytes);
        if (request.ContentLength > maximum) throw new RefusedRequest($"The body is larger than {maximum} bytes.", StatusCodes.Status413PayloadTooLarge);
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature) feature.MaxRequestBodySize = maximum;
    }

    private static async Task<JsonElement> JsonAsync(MultipartReader parts, string name, int maxBytes, CancellationToken cancel)
    {
        var part = await parts.ReadNextSectionAsync(cancel);
        if (part is null || HeaderUtilities.RemoveQuotes(Head(part).Name) != name) throw new RefusedRequest("A multipart request begins with the parts 'operations' and 'map', in this order.");
        using var text = new MemoryStream();
        var buffer = new byte[4096];
        for (int read; (read = await part.Body.ReadAsync(buffer, cancel)) > 0;)
        {
            text.Write(buffer, 0, read);
            if (text.Length > maxBytes) throw new RefusedRequest($"The part '{name}' is larger than {maxBytes} bytes.", StatusCodes.Status413PayloadTooLarge);
        }
        return RequestReader.ParseJson(text.GetBuffer().AsSpan(0, (int)text.Length));
    }

    // The places of each file, as the executor names them: variables.input.files.0 → input.files[0].
    private Dictionary<string, List<string>> Places(JsonElement map, JsonElement variables)
    {
        if (map.ValueKind is not JsonValueKind.Object) throw new RefusedRequest("The map must be an object.");
        var all = new HashSet<string>(StringComparer.Ordinal);
        var places = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var file in map.EnumerateObject())
        {
            if (file.Value.ValueKind is not JsonValueKind.Array || file.Value.GetArrayLength() == 0) throw new RefusedRequest("The map must give each file a list of places.");
            if (places.Count == options.Uploads.MaxFiles) throw new RefusedRequest($"The map names more than {options.Uploads.MaxFiles} files.");
            places[file.Name] = [];
            foreach (var path in file.Value.EnumerateArray())
            {
                var place = path.ValueKind is JsonValueKind.String ? Place(path.GetString()!, variables) : null;
                if (place is null || !all.Add(place)) throw new RefusedRequest("A place in the map must be the path of a null in the variables, such as 'variables.file', and stand there once.");
                if (all.Count > options.Uploads.MaxPlaces) throw new RefusedRequest($"The map names more than {options.Uploads.MaxPlaces} places.");
                places[file.Name].Add(place);
            }
        }
        return places;
    }

    private static string? Place(string path, JsonElement variables)
    {
        var steps = path.Split('.', 66);
        if (steps[0] != "variables" || steps.Length is 1 or 66) return null;
        var (place, value) = (new StringBuilder(), variables);
        foreach (var step in steps.AsSpan(1))
        {
            if (value.ValueKind is JsonValueKind.Object && value.TryGetProperty(step, out var member))
            {
                place.Append(place.Length == 0 ? "" : ".").Append(step);
                value = member;
            }
            else if (value.ValueKind is JsonValueKind.Array && int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < value.GetArrayLength())
            {
                place.Append('[').Append(index).Append(']');
                value = value[index];
            }
            else return null;
        }
        return value.ValueKind is JsonValueKind.Null ? place.ToString() : null;
    }

    private static ContentDispositionHeaderValue Head(MultipartSection part) =>
        ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var head) && head.DispositionType.Equals("form-data", StringComparison.OrdinalIgnoreCase)
            ? head : throw new RefusedRequest("A part of the body has no 'Content-Disposition: form-data'.");

    private static string NameOf(ContentDispositionHeaderValue head)
    {
        var given = HeaderUtilities.RemoveQuotes(head.FileNameStar.HasValue ? head.FileNameStar : head.FileName).ToString();
        var name = new string([.. given[(given.LastIndexOfAny(['/', '\\', ':']) + 1)..].Where(c => !char.IsControl(c) && c != '\uFFFD').Take(255)]).Trim();
        return name is "" or "." or ".." ? "file" : name;
    }

    private static string ContentTypeOf(MultipartSection part) =>
        MediaTypeHeaderValue.TryParse(part.ContentType, out var type) && part.ContentType!.Length <= 255 ? type.ToString() : MediaTypeNames.Application.Octet;
}
