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
    private static readonly SearchValues<char> Escaped = SearchValues.Create([.. Enumerable.Range(0, ' ').Select(c => (char)c), '"', '\\']);
    private byte[] _buffer;

    public JsonOutput() => _buffer = ArrayPool<byte>.Shared.Rent(4096);

    private JsonOutput(byte[] written) => (_buffer, Position) = (written, written.Length);

    /// <summary>What was written elsewhere, to be read; it must not be disposed of.</summary>
    internal static JsonOutput Of(byte[] written) => new(written);

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

    /// <summary>As JSON.stringify writes it: whole numbers without a fraction, exponents only from 1e21 and below 1e-6.</summary>
    /// <exception cref="Types.InvalidValueException">NaN and infinities are not JSON.</exception>
    public void Number(double value)
    {
        if (!double.IsFinite(value)) throw new Types.InvalidValueException("Float cannot represent a value that is not finite.");
        var room = Room(32);
        // There is no negative zero.
        (value == 0 ? 0 : value).TryFormat(room, out var written, "R", CultureInfo.InvariantCulture);
        var exponent = room[..written].IndexOf((byte)'E');
        Position += exponent < 0 ? written : Rewritten(room, exponent, written);
    }

    public void Number(decimal value)
    {
        value.TryFormat(Room(32), out var written, default, CultureInfo.InvariantCulture);
        Position += written;
    }

    /// <summary>Writes a string with quotes, escaping what JSON.stringify escapes. Lone surrogates become U+FFFD.</summary>
    public void String(ReadOnlySpan<char> value)
    {
        Raw((byte)'"');
        for (int plain; (plain = value.IndexOfAny(Escaped)) >= 0; value = value[(plain + 1)..])
        {
            Text(value[..plain]);
            Escape(value[plain]);
        }
        Text(value);
        Raw((byte)'"');
    }

    /// <summary>Writes a property's name, encoded once by <see cref="EncodeName"/>.</summary>
    public void Name(byte[] encoded) => Raw(encoded);

    /// <summary><c>"name":</c> in UTF-8, for plans to keep.</summary>
    public static byte[] EncodeName(string name) => [.. "\""u8, .. JsonEncodedText.Encode(name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes, .. "\":"u8];

    public void Dispose()
    {
        if (_buffer.Length == 0) return;
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        Position = 0;
    }

    private void Text(ReadOnlySpan<char> value)
    {
        if (value.IsEmpty) return;
        // Three bytes a code unit is the most that UTF-8 takes; for long texts it is worth counting.
        Position += Encoding.UTF8.GetBytes(value, Room(value.Length <= 1024 ? value.Length * 3 : Encoding.UTF8.GetByteCount(value)));
    }

    private void Escape(char value)
    {
        var letter = value switch { '"' => '"', '\\' => '\\', '\b' => 'b', '\f' => 'f', '\n' => 'n', '\r' => 'r', '\t' => 't', _ => 'u' };
        Raw((byte)'\\');
        Raw((byte)letter);
        if (letter != 'u') return;
        Raw("00"u8);
        ((int)value).TryFormat(Room(2), out var written, "x2", CultureInfo.InvariantCulture);
        Position += written;
    }

    /// <summary>From .NET's scientific notation, such as <c>1.5E+20</c>, to ECMAScript's: digits as long as they are few, else <c>1.5e+21</c>. Answers the length.</summary>
    private static int Rewritten(Span<byte> text, int exponent, int length)
    {
        Span<byte> digits = stackalloc byte[32];
        var (count, negative) = (0, text[0] == '-');
        foreach (var c in text[..exponent])
            if (c is >= (byte)'0' and <= (byte)'9') digits[count++] = c;
        var power = int.Parse(text[(exponent + 1)..length], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var at = negative ? 1 : 0;
        if (power is >= 0 and < 21)
        {
            for (var i = 0; i <= Math.Max(power, count - 1); i++)
            {
                if (i == power + 1) text[at++] = (byte)'.';
                text[at++] = i < count ? digits[i] : (byte)'0';
            }
            return at;
        }
        if (power is < 0 and >= -6)
        {
            text[at++] = (byte)'0';
            text[at++] = (byte)'.';
            for (var i = -1; i > power; i--) text[at++] = (byte)'0';
            digits[..count].CopyTo(text[at..]);
            return at + count;
        }
        for (var i = 0; i < count; i++)
        {
            if (i == 1) text[at++] = (byte)'.';
            text[at++] = digits[i];
        }
        text[at++] = (byte)'e';
        text[at++] = power < 0 ? (byte)'-' : (byte)'+';
        Math.Abs(power).TryFormat(text[at..], out var written, default, CultureInfo.InvariantCulture);
        return at + written;
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
