using System.Runtime.InteropServices;
using System.Text.Json;
using Engines.GraphQL.Execution;

namespace Engines.GraphQL.Server;

/// <summary>A message of graphql-transport-ws from a client. What is wrong with it is thrown as <see cref="RefusedRequest"/>.</summary>
/// <param name="Payload">An object, or undefined.</param>
internal readonly record struct SocketMessage(string Type, string? Id, JsonElement Payload)
{
    private const int LongestId = 256;

    public static readonly byte[] Ack = [.. "{\"type\":\"connection_ack\"}"u8];
    public static readonly byte[] Ping = [.. "{\"type\":\"ping\"}"u8];

    public static SocketMessage Parse(ReadOnlySpan<byte> utf8)
    {
        var message = RequestReader.ParseJson(utf8);
        if (message.ValueKind is not JsonValueKind.Object || !message.TryGetProperty("type", out var type) || type.ValueKind is not JsonValueKind.String)
            throw new RefusedRequest("A message must be an object with a 'type'");
        var name = type.GetString()!;
        var payload = message.TryGetProperty("payload", out var given) && given.ValueKind is not JsonValueKind.Null ? given : default;
        if (payload.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Object)) throw new RefusedRequest("A 'payload' must be an object");
        return name switch
        {
            "connection_init" or "ping" or "pong" => new SocketMessage(name, null, payload),
            "subscribe" when payload.ValueKind is JsonValueKind.Undefined => throw new RefusedRequest("'subscribe' needs a 'payload'"),
            "subscribe" or "complete" => new SocketMessage(name, IdOf(message), payload),
            _ => throw new RefusedRequest("The 'type' of the message is unknown"),
        };
    }

    public static void WritePong(JsonOutput json, JsonElement payload)
    {
        json.Raw("{\"type\":\"pong\""u8);
        if (payload.ValueKind is JsonValueKind.Object)
        {
            json.Raw(",\"payload\":"u8);
            json.Raw(JsonMarshal.GetRawUtf8Value(payload));
        }
        json.Raw((byte)'}');
    }

    public static void WriteNext(JsonOutput json, string id, ReadOnlySpan<byte> answer)
    {
        WriteStart(json, id, "next\",\"payload\":"u8);
        json.Raw(answer);
        json.Raw((byte)'}');
    }

    /// <summary>An <c>error</c> message carries the list of errors alone.</summary>
    public static void WriteError(JsonOutput json, string id, ReadOnlyMemory<byte> answer)
    {
        using var document = JsonDocument.Parse(answer);
        WriteStart(json, id, "error\",\"payload\":"u8);
        json.Raw(JsonMarshal.GetRawUtf8Value(document.RootElement.GetProperty("errors")));
        json.Raw((byte)'}');
    }

    public static void WriteComplete(JsonOutput json, string id) => WriteStart(json, id, "complete\"}"u8);

    private static void WriteStart(JsonOutput json, string id, ReadOnlySpan<byte> rest)
    {
        json.Raw("{\"id\":"u8);
        json.String(id);
        json.Raw(",\"type\":\""u8);
        json.Raw(rest);
    }

    private static string IdOf(JsonElement message) =>
        message.TryGetProperty("id", out var id) && id.ValueKind is JsonValueKind.String && id.GetString() is { Length: > 0 and <= LongestId } text
            ? text
            : throw new RefusedRequest($"An 'id' must be a string of 1 to {LongestId} characters");
}
