using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Engines.GraphQL.Execution;

namespace Engines.GraphQL.Binding;

/// <summary>The id of an object among all objects of a schema: a type's name and a key, opaque to clients.</summary>
public readonly record struct GlobalId(string Type, string Key)
{
    public GlobalId(string type, long key) : this(type, key.ToString(CultureInfo.InvariantCulture))
    {
    }

    /// <summary>The key of types whose keys are numbers.</summary>
    /// <exception cref="FormatException">This type's keys are none.</exception>
    public long Number => long.Parse(Key, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    /// <summary>As clients see it: base64url of <c>Type:key</c>.</summary>
    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{Type}:{Key}"));

    /// <summary>Reads an id exactly as <see cref="ToString"/> wrote it; no other spelling is accepted.</summary>
    public static bool TryParse(string text, out GlobalId id)
    {
        id = default;
        if (text.Length is 0 or > 300 || !Base64Url.IsValid(text)) return false;
        var decoded = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text));
        var colon = decoded.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || colon == decoded.Length - 1) return false;
        id = new GlobalId(decoded[..colon], decoded[(colon + 1)..]);
        return id.ToString() == text;
    }

    /// <summary>Writes an id without making its text.</summary>
    internal static void Write(JsonOutput json, ReadOnlySpan<byte> typeAndColon, long key)
    {
        Span<byte> plain = stackalloc byte[typeAndColon.Length + 20];
        typeAndColon.CopyTo(plain);
        Utf8Formatter.TryFormat(key, plain[typeAndColon.Length..], out var digits);
        plain = plain[..(typeAndColon.Length + digits)];
        Span<byte> quoted = stackalloc byte[Base64Url.GetEncodedLength(plain.Length) + 2];
        quoted[0] = quoted[^1] = (byte)'"';
        Base64Url.EncodeToUtf8(plain, quoted[1..]);
        json.Raw(quoted);
    }

    /// <summary>A key read back as the C# type that holds it.</summary>
    internal static bool TryKey(string key, Type type, [NotNullWhen(true)] out object? value)
    {
        value = null;
        if (type == typeof(string)) value = key;
        else if (type == typeof(long) && long.TryParse(key, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) value = number;
        else if (type == typeof(int) && int.TryParse(key, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var small)) value = small;
        else if (type == typeof(Guid) && Guid.TryParseExact(key, "D", out var guid)) value = guid;
        return value is not null && string.Equals(Convert.ToString(value, CultureInfo.InvariantCulture), key, StringComparison.Ordinal);
    }
}
