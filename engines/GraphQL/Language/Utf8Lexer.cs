using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Engines.GraphQL.Language;

/// <summary>Cuts UTF-8 text into tokens, one at a time; holds the current one.</summary>
internal ref partial struct Utf8Lexer
{
    private static readonly SearchValues<byte> NameBytes = SearchValues.Create("_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    private readonly ReadOnlySpan<byte> _source;
    private readonly int _maxTokens;
    private int _tokens;

    public Utf8Lexer(ReadOnlySpan<byte> source, int maxTokens)
    {
        _source = source;
        _maxTokens = maxTokens;
        if (!Utf8.IsValid(source)) throw Error(FirstInvalid(source), "The document is not valid UTF-8.");
        Next();
    }

    public TokenKind Kind { get; private set; }
    public int Start { get; private set; }
    public int End { get; private set; }
    /// <summary>Where the token before this one ended.</summary>
    public int PreviousEnd { get; private set; }
    /// <summary>The content of a string token.</summary>
    public string StringValue { get; private set; } = "";

    public readonly ReadOnlySpan<byte> Text => _source[Start..End];

    public void Next()
    {
        PreviousEnd = End;
        Start = SkipIgnored(End);
        if (Start == _source.Length)
        {
            (Kind, End) = (TokenKind.EndOfFile, Start);
            return;
        }
        if (++_tokens > _maxTokens) throw Error(Start, $"Document contains more than {_maxTokens} tokens. Parsing aborted.");
        var first = _source[Start];
        switch (first)
        {
            case (byte)'!': Punctuator(TokenKind.Bang); break;
            case (byte)'$': Punctuator(TokenKind.Dollar); break;
            case (byte)'&': Punctuator(TokenKind.Ampersand); break;
            case (byte)'(': Punctuator(TokenKind.OpenParen); break;
            case (byte)')': Punctuator(TokenKind.CloseParen); break;
            case (byte)':': Punctuator(TokenKind.Colon); break;
            case (byte)'=': Punctuator(TokenKind.Equals); break;
            case (byte)'@': Punctuator(TokenKind.At); break;
            case (byte)'[': Punctuator(TokenKind.OpenBracket); break;
            case (byte)']': Punctuator(TokenKind.CloseBracket); break;
            case (byte)'{': Punctuator(TokenKind.OpenBrace); break;
            case (byte)'|': Punctuator(TokenKind.Pipe); break;
            case (byte)'}': Punctuator(TokenKind.CloseBrace); break;
            case (byte)'.' when _source[Start..].StartsWith("..."u8): (Kind, End) = (TokenKind.Spread, Start + 3); break;
            case (byte)'"' when _source[Start..].StartsWith("\"\"\""u8): ReadBlockString(); break;
            case (byte)'"': ReadString(); break;
            case (byte)'-' or (>= (byte)'0' and <= (byte)'9'): ReadNumber(); break;
            case (byte)'_' or (>= (byte)'a' and <= (byte)'z') or (>= (byte)'A' and <= (byte)'Z'): ReadName(); break;
            default: throw Error(Start, $"Unexpected character: {Describe(Start)}.");
        }
    }

    public readonly SyntaxException Error(int offset, string message) => new($"Syntax Error: {message}", SourceLocation.At(_source, offset));

    private void Punctuator(TokenKind kind) => (Kind, End) = (kind, Start + 1);

    private void ReadName()
    {
        var length = _source[Start..].IndexOfAnyExcept(NameBytes);
        (Kind, End) = (TokenKind.Name, length < 0 ? _source.Length : Start + length);
    }

    private void ReadNumber()
    {
        var at = Start;
        var kind = TokenKind.Int;
        if (Peek(at) == '-') at++;
        if (Peek(at) == '0')
        {
            if (char.IsAsciiDigit(Peek(++at))) throw Error(at, $"Invalid number, unexpected digit after 0: {Describe(at)}.");
        }
        else
        {
            at = Digits(at);
        }
        if (Peek(at) == '.')
        {
            kind = TokenKind.Float;
            at = Digits(at + 1);
        }
        if (Peek(at) is 'e' or 'E')
        {
            kind = TokenKind.Float;
            at++;
            if (Peek(at) is '+' or '-') at++;
            at = Digits(at);
        }
        // A number and a name, or two numbers, never touch.
        if (Peek(at) is '.' or '_' || char.IsAsciiLetter(Peek(at))) throw Error(at, $"Invalid number, expected digit but got: {Describe(at)}.");
        (Kind, End) = (kind, at);
    }

    private readonly int Digits(int at)
    {
        if (!char.IsAsciiDigit(Peek(at))) throw Error(at, $"Invalid number, expected digit but got: {Describe(at)}.");
        while (char.IsAsciiDigit(Peek(at))) at++;
        return at;
    }

    /// <summary>Past white space, line ends, commas, comments and byte order marks.</summary>
    private readonly int SkipIgnored(int at)
    {
        while (at < _source.Length)
        {
            switch (_source[at])
            {
                case (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)',':
                    at++;
                    break;
                case (byte)'#':
                    var length = _source[at..].IndexOfAny((byte)'\n', (byte)'\r');
                    at = length < 0 ? _source.Length : at + length;
                    break;
                case 0xEF when _source[at..].StartsWith("\uFEFF"u8):
                    at += 3;
                    break;
                default:
                    return at;
            }
        }
        return at;
    }

    /// <summary>The byte at a place as a character; NUL past the end.</summary>
    private readonly char Peek(int at) => at < _source.Length ? (char)_source[at] : '\0';

    private readonly string Describe(int at)
    {
        if (at >= _source.Length) return "<EOF>";
        Rune.DecodeFromUtf8(_source[at..], out var rune, out _);
        return rune.Value switch
        {
            '"' => "'\"'",
            >= 0x20 and < 0x7F => $"\"{rune}\"",
            _ => $"U+{rune.Value:X4}",
        };
    }

    private static int FirstInvalid(ReadOnlySpan<byte> source)
    {
        var at = 0;
        while (Rune.DecodeFromUtf8(source[at..], out _, out var length) is OperationStatus.Done) at += length;
        return at;
    }
}
