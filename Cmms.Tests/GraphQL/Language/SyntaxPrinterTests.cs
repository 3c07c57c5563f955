using Engines.GraphQL.Language;
using Xunit;

namespace Cmms.Tests.GraphQL.Language;

public sealed class SyntaxPrinterTests
{
    [Theory]
    [InlineData("query{a}", "{\n  a\n}\n")]
    [InlineData("query Q($a:Int=1@d,$b:[ID!]!)@x{b:a(c:$a d:[1,{e:null}]){...F@skip(if:true)...on T{a}...@include(if:$b){a}}}",
        "query Q($a: Int = 1 @d, $b: [ID!]!) @x {\n  b: a(c: $a, d: [1, { e: null }]) {\n    ...F @skip(if: true)\n    ... on T {\n      a\n    }\n    ... @include(if: $b) {\n      a\n    }\n  }\n}\n")]
    [InlineData("query($a:Int){a} mutation M{b}", "query ($a: Int) {\n  a\n}\n\nmutation M {\n  b\n}\n")]
    [InlineData("query @d {a}", "query @d {\n  a\n}\n")]
    [InlineData("\"x\" query Q(\"y\" $a:Int $b:Int){a}", "\"x\"\nquery Q(\n  \"y\"\n  $a: Int\n  $b: Int\n) {\n  a\n}\n")]
    [InlineData("{a(b:\"\\u0001\\\"\\n\\u{1F600}\" c:E d:1.5e3 f:[] g:{})}", "{\n  a(b: \"\\u0001\\\"\\n😀\", c: E, d: 1.5e3, f: [], g: {})\n}\n")]
    [InlineData("\"\"\"one\n  two\"\"\" type T implements A&B@d{\"\"\"f\"\"\" f(\"a\" a:Int=1,b:B):T!}",
        "\"\"\"\none\ntwo\n\"\"\"\ntype T implements A & B @d {\n  \"\"\"f\"\"\"\n  f(\n    \"a\"\n    a: Int = 1\n    b: B\n  ): T!\n}\n")]
    [InlineData("union U@a=|A|B extend enum E{A@x} directive@d(a:Int)repeatable on|FIELD|QUERY",
        "union U @a = A | B\n\nextend enum E {\n  A @x\n}\n\ndirective @d(a: Int) repeatable on FIELD | QUERY\n")]
    [InlineData("schema@a{query:Q} extend schema@b scalar S@c interface I extend input X{a:Int=1}",
        "schema @a {\n  query: Q\n}\n\nextend schema @b\n\nscalar S @c\n\ninterface I\n\nextend input X {\n  a: Int = 1\n}\n")]
    public void Documents_are_laid_out_one_way(string text, string expected)
    {
        Assert.Equal(expected, SyntaxPrinter.Print(Parser.Parse(text)));
        Assert.Equal(expected, SyntaxPrinter.Print(Parser.Parse(expected)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("one line")]
    [InlineData("ends in a quote\"")]
    [InlineData("ends in a backslash\\")]
    [InlineData("holds \"\"\" and \\\"\"\"")]
    [InlineData("two\n\n  lines")]
    [InlineData("  all\n  indented")]
    [InlineData("  first\nsecond")]
    [InlineData("\nblank first")]
    [InlineData("blank last\n ")]
    [InlineData("a\n \nb")]
    [InlineData("a\r\nb")]
    [InlineData("tab\tand \u0007 bell")]
    [InlineData("ñ 😀")]
    [InlineData(" ")]
    public void A_string_survives_being_written_as_a_block(string value)
    {
        var type = new ObjectDefinitionNode(default, "T", [], [], [new FieldDefinitionNode(default, "f", [], new NamedTypeNode(default, "T"), [])
        {
            Description = new StringValueNode(default, value, block: true),
        }]);
        var read = (ObjectDefinitionNode)Parser.Parse(SyntaxPrinter.Print(type)).Definitions[0];
        Assert.Equal(value, read.Fields[0].Description!.Value);
    }

    [Fact]
    public void Printing_twice_is_printing_once_for_any_document_that_parses()
    {
        var random = new Random(7);
        var printed = 0;
        for (var round = 0; round < 5_000; round++)
        {
            DocumentNode document;
            try
            {
                document = Parser.Parse(ParserFuzzTests.Mutate(random));
            }
            catch (SyntaxException)
            {
                continue;
            }
            var once = SyntaxPrinter.Print(document);
            Assert.Equal(once, SyntaxPrinter.Print(Parser.Parse(once)));
            printed++;
        }
        Assert.InRange(printed, 100, 5_000);
    }
}
