using System.Text;
using Xunit;
using Engines.GraphQL.Language;

namespace Cmms.Tests.GraphQL.Language;

public sealed class ParserTests
{
    [Fact]
    public void An_operation_keeps_every_part_and_where_it_stands()
    {
        var document = Parser.Parse("""
            "What it does" query Work(
              "Which" $id: ID! @a, $n: [Int!] = [1, 2] @b(x: {y: null})) @live {
              order: workOrder(id: $id, on: true, kind: PM) @skip(if: $no) { id ...Parts @c ... on PM { due } ... @include(if: false) { __typename } }
            }
            """);

        var operation = Assert.IsType<OperationDefinitionNode>(Assert.Single(document.Definitions));
        Assert.Equal(("Work", OperationType.Query, "What it does"), (operation.Name, operation.Operation, operation.Description!.Value));
        Assert.Equal(new SourceLocation(1, 22), document.Locate(operation.NameSpan.Start));
        Assert.Equal(new SourceLocation(1, 1), document.Locate(operation.Span.Start));
        Assert.Equal(["id", "n"], operation.Variables.Select(v => v.Variable.Name));
        Assert.Equal("Which", operation.Variables[0].Description!.Value);
        Assert.Equal("a", Assert.Single(operation.Variables[0].Directives).Name);
        Assert.Equal(new SourceLocation(2, 12), document.Locate(operation.Variables[0].Variable.NameSpan.Start));
        Assert.IsType<ListValueNode>(operation.Variables[1].DefaultValue);
        Assert.IsType<NonNullTypeNode>(Assert.IsType<ListTypeNode>(operation.Variables[1].Type).ItemType);
        Assert.Equal("live", Assert.Single(operation.Directives).Name);
        var field = Assert.IsType<FieldNode>(Assert.Single(operation.SelectionSet.Selections));
        Assert.Equal(("order", "workOrder", "order"), (field.Alias, field.Name, field.ResponseKey));
        Assert.Collection(field.Arguments,
            a => Assert.IsType<VariableNode>(a.Value), a => Assert.IsType<BooleanValueNode>(a.Value), a => Assert.IsType<EnumValueNode>(a.Value));
        Assert.Collection(field.SelectionSet!.Selections,
            s => Assert.IsType<FieldNode>(s),
            s => Assert.Equal("Parts", Assert.IsType<FragmentSpreadNode>(s).Name),
            s => Assert.Equal("PM", Assert.IsType<InlineFragmentNode>(s).TypeCondition!.Name),
            s => Assert.Null(Assert.IsType<InlineFragmentNode>(s).TypeCondition));
    }

    [Theory]
    [InlineData("{ a }")]
    [InlineData("\uFEFF{ a,,, b } # end")]
    [InlineData("query { a }")]
    [InlineData("query Q { a } mutation M { b } subscription S { c } fragment F on T { d }")]
    [InlineData("{ fragment on query mutation subscription true false null type extend }")]
    [InlineData("{ on: on ...on on { on } ... { x } }")]
    [InlineData("fragment query on fragment { query }")]
    [InlineData("query ($ a : Int) { a(b:$ a) }")]
    [InlineData("{ a(b: {c: [], d: {}}) }")]
    [InlineData("{ a(b: \"\") }")]
    [InlineData("{ a(b: \"\uFFFF\u0007\") }")]
    [InlineData("{ a(b: -0, c: 0.0, d: 1e9, e: -1.5E-3) }")]
    [InlineData("#\n{a}")]
    [InlineData("{a}\r#\r")]
    [InlineData("type T")]
    [InlineData("scalar S type T { a: Int } { a }")]
    public void Valid_documents_parse(string text) => Assert.NotEmpty(Parser.Parse(text).Definitions);

    [Theory]
    [InlineData("", 1, 1, "Unexpected <EOF>.")]
    [InlineData("  # nothing\n ", 2, 2, "Unexpected <EOF>.")]
    [InlineData("{", 1, 2, "Expected Name, found <EOF>.")]
    [InlineData("{}", 1, 2, "Expected Name, found \"}\".")]
    [InlineData("{ a {} }", 1, 6, "Expected Name, found \"}\".")]
    [InlineData("{ ...MissingOn }\nfragment MissingOn Type { a }", 2, 20, "Expected \"on\", found Name \"Type\".")]
    [InlineData("{ field: {} }", 1, 10, "Expected Name, found \"{\".")]
    [InlineData("notAnOperation Foo { field }", 1, 1, "Unexpected Name \"notAnOperation\".")]
    [InlineData("...", 1, 1, "Unexpected \"...\".")]
    [InlineData("{ a(", 1, 5, "Expected Name, found <EOF>.")]
    [InlineData("{ a() }", 1, 5, "Expected Name, found \")\".")]
    [InlineData("{ a(b) }", 1, 6, "Expected \":\", found \")\".")]
    [InlineData("{ a(b: }", 1, 8, "Unexpected \"}\".")]
    [InlineData("{ a(b: [1) }", 1, 10, "Unexpected \")\".")]
    [InlineData("{ a(b: {c}) }", 1, 10, "Expected \":\", found \"}\".")]
    [InlineData("{ a(b: $) }", 1, 9, "Expected Name, found \")\".")]
    [InlineData("query ($a) { a }", 1, 10, "Expected \":\", found \")\".")]
    [InlineData("query () { a }", 1, 8, "Expected \"$\", found \")\".")]
    [InlineData("query ($a: Int = $b) { a }", 1, 18, "Unexpected variable \"$b\" in constant value.")]
    [InlineData("query ($a: Int @d(x: $)) { a }", 1, 22, "Unexpected \"$\".")]
    [InlineData("query ($a: [Int) { a }", 1, 16, "Expected \"]\", found \")\".")]
    [InlineData("query ($a: Int!!) { a }", 1, 16, "Expected \"$\", found \"!\".")]
    [InlineData("query Q", 1, 8, "Expected \"{\", found <EOF>.")]
    [InlineData("query Q @ { a }", 1, 11, "Expected Name, found \"{\".")]
    [InlineData("fragment on on on { on }", 1, 10, "Unexpected Name \"on\".")]
    [InlineData("fragment F on { a }", 1, 15, "Expected Name, found \"{\".")]
    [InlineData("{ ...on }", 1, 9, "Expected Name, found \"}\".")]
    [InlineData("{ a } }", 1, 7, "Unexpected \"}\".")]
    [InlineData("\"d\" { a }", 1, 1, "Unexpected description, descriptions are not supported on shorthand queries.")]
    [InlineData("\"d\" extend type A { a: B }", 1, 1, "Unexpected description, only GraphQL definitions support descriptions.")]
    [InlineData("\"d\"", 1, 4, "Unexpected <EOF>.")]
    [InlineData("{ \"d\" a }", 1, 3, "Expected Name, found String \"d\".")]
    [InlineData("{ a(b: 0xF) }", 1, 9, "Invalid number, expected digit but got: \"x\".")]
    [InlineData("{ a(b: 1a) }", 1, 9, "Invalid number, expected digit but got: \"a\".")]
    [InlineData("{ a(b: 01) }", 1, 9, "Invalid number, unexpected digit after 0: \"1\".")]
    [InlineData("{ a(b: -) }", 1, 9, "Invalid number, expected digit but got: \")\".")]
    [InlineData("{ a(b: 1.) }", 1, 10, "Invalid number, expected digit but got: \")\".")]
    [InlineData("{ a(b: .5) }", 1, 8, "Unexpected character: \".\".")]
    [InlineData("{ a(b: 1.2.3) }", 1, 11, "Invalid number, expected digit but got: \".\".")]
    [InlineData("{ a(b: 1e) }", 1, 10, "Invalid number, expected digit but got: \")\".")]
    [InlineData("{ a(b: 1_000) }", 1, 9, "Invalid number, expected digit but got: \"_\".")]
    [InlineData("{ a(b: +1) }", 1, 8, "Unexpected character: \"+\".")]
    [InlineData("{ a(b: \"x) }", 1, 13, "Unterminated string.")]
    [InlineData("{ a(b: \"x\n\") }", 1, 10, "Unterminated string.")]
    [InlineData("{ a(b: \"\"\"x\" ", 1, 14, "Unterminated string.")]
    [InlineData("{ a(b: \"\\q\") }", 1, 9, "Invalid character escape sequence: \"\\q\".")]
    [InlineData("{ a(b: \"é\\uD83D\") }", 1, 10, "Invalid Unicode escape sequence: \"\\uD83D\".")]
    [InlineData("{ a(b: \"\\uDE00\\uD83D\") }", 1, 9, "Invalid Unicode escape sequence: \"\\uDE00\".")]
    [InlineData("{ a(b: \"\\u00g0\") }", 1, 9, "Invalid Unicode escape sequence: \"\\u00g0\".")]
    [InlineData("{ a(b: \"\\u{}\") }", 1, 9, null)]
    [InlineData("{ a(b: \"\\u{110000}\") }", 1, 9, null)]
    [InlineData("{ a(b: \"\\u{D800}\") }", 1, 9, null)]
    [InlineData("{ a(b: \"\\u{1F600\") }", 1, 9, null)]
    [InlineData("{ a(b: \"\\u", 1, 9, null)]
    [InlineData("{ a ? }", 1, 5, "Unexpected character: \"?\".")]
    [InlineData("{ a 'x' }", 1, 5, "Unexpected character: \"'\".")]
    [InlineData("{ ñ }", 1, 3, "Unexpected character: U+00F1.")]
    [InlineData("{ 😀 }", 1, 3, "Unexpected character: U+1F600.")]
    [InlineData("{ \u0000 }", 1, 3, "Unexpected character: U+0000.")]
    [InlineData("{ .. }", 1, 3, "Unexpected character: \".\".")]
    public void Errors_stand_at_the_offending_token(string text, int line, int column, string? message)
    {
        var error = Assert.Throws<SyntaxException>(() => Parser.Parse(text));
        Assert.Equal(new SourceLocation(line, column), error.Location);
        if (message is not null) Assert.Equal($"Syntax Error: {message}", error.Message);
        Assert.Equal("GRAPHQL_PARSE_FAILED", error.ToError().Code);
    }

    [Theory]
    [InlineData(new byte[] { (byte)'{', (byte)' ', 0xFF, (byte)'}' }, 3)]
    [InlineData(new byte[] { (byte)'#', 0xC3 }, 2)]
    [InlineData(new byte[] { (byte)'{', (byte)'a', (byte)'}', 0xED, 0xA0, 0x80 }, 4)]
    public void Text_that_is_not_utf8_is_a_syntax_error(byte[] text, int column)
    {
        var error = Assert.Throws<SyntaxException>(() => Parser.Parse(text));
        Assert.Equal(new SourceLocation(1, column), error.Location);
    }

    [Theory]
    [InlineData("\"a\"", "a")]
    [InlineData("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t")]
    [InlineData("\"\\u00e9 \\uD83D\\uDE00 \\u{1F600}\\u{41}\\u{0010FFFF}\"", "é 😀 😀A\U0010FFFF")]
    [InlineData("\"ñ # , {\"", "ñ # , {")]
    [InlineData("\"\"\"\"\"\"", "")]
    [InlineData("\"\"\"a\"b\\n\"\"\"", "a\"b\\n")]
    [InlineData("\"\"\"\n    Hello,\n      World!\n\n    Yours,\n      GraphQL.\n  \"\"\"", "Hello,\n  World!\n\nYours,\n  GraphQL.")]
    [InlineData("\"\"\"  first\r\n    second\r   third\"\"\"", "  first\n second\nthird")]
    [InlineData("\"\"\"\\\"\"\" \\\\ \"\"\"", "\"\"\" \\\\ ")]
    [InlineData("\"\"\"\n \t \n\"\"\"", "")]
    public void Strings_read_as_the_specification_says(string literal, string value) =>
        Assert.Equal(value, Assert.IsType<StringValueNode>(Parser.ParseValue(literal)).Value);

    [Fact]
    public void Values_and_types_parse_alone_and_whole()
    {
        Assert.Equal("-12", Assert.IsType<IntValueNode>(Parser.ParseValue(" -12 ")).Text);
        Assert.Equal("1e3", Assert.IsType<FloatValueNode>(Parser.ParseValue("1e3")).Text);
        Assert.IsType<NullValueNode>(Parser.ParseValue("null"));
        Assert.Equal("nullable", Assert.IsType<EnumValueNode>(Parser.ParseValue("nullable")).Name);
        Assert.IsType<NonNullTypeNode>(Parser.ParseType("[[Int!]]!"));
        Assert.Throws<SyntaxException>(() => Parser.ParseValue("1 2"));
        Assert.Throws<SyntaxException>(() => Parser.ParseValue("$a"));
        Assert.Throws<SyntaxException>(() => Parser.ParseType("Int Int"));
    }

    [Fact]
    public void Tokens_are_counted_and_the_first_too_many_is_refused()
    {
        var text = "{ " + string.Concat(Enumerable.Repeat("a ", 7_998)) + "}";
        Parser.Parse(text);
        var error = Assert.Throws<SyntaxException>(() => Parser.Parse(text + "{"));
        Assert.Equal(text.Length + 1, error.Location.Column);
        Assert.Contains("8000 tokens", error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Nests => new()
    {
        { "{a", "}" }, { "{...{", "}}" }, { "{a(b:[", "])}" }, { "{...on T{", "}}" },
    };

    [Theory]
    [MemberData(nameof(Nests))]
    public void Twenty_thousand_levels_are_an_error_not_a_crash(string open, string close)
    {
        var text = string.Concat(Enumerable.Repeat(open, 20_000)) + string.Concat(Enumerable.Repeat(close, 20_000));
        Assert.Throws<SyntaxException>(() => Parser.Parse(text));
        Assert.Throws<SyntaxException>(() => Parser.Parse(text, ParserOptions.Trusted));
    }

    [Theory]
    [InlineData("{ a(b: ", "[", "1", "]", ") }", 64)]
    [InlineData("{ a(b: ", "{c:", "1", "}", ") }", 64)]
    [InlineData("query ($a: ", "[", "A", "]", ") { a }", 64)]
    [InlineData("", "{a", "{a}", "}", "", 199)]
    public void Nesting_is_bounded_exactly(string before, string open, string core, string close, string after, int limit)
    {
        string Nested(int depth) => before + string.Concat(Enumerable.Repeat(open, depth)) + core + string.Concat(Enumerable.Repeat(close, depth)) + after;
        Parser.Parse(Nested(limit));
        Assert.Contains("nests deeper", Assert.Throws<SyntaxException>(() => Parser.Parse(Nested(limit + 1))).Message, StringComparison.Ordinal);
        Assert.Throws<SyntaxException>(() => Parser.Parse(Nested(20_000), ParserOptions.Trusted));
    }

    [Fact]
    public void Depth_counts_what_is_open_not_what_was()
    {
        var siblings = string.Concat(Enumerable.Repeat("a(b: [[1]]) { c } ", 500));
        Assert.Equal(500, Assert.IsType<OperationDefinitionNode>(Parser.Parse($"{{ {siblings} }}", ParserOptions.Trusted).Definitions[0]).SelectionSet.Selections.Count);
    }

    [Fact]
    public void Spans_cover_their_text()
    {
        const string text = "query Q { first: a(b: \"é\") @x  second }";
        var operation = (OperationDefinitionNode)Parser.Parse(text).Definitions[0];
        var bytes = Encoding.UTF8.GetBytes(text);
        string Of(SyntaxNode node) => Encoding.UTF8.GetString(bytes[node.Span.Start..node.Span.End]);
        Assert.Equal(text, Of(operation));
        Assert.Equal("first: a(b: \"é\") @x", Of(operation.SelectionSet.Selections[0]));
        Assert.Equal("second", Of(operation.SelectionSet.Selections[1]));
    }
}
