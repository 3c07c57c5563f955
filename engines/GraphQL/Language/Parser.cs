using System.Text;

namespace Engines.GraphQL.Language;

/// <summary>GraphQL text to syntax tree, September 2025 edition.</summary>
public ref partial struct Parser
{
    private readonly ParserOptions _options;
    private Utf8Lexer _lexer;
    private int _selectionDepth;
    private int _valueDepth;

    private Parser(ReadOnlySpan<byte> source, ParserOptions options)
    {
        _options = options;
        _lexer = new Utf8Lexer(source, options.MaxTokens);
    }

    /// <summary>Reads an executable or type system document.</summary>
    /// <exception cref="SyntaxException"/>
    public static DocumentNode Parse(ReadOnlyMemory<byte> source, ParserOptions? options = null)
    {
        var parser = new Parser(source.Span, options ?? ParserOptions.Default);
        var definitions = new List<DefinitionNode>();
        do definitions.Add(parser.ParseDefinition()); while (!parser.Is(TokenKind.EndOfFile));
        return new DocumentNode(source, definitions);
    }

    /// <inheritdoc cref="Parse(ReadOnlyMemory{byte},ParserOptions?)"/>
    public static DocumentNode Parse(string source, ParserOptions? options = null) => Parse(Encoding.UTF8.GetBytes(source), options);

    /// <summary>Reads a literal that holds no variable.</summary>
    /// <exception cref="SyntaxException"/>
    public static ValueNode ParseValue(string source)
    {
        var parser = new Parser(Encoding.UTF8.GetBytes(source), ParserOptions.Trusted);
        var value = parser.ParseValueLiteral(constant: true);
        parser.Expect(TokenKind.EndOfFile);
        return value;
    }

    /// <summary>Reads a type reference such as <c>[ID!]!</c>.</summary>
    /// <exception cref="SyntaxException"/>
    public static TypeNode ParseType(string source)
    {
        var parser = new Parser(Encoding.UTF8.GetBytes(source), ParserOptions.Trusted);
        var type = parser.ParseTypeReference();
        parser.Expect(TokenKind.EndOfFile);
        return type;
    }

    private readonly bool Is(TokenKind kind) => _lexer.Kind == kind;

    private readonly bool IsKeyword(ReadOnlySpan<byte> keyword) => _lexer.Kind == TokenKind.Name && _lexer.Text.SequenceEqual(keyword);

    private bool Skip(TokenKind kind)
    {
        if (_lexer.Kind != kind) return false;
        _lexer.Next();
        return true;
    }

    private bool SkipKeyword(ReadOnlySpan<byte> keyword)
    {
        if (!IsKeyword(keyword)) return false;
        _lexer.Next();
        return true;
    }

    private void Expect(TokenKind kind)
    {
        if (_lexer.Kind != kind) throw _lexer.Error(_lexer.Start, $"Expected {NameOf(kind)}, found {DescribeToken()}.");
        _lexer.Next();
    }

    private void ExpectKeyword(ReadOnlySpan<byte> keyword)
    {
        if (!SkipKeyword(keyword)) throw _lexer.Error(_lexer.Start, $"Expected \"{Encoding.UTF8.GetString(keyword)}\", found {DescribeToken()}.");
    }

    private string ParseName() => ParseName(out _);

    private string ParseName(out Span span)
    {
        span = new Span(_lexer.Start, _lexer.End);
        if (!Is(TokenKind.Name)) throw _lexer.Error(_lexer.Start, $"Expected Name, found {DescribeToken()}.");
        var name = Encoding.ASCII.GetString(_lexer.Text);
        _lexer.Next();
        return name;
    }

    /// <summary>From a start to the end of the last token taken.</summary>
    private readonly Span From(int start) => new(start, _lexer.PreviousEnd);

    private readonly SyntaxException Unexpected() => _lexer.Error(_lexer.Start, $"Unexpected {DescribeToken()}.");

    private readonly SyntaxException TooDeep(int limit) => _lexer.Error(_lexer.Start, $"Document nests deeper than {limit} levels. Parsing aborted.");

    private readonly string DescribeToken() => _lexer.Kind switch
    {
        TokenKind.Name or TokenKind.Int or TokenKind.Float => $"{NameOf(_lexer.Kind)} \"{Shorten(Encoding.ASCII.GetString(_lexer.Text))}\"",
        TokenKind.String or TokenKind.BlockString => $"{NameOf(_lexer.Kind)} \"{Shorten(_lexer.StringValue)}\"",
        _ => NameOf(_lexer.Kind),
    };

    private static string Shorten(string text) => text.Length <= 60 ? text : string.Concat(text.AsSpan(0, 60), "…");

    private static string NameOf(TokenKind kind) => kind switch
    {
        TokenKind.EndOfFile => "<EOF>",
        TokenKind.Bang => "\"!\"",
        TokenKind.Dollar => "\"$\"",
        TokenKind.Ampersand => "\"&\"",
        TokenKind.OpenParen => "\"(\"",
        TokenKind.CloseParen => "\")\"",
        TokenKind.Spread => "\"...\"",
        TokenKind.Colon => "\":\"",
        TokenKind.Equals => "\"=\"",
        TokenKind.At => "\"@\"",
        TokenKind.OpenBracket => "\"[\"",
        TokenKind.CloseBracket => "\"]\"",
        TokenKind.OpenBrace => "\"{\"",
        TokenKind.Pipe => "\"|\"",
        TokenKind.CloseBrace => "\"}\"",
        _ => kind.ToString(),
    };
}
