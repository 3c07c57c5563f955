using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Bench.Servers;

/// <summary>What the hand-written servers share: how values look in the JSON, and what a request says about its caller.</summary>
internal static class Answer
{
    public static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>The hash of the API key and the wanted site's code, as Cmms.Graph reads them.</summary>
    public static (string Hash, string Site)? CallerOf(HttpRequest request)
    {
        string? authorization = request.Headers.Authorization;
        if (authorization?.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) != true) return null;
        return (Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(authorization["Bearer ".Length..].Trim()))), request.Headers["X-Site-Id"].ToString());
    }

    /// <summary>In microseconds, as the database keeps moments.</summary>
    public static long Now => (TimeProvider.System.GetUtcNow().UtcTicks - DateTime.UnixEpoch.Ticks) / 10;

    public static long KeyOf(string globalId)
    {
        var text = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(globalId));
        return long.Parse(text.AsSpan(text.IndexOf(':', StringComparison.Ordinal) + 1), CultureInfo.InvariantCulture);
    }

    public static void Id(this Utf8JsonWriter json, ReadOnlySpan<byte> typeAndColon, long key)
    {
        Span<byte> plain = stackalloc byte[typeAndColon.Length + 20];
        typeAndColon.CopyTo(plain);
        Utf8Formatter.TryFormat(key, plain[typeAndColon.Length..], out var digits);
        plain = plain[..(typeAndColon.Length + digits)];
        Span<byte> encoded = stackalloc byte[Base64Url.GetEncodedLength(plain.Length)];
        Base64Url.EncodeToUtf8(plain, encoded);
        json.WriteString("id"u8, encoded);
    }

    /// <summary>A moment that the database keeps in microseconds.</summary>
    public static void Moment(this Utf8JsonWriter json, ReadOnlySpan<byte> name, long? microseconds)
    {
        if (microseconds is not { } value)
        {
            json.WriteNull(name);
            return;
        }
        Span<char> text = stackalloc char[32];
        DateTime.UnixEpoch.AddTicks(value * 10).TryFormat(text, out var length, "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
        json.WriteString(name, text[..length]);
    }

    /// <summary>What the event log keeps of the change.</summary>
    public static string Changes(string? before, string after)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, Json))
        {
            json.WriteStartObject();
            json.WriteStartArray("description"u8);
            json.WriteStringValue(before);
            json.WriteStringValue(after);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>The answer to a change, or that somebody else was faster.</summary>
    public static void Changed(Utf8JsonWriter json, long id, string description, int? version)
    {
        json.WriteStartObject();
        json.WriteStartObject("data"u8);
        json.WriteStartObject("updateLocation"u8);
        if (version is { } number)
        {
            json.WriteStartObject("location"u8);
            json.Id("Location:"u8, id);
            json.WriteString("description"u8, description);
            json.WriteNumber("version"u8, number);
            json.WriteEndObject();
            json.WriteNull("errors"u8);
        }
        else
        {
            json.WriteNull("location"u8);
            json.WriteStartArray("errors"u8);
            json.WriteStartObject();
            json.WriteString("__typename"u8, "ConflictError"u8);
            json.WriteEndObject();
            json.WriteEndArray();
        }
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public static void Text(this Utf8JsonWriter json, ReadOnlySpan<byte> name, string? value)
    {
        if (value is null) json.WriteNull(name);
        else json.WriteString(name, value);
    }

    /// <summary>The database has numbers for priorities.</summary>
    public static string Priority(int number) => number switch { 0 => "NONE", 1 => "LOW", 2 => "MEDIUM", 3 => "HIGH", _ => "CRITICAL" };

    /// <summary>The database has the names of C#: InProgress is IN_PROGRESS.</summary>
    public static string Phase(string name) => name switch
    {
        "Pending" => "PENDING",
        "InProgress" => "IN_PROGRESS",
        "OnHold" => "ON_HOLD",
        "Done" => "DONE",
        _ => "CANCELLED",
    };
}

internal sealed record LocationChange(string Id, int Version, string Description);
