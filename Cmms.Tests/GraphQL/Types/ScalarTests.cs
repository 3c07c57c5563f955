using System.Text;
using System.Text.Json;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Language;
using Engines.GraphQL.Types;
using Xunit;

namespace Cmms.Tests.GraphQL.Types;

public sealed class ScalarTests
{
    [Theory]
    [InlineData("Int", "1", 1)]
    [InlineData("Int", "-2147483648", int.MinValue)]
    [InlineData("Float", "1", 1d)]
    [InlineData("Float", "-1.5e3", -1500d)]
    [InlineData("String", "\"a\"", "a")]
    [InlineData("Boolean", "true", true)]
    [InlineData("ID", "\"a\"", "a")]
    [InlineData("ID", "123456789012345678901", "123456789012345678901")]
    public void Literals_of_the_right_kind_are_read(string scalar, string literal, object expected) =>
        Assert.Equal(expected, Scalars.Find(scalar)!.ParseLiteral(Parser.ParseValue(literal)));

    [Theory]
    [InlineData("Int", "2147483648")]
    [InlineData("Int", "1.0")]
    [InlineData("Int", "\"1\"")]
    [InlineData("Int", "true")]
    [InlineData("Float", "\"1\"")]
    [InlineData("Float", "1e400")]
    [InlineData("Float", "ONE")]
    [InlineData("String", "1")]
    [InlineData("String", "A")]
    [InlineData("Boolean", "1")]
    [InlineData("Boolean", "\"true\"")]
    [InlineData("ID", "1.0")]
    [InlineData("ID", "true")]
    [InlineData("ID", "{}")]
    public void Literals_of_another_kind_are_refused(string scalar, string literal) =>
        Assert.Throws<InvalidValueException>(() => Scalars.Find(scalar)!.ParseLiteral(Parser.ParseValue(literal)));

    [Theory]
    [InlineData("Int", "1.0", 1)]
    [InlineData("Int", "2e3", 2000)]
    [InlineData("Int", "-0", 0)]
    [InlineData("Float", "1", 1d)]
    [InlineData("Float", "0.1", 0.1)]
    [InlineData("String", "\"\\u00e9\"", "é")]
    [InlineData("Boolean", "false", false)]
    [InlineData("ID", "7", "7")]
    [InlineData("ID", "7.0", "7")]
    [InlineData("ID", "\"7\"", "7")]
    public void Variables_of_the_right_kind_are_read(string scalar, string json, object expected) =>
        Assert.Equal(expected, Scalars.Find(scalar)!.ParseValue(Json(json)));

    [Theory]
    [InlineData("Int", "1.5")]
    [InlineData("Int", "2147483648")]
    [InlineData("Int", "1e400")]
    [InlineData("Int", "\"1\"")]
    [InlineData("Int", "true")]
    [InlineData("Float", "\"1\"")]
    [InlineData("Float", "1e400")]
    [InlineData("String", "1")]
    [InlineData("String", "\"\\uD83D\"")]
    [InlineData("String", "[]")]
    [InlineData("Boolean", "0")]
    [InlineData("ID", "1.5")]
    [InlineData("ID", "true")]
    [InlineData("ID", "{}")]
    public void Variables_of_another_kind_are_refused(string scalar, string json) =>
        Assert.Throws<InvalidValueException>(() => Scalars.Find(scalar)!.ParseValue(Json(json)));

    public static TheoryData<string, object, string> Results => new()
    {
        { "Int", 1, "1" }, { "Int", 5L, "5" }, { "Int", 2.0, "2" }, { "Int", true, "1" }, { "Int", "12", "12" }, { "Int", (byte)3, "3" },
        { "Float", 1, "1" }, { "Float", 1.5, "1.5" }, { "Float", 1.50m, "1.50" }, { "Float", "2.5", "2.5" }, { "Float", false, "0" },
        { "String", "a\"b", "\"a\\\"b\"" }, { "String", 1, "\"1\"" }, { "String", true, "\"true\"" }, { "String", 1.5, "\"1.5\"" },
        { "Boolean", true, "true" }, { "Boolean", 0, "false" }, { "Boolean", 2.5, "true" },
        { "ID", "x", "\"x\"" }, { "ID", 9L, "\"9\"" },
    };

    [Theory]
    [MemberData(nameof(Results))]
    public void Results_are_coerced_as_the_specification_allows(string scalar, object value, string json)
    {
        using var output = new JsonOutput();
        Scalars.Find(scalar)!.Write(value, output);
        Assert.Equal(json, Encoding.UTF8.GetString(output.Written.Span));
    }

    public static TheoryData<string, object> BadResults => new()
    {
        { "Int", 1.5 }, { "Int", 1L << 31 }, { "Int", "x" }, { "Int", new object() }, { "Float", double.NaN }, { "Float", "x" }, { "String", new object() },
        { "String", double.PositiveInfinity }, { "Boolean", "true" }, { "Boolean", new object() }, { "ID", 1.5 }, { "ID", true },
    };

    [Theory]
    [MemberData(nameof(BadResults))]
    public void Results_that_a_scalar_cannot_represent_are_refused(string scalar, object value)
    {
        using var output = new JsonOutput();
        Assert.Throws<InvalidValueException>(() => Scalars.Find(scalar)!.Write(value, output));
    }

    [Fact]
    public void Values_become_literals_for_the_schema()
    {
        Assert.Equal("3", SyntaxPrinter.Print(Scalars.Int.ToLiteral(3)));
        Assert.Equal("0.5", SyntaxPrinter.Print(Scalars.Float.ToLiteral(0.5)));
        Assert.Equal("\"a\\\"\"", SyntaxPrinter.Print(Scalars.String.ToLiteral("a\"")));
        Assert.Equal("true", SyntaxPrinter.Print(Scalars.Boolean.ToLiteral(true)));
        Assert.Equal("\"4\"", SyntaxPrinter.Print(Scalars.ID.ToLiteral(4)));
    }

    private static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
