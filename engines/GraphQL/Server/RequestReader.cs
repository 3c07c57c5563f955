using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Engines.GraphQL.Execution;
using Microsoft.AspNetCore.Http;

namespace Engines.GraphQL.Server;

/// <summary>JSON or a query string → <see cref="GraphQLRequest"/>. Strict, since what is lenient here differs between us and whoever stands before us.</summary>
internal static class RequestReader
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    public static async ValueTask<GraphQLRequest> FromBodyAsync(HttpRequest request, int maxBytes, CancellationToken cancel)
    {
        if (request.ContentLength > maxBytes) throw TooLarge(maxBytes);
        var reader = request.BodyReader;
        var earlier = default(ArrayBufferWriter<byte>);
        while (true)
        {
            var read = await reader.ReadAsync(cancel);
            var buffer = read.Buffer;
            try
            {
                if (buffer.Length + (earlier?.WrittenCount ?? 0) > maxBytes) throw TooLarge(maxBytes);
                if (read.IsCompleted && earlier is null && buffer.IsSingleSegment) return FromParameters(ParseJson(buffer.FirstSpan));
                earlier ??= new ArrayBufferWriter<byte>(4096);
                foreach (var segment in buffer) earlier.Write(segment.Span);
            }
            finally
            {
                reader.AdvanceTo(buffer.End);
            }
            if (read.IsCompleted) return FromParameters(ParseJson(earlier.WrittenSpan));
        }
    }

    public static GraphQLRequest FromQuery(IQueryCollection query)
    {
        var document = Parameter(query, "query");
        return Checked(new GraphQLRequest
        {
            Document = document is null ? default : Encoding.UTF8.GetBytes(document),
            DocumentId = OneId(Parameter(query, "documentId"), Parameter(query, "id")),
            OperationName = Parameter(query, "operationName"),
            Variables = JsonParameter(query, "variables"),
            Extensions = JsonParameter(query, "extensions"),
            AllowMutation = false,
        });
    }

    /// <summary>The parameters of a request in JSON: a POST's body, or the payload of a socket's <c>subscribe</c>.</summary>
    public static GraphQLRequest FromParameters(JsonElement parameters) => parameters.ValueKind switch
    {
        JsonValueKind.Array => throw new RefusedRequest("Batches of operations are not served; send one operation a request."),
        not JsonValueKind.Object => throw new RefusedRequest("The request must be a JSON object with a 'query'."),
        _ => Checked(new GraphQLRequest
        {
            Document = Member(parameters, "query", JsonValueKind.String) is { ValueKind: JsonValueKind.String } text ? Utf8Of(text) : default,
            DocumentId = OneId(StringMember(parameters, "documentId"), StringMember(parameters, "id")),
            OperationName = StringMember(parameters, "operationName"),
            Variables = Member(parameters, "variables", JsonValueKind.Object),
            Extensions = Member(parameters, "extensions", JsonValueKind.Object),
        }),
    };

    /// <summary>Strict JSON: valid UTF-8 without a byte order mark or lone surrogates, no duplicate keys, at most 64 levels.</summary>
    public static JsonElement ParseJson(ReadOnlySpan<byte> utf8)
    {
        if (!Utf8.IsValid(utf8)) throw new RefusedRequest("The JSON is not valid UTF-8.");
        try
        {
            var element = JsonElement.Parse(utf8, Strict);
            if (utf8.IndexOf("\\ud"u8) >= 0 || utf8.IndexOf("\\uD"u8) >= 0) CheckSurrogates(utf8);
            return element;
        }
        catch (JsonException)
        {
            throw new RefusedRequest("The JSON is malformed, nested too deeply, or has a key twice.");
        }
        catch (InvalidOperationException)
        {
            throw new RefusedRequest("The JSON has a string with a lone surrogate.");
        }
    }

    private static GraphQLRequest Checked(GraphQLRequest request)
    {
        var isNamed = request.DocumentId is not null
            || (request.Extensions.ValueKind is JsonValueKind.Object && request.Extensions.TryGetProperty("persistedQuery", out _));
        return request.Document.IsEmpty && !isNamed ? throw new RefusedRequest("The parameter 'query' is missing.") : request;
    }

    // The specification's draft says documentId; HotChocolate and Relay say id.
    private static string? OneId(string? documentId, string? id) =>
        documentId is null || id is null || id == documentId ? documentId ?? id : throw new RefusedRequest("'documentId' and 'id' name two documents.");

    private static JsonElement Member(JsonElement parameters, string name, JsonValueKind kind)
    {
        if (!parameters.TryGetProperty(name, out var value) || value.ValueKind is JsonValueKind.Null) return default;
        if (value.ValueKind == kind) return value;
        throw new RefusedRequest($"The parameter '{name}' must be {(kind is JsonValueKind.String ? "a string" : "an object")}.");
    }

    private static string? StringMember(JsonElement parameters, string name) =>
        Member(parameters, name, JsonValueKind.String) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    private static string? Parameter(IQueryCollection query, string name)
    {
        var values = query[name];
        if (values.Count > 1) throw new RefusedRequest($"The parameter '{name}' is given twice.");
        return values.Count == 0 || values[0] is "" ? null : values[0];
    }

    private static JsonElement JsonParameter(IQueryCollection query, string name)
    {
        if (Parameter(query, name) is not { } text) return default;
        var value = ParseJson(Encoding.UTF8.GetBytes(text));
        return value.ValueKind switch
        {
            JsonValueKind.Object => value,
            JsonValueKind.Null => default,
            _ => throw new RefusedRequest($"The parameter '{name}' must be a JSON object."),
        };
    }

    private static ReadOnlyMemory<byte> Utf8Of(JsonElement text)
    {
        var raw = JsonMarshal.GetRawUtf8Value(text);
        var reader = new Utf8JsonReader(raw);
        reader.Read();
        var utf8 = new byte[raw.Length];
        return utf8.AsMemory(0, reader.CopyString(utf8));
    }

    private static void CheckSurrogates(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        var scratch = ArrayPool<byte>.Shared.Rent(utf8.Length);
        try
        {
            while (reader.Read())
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName) reader.CopyString(scratch);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(scratch);
        }
    }

    private static RefusedRequest TooLarge(int maxBytes) =>
        new($"The body is larger than {maxBytes} bytes.", StatusCodes.Status413PayloadTooLarge);
}
