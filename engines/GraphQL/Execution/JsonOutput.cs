using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Engines.GraphQL.Execution;

/// <summary>
/// JSON written straight into a pooled buffer. The writer tracks no structure: who writes places commas and brackets. What was written can be
/// taken back to an earlier <see cref="Position"/>, which is how a null propagates to its parent without a second pass.
/// </summary>
public sealed class JsonOutput : IDisposable
{
    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
    // What needs neither escapes nor more than one byte: printable ASCII but quote and backslash.
    private static readonly SearchValues<char> Plain = SearchValues.Create([.. Enumerable.Range(' ', 95).Select(c => (char)c).Where(c => c is not ('"' or '\\'))]);
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(4096);

    public int Position { get; private set; }

    /// <summary>So many bytes, and no more.</summary>
    internal int Maximum { get; set; } = int.MaxValue;

    public ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, Position);

    /// <summary>Forgets everything written after a position.</summary>
    public void TruncateTo(int position) => Position = position <= Position ? position : throw new ArgumentOutOfRangeException(nameof(position));

    /// <summary>Writes bytes that are JSON already.</summary>
    public void Raw(ReadOnlySpan<byte> json)
    {
        json.CopyTo(Room(json.Length));
        Position += json.Length;
    }

    public void Raw(byte json)
    {
        Room(1)[0] = json;
        Position++;
    }

    public void Null() => Raw("null"u8);
    public void Boolean(bool value) => Raw(value ? "true"u8 : "false"u8);
    public void Number(int value) => Number((long)value);

    public void Number(long value)
    {
        Utf8Formatter.TryFormat(value, Room(20), out var written);
        Position += written;
    }

    /// <exception cref="Types.InvalidValueException">NaN and infinities are not JSON.</exception>
    public void Number(double value)
    {
        if (!double.IsFinite(value)) throw new Types.InvalidValueException("Float cannot represent a value that is not finite.");
        // JSON.stringify writes whole doubles without a fraction, and so do we.
        value.TryFormat(Room(32), out var written, "R", CultureInfo.InvariantCulture);
        Position += written;
    }

    public void Number(decimal value)
    {
        value.TryFormat(Room(32), out var written, default, CultureInfo.InvariantCulture);
        Position += written;
    }

    /// <summary>Writes a string with quotes and escapes. Lone surrogates become U+FFFD.</summary>
    public void String(ReadOnlySpan<char> value)
    {
        var plain = value.IndexOfAnyExcept(Plain);
        if (plain < 0) plain = value.Length;
        var room = Room(plain + 2);
        room[0] = (byte)'"';
        Encoding.ASCII.GetBytes(value[..plain], room[1..]);
        Position += plain + 1;
        value = value[plain..];
        while (!value.IsEmpty)
        {
            var slice = value[..Math.Min(value.Length, 256)];
            // A surrogate pair must not be cut in two.
            if (slice.Length < value.Length && char.IsHighSurrogate(slice[^1])) slice = slice[..^1];
            if (slice.IsEmpty) slice = value[..1];
            WriteEscaped(slice);
            value = value[slice.Length..];
        }
        Raw((byte)'"');
    }

    /// <summary>Writes a property's name, encoded once by <see cref="EncodeName"/>.</summary>
    public void Name(byte[] encoded) => Raw(encoded);

    /// <summary><c>"name":</c> in UTF-8, for plans to keep.</summary>
    public static byte[] EncodeName(string name) => [.. "\""u8, .. JsonEncodedText.Encode(name, Encoder).EncodedUtf8Bytes, .. "\":"u8];

    public void Dispose()
    {
        if (_buffer.Length == 0) return;
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        Position = 0;
    }

    private void WriteEscaped(ReadOnlySpan<char> value)
    {
        Span<byte> utf8 = stackalloc byte[1024];
        var length = Encoding.UTF8.GetBytes(value, utf8);
        utf8 = utf8[..length];
        while (!utf8.IsEmpty)
        {
            // Six bytes a code unit is the most that escaping makes of one.
            Encoder.EncodeUtf8(utf8, Room(utf8.Length * 6), out var consumed, out var written);
            Position += written;
            utf8 = utf8[consumed..];
        }
    }

    private Span<byte> Room(int length)
    {
        if (_buffer.Length - Position >= length) return _buffer.AsSpan(Position);
        if (Position + length > Maximum) throw new AnswerTooLargeException(Maximum);
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, Position + length));
        _buffer.AsSpan(0, Position).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
        return _buffer.AsSpan(Position);
    }
}

/// <summary>No field of an answer can be told that there is no room for it: the whole answer is given up.</summary>
internal sealed class AnswerTooLargeException(int maximum) : Exception($"The answer would have more than {maximum} bytes; ask for less at once.");
