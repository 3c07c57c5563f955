using System.Text;
using Engines.GraphQL.Language;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Cmms.Tests.GraphQL.Language;

/// <summary>Properties of the parser over whatever FsCheck thinks of; a counterexample is shrunk and shown with its replay.</summary>
public sealed class ParserPropertyTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private static readonly string[] s_tokens =
    [
        "{", "}", "(", ")", "[", "]", "!", "$", ":", "=", "@", "|", "&", "...", "\"", "\"\"\"", "\\", "\\u{", "\\uD83D", "#", "\n", "\r", ",", "\uFEFF", "é", "😀", "\0", "-", "0", "1", "1.5e3", "01", "1.", "e", ".",
        "query", "mutation", "subscription", "fragment", "on", "a", "A", "_", "true", "null", "type", "schema", "extend", "scalar", "interface", "implements", "union", "enum", "input", "directive", "repeatable", "FIELD", "\"text\"", "\"\"\"block\"\"\"",
    ];

    [Fact]
    public Task Random_bytes_never_crash_or_hang_the_parser() => CheckAsync(ArbMap.Default.ArbFor<byte[]>(), bytes => bytes, 10_000, 1_000);

    [Fact]
    public Task Random_text_never_crashes_or_hangs_the_parser() => CheckAsync(ArbMap.Default.ArbFor<string?>(), text => Encoding.UTF8.GetBytes(text ?? ""), 10_000, 1_000);

    [Fact]
    public Task Random_tokens_never_crash_or_hang_the_parser() => CheckAsync(
        Gen.Elements(s_tokens).ListOf().ToArbitrary(), tokens => Encoding.UTF8.GetBytes(string.Join(tokens.Count % 2 == 0 ? " " : "", tokens)), 20_000, 300);

    private static Task CheckAsync<T>(Arbitrary<T> arbitrary, Func<T, byte[]> bytes, int tests, int size) => Task.Run(() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(tests).WithEndSize(size), Prop.ForAll(arbitrary, value => Answers(bytes(value))))).WaitAsync(s_patience);

    /// <summary>A tree whose text reads back as the same text, or a syntax error with a place; anything else is thrown.</summary>
    private static bool Answers(byte[] source)
    {
        DocumentNode document;
        try
        {
            document = Parser.Parse(source);
        }
        catch (SyntaxException error)
        {
            return error.Location is { Line: > 0, Column: > 0 };
        }
        var printed = SyntaxPrinter.Print(document);
        return printed == SyntaxPrinter.Print(Parser.Parse(printed));
    }
}
