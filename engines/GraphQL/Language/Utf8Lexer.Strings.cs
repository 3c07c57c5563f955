using System.Globalization;
using System.Text;

namespace Engines.GraphQL.Language;

internal ref partial struct Utf8Lexer
{
    private void ReadString()
    {
        int at = Start + 1, chunk = at;
        StringBuilder? built = null;
        while (true)
        {
            var length = _source[at..].IndexOfAny("\"\\\n\r"u8);
            if (length < 0) throw Error(_source.Length, "Unterminated string.");
            at += length;
            if (_source[at] == '"') break;
            if (_source[at] != '\\') throw Error(at, "Unterminated string.");
            built ??= new StringBuilder();
            built.Append(Encoding.UTF8.GetString(_source[chunk..at]));
            at = chunk = Peek(at + 1) != 'u' ? ReadEscape(at, built) : Peek(at + 2) == '{' ? ReadBracedUnicode(at, built) : ReadUnicode(at, built);
        }
        var last = Encoding.UTF8.GetString(_source[chunk..at]);
        StringValue = built is null ? last : built.Append(last).ToString();
        (Kind, End) = (TokenKind.String, at + 1);
    }

    private readonly int ReadEscape(int at, StringBuilder to)
    {
        to.Append(Peek(at + 1) switch
        {
            '"' => '"',
            '\\' => '\\',
            '/' => '/',
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            _ => throw Error(at, $"Invalid character escape sequence: {Excerpt(at, 2)}."),
        });
        return at + 2;
    }

    /// <summary><c>\u{1F600}</c></summary>
    private readonly int ReadBracedUnicode(int at, StringBuilder to)
    {
        var digits = _source[(at + 3)..];
        var length = digits[..Math.Min(digits.Length, 9)].IndexOf((byte)'}');
        if (length <= 0 || Hex(at + 3, length) is not { } code || !Rune.IsValid(code)) throw Error(at, $"Invalid Unicode escape sequence: {Excerpt(at, 12)}.");
        to.Append(new Rune(code));
        return at + 3 + length + 1;
    }

    /// <summary>Four hexadecimal digits, or two such escapes that make a surrogate pair.</summary>
    private readonly int ReadUnicode(int at, StringBuilder to)
    {
        if (Hex(at + 2, 4) is { } code)
        {
            if (Rune.IsValid(code))
            {
                to.Append((char)code);
                return at + 6;
            }
            if (char.IsHighSurrogate((char)code) && Peek(at + 6) == '\\' && Peek(at + 7) == 'u' && Hex(at + 8, 4) is { } low && char.IsLowSurrogate((char)low))
            {
                to.Append((char)code).Append((char)low);
                return at + 12;
            }
        }
        throw Error(at, $"Invalid Unicode escape sequence: {Excerpt(at, 6)}.");
    }

    private readonly int? Hex(int at, int length) =>
        at + length <= _source.Length && int.TryParse(_source.Slice(at, length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            ? code : null;

    private readonly string Excerpt(int at, int length) =>
        $"\"{Encoding.UTF8.GetString(_source[at..Math.Min(at + length, _source.Length)]).ReplaceLineEndings(" ")}\"";

    private void ReadBlockString()
    {
        int at = Start + 3, chunk = at;
        var raw = new StringBuilder();
        while (true)
        {
            var length = _source[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (length < 0) throw Error(_source.Length, "Unterminated string.");
            at += length;
            if (_source[at..].StartsWith("\"\"\""u8)) break;
            if (_source[at..].StartsWith("\\\"\"\""u8))
            {
                raw.Append(Encoding.UTF8.GetString(_source[chunk..at]));
                chunk = at + 1;
                at += 4;
            }
            else
            {
                at++;
            }
        }
        raw.Append(Encoding.UTF8.GetString(_source[chunk..at]));
        StringValue = BlockString.Dedent(raw.ToString());
        (Kind, End) = (TokenKind.BlockString, at + 3);
    }
}
