namespace Engines.GraphQL.Language;

internal enum TokenKind : byte
{
    EndOfFile, Bang, Dollar, Ampersand, OpenParen, CloseParen, Spread, Colon, Equals, At, OpenBracket, CloseBracket, OpenBrace, Pipe, CloseBrace,
    Name, Int, Float, String, BlockString,
}
