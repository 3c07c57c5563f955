using Xunit;
using Engines.GraphQL.Language;
using Engines.GraphQL.Types;

namespace Cmms.Tests.GraphQL.Language;

public sealed class TypeSystemParserTests
{
    [Fact]
    public void Every_kind_of_definition_parses()
    {
        var document = Parser.Parse("""
            "S" schema @a { query: Q mutation: M subscription: S }
            "Date" scalar Date @specifiedBy(url: "x")
            "An asset" type Asset implements & Node & Named @k { "Its name" name("a" first: Int = 1 @d, after: [ID!]!): String! @deprecated }
            type Empty
            interface Named implements Node { name: String! }
            union Any @u = | Asset | Part
            enum Kind { "Planned" PM @deprecated(reason: "no") CM }
            input Filter @oneOf { name: String = "x" }
            directive @live(if: Boolean! = true) repeatable on | QUERY | FIELD_DEFINITION
            extend schema @b extend schema { mutation: M }
            extend scalar Date @c
            extend type Asset implements Other
            extend type Asset @x
            extend interface Named { id: ID! }
            extend union Any = WorkOrder
            extend enum Kind { INSPECTION }
            extend input Filter { id: ID }
            """).Definitions.Cast<TypeSystemNode>().ToList();

        Assert.Equal(18, document.Count);
        Assert.All(document[..9], d => Assert.False(d.IsExtension));
        Assert.All(document[9..], d => Assert.True(d.IsExtension));
        Assert.Equal([OperationType.Query, OperationType.Mutation, OperationType.Subscription], ((SchemaDefinitionNode)document[0]).OperationTypes.Select(o => o.Operation));
        var asset = (ObjectDefinitionNode)document[2];
        Assert.Equal(["Node", "Named"], asset.Interfaces.Select(i => i.Name));
        Assert.Equal("An asset", asset.Description!.Value);
        var name = Assert.Single(asset.Fields);
        Assert.Equal("Its name", name.Description!.Value);
        Assert.Equal(["first", "after"], name.Arguments.Select(a => a.Name));
        Assert.Equal("1", Assert.IsType<IntValueNode>(name.Arguments[0].DefaultValue).Text);
        Assert.Empty(((ObjectDefinitionNode)document[3]).Fields);
        Assert.Equal(["Asset", "Part"], ((UnionDefinitionNode)document[5]).Members.Select(m => m.Name));
        Assert.Equal(["PM", "CM"], ((EnumDefinitionNode)document[6]).Values.Select(v => v.Name));
        var live = (DirectiveDefinitionNode)document[8];
        Assert.True(live.IsRepeatable);
        Assert.Equal([DirectiveLocation.Query, DirectiveLocation.FieldDefinition], live.Locations.Select(l => l.Location));
    }

    [Theory]
    [InlineData("schema", 1, 7, "Expected \"{\", found <EOF>.")]
    [InlineData("schema { }", 1, 10, "Expected Name, found \"}\".")]
    [InlineData("schema { other: Q }", 1, 10, "Unexpected Name \"other\".")]
    [InlineData("type", 1, 5, "Expected Name, found <EOF>.")]
    [InlineData("type T { }", 1, 10, "Expected Name, found \"}\".")]
    [InlineData("type T { a }", 1, 12, "Expected \":\", found \"}\".")]
    [InlineData("type T { a(): Int }", 1, 12, "Expected Name, found \")\".")]
    [InlineData("type T implements { a: Int }", 1, 19, "Expected Name, found \"{\".")]
    [InlineData("type T implements A, B { a: Int }", 1, 22, "Unexpected Name \"B\".")]
    [InlineData("union U = ", 1, 11, "Expected Name, found <EOF>.")]
    [InlineData("union U = A | | B", 1, 15, "Expected Name, found \"|\".")]
    [InlineData("enum E { }", 1, 10, "Expected Name, found \"}\".")]
    [InlineData("enum E { true }", 1, 10, "Name \"true\" is reserved and cannot be used for an enum value.")]
    [InlineData("input I { a(b: Int): Int }", 1, 12, "Expected \":\", found \"(\".")]
    [InlineData("input I { a: Int = $x }", 1, 20, "Unexpected variable \"$x\" in constant value.")]
    [InlineData("directive a on FIELD", 1, 11, "Expected \"@\", found Name \"a\".")]
    [InlineData("directive @a", 1, 13, "Expected \"on\", found <EOF>.")]
    [InlineData("directive @a on FIELD | NOWHERE", 1, 25, "Unexpected Name \"NOWHERE\".")]
    [InlineData("extend type T", 1, 14, "Unexpected <EOF>.")]
    [InlineData("extend scalar S", 1, 16, "Unexpected <EOF>.")]
    [InlineData("extend union U", 1, 15, "Unexpected <EOF>.")]
    [InlineData("extend query { a }", 1, 8, "Unexpected Name \"query\".")]
    [InlineData("extend directive @a on FIELD", 1, 8, "Unexpected Name \"directive\".")]
    [InlineData("extend", 1, 7, "Unexpected <EOF>.")]
    public void Errors_stand_at_the_offending_token(string text, int line, int column, string message)
    {
        var error = Assert.Throws<SyntaxException>(() => Parser.Parse(text));
        Assert.Equal((new SourceLocation(line, column), $"Syntax Error: {message}"), (error.Location, error.Message));
    }
}
