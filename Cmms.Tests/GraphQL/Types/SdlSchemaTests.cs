using System.Text;
using System.Text.Json;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Language;
using Engines.GraphQL.Types;
using Xunit;

namespace Cmms.Tests.GraphQL.Types;

public sealed class SdlSchemaTests
{
    [Fact]
    public void Extensions_become_part_of_what_they_extend()
    {
        var schema = SdlSchema.Build("""
            type Query { a: Int }
            extend type Query implements I { b: U }
            interface I { a: Int } extend interface I { b: U }
            union U = Query extend union U = Other type Other { e: E }
            enum E { A } extend enum E { B }
            input In { a: Int } extend input In @oneOf { b: Int }
            scalar S extend scalar S @specifiedBy(url: "x")
            directive @d on SCHEMA | OBJECT
            extend schema @d { mutation: Other }
            extend type Other @d
            """);

        Assert.Equal(["a", "b"], schema.Query.Fields.Select(f => f.Name));
        Assert.Equal("I", Assert.Single(schema.Query.Interfaces).Name);
        Assert.Equal(["Query", "Other"], ((UnionType)schema.FindType("U")!).Members.Select(m => m.Name));
        Assert.Equal(["A", "B"], ((EnumType)schema.FindType("E")!).Values.Select(v => v.Name));
        Assert.True(((InputObjectType)schema.FindType("In")!).IsOneOf);
        Assert.Equal("x", ((ScalarType)schema.FindType("S")!).SpecifiedBy);
        Assert.Same(schema.FindType("Other"), schema.Mutation);
        Assert.Equal("d", Assert.Single(schema.AppliedDirectives).Name);
        Assert.Equal("d", Assert.Single(schema.FindType("Other")!.Directives).Name);
        Assert.Equal(["Query"], schema.PossibleTypes((InterfaceType)schema.FindType("I")!).Select(t => t.Name));
    }

    [Fact]
    public void Resolvers_come_from_the_delegate_or_read_dictionaries()
    {
        var own = new InlineResolver(_ => 1);
        var schema = SdlSchema.Build("type Query { a: Int b: Int }", (type, field) => (type, field) is ("Query", "a") ? own : null);

        Assert.Same(own, schema.Query.Find("a")!.Resolver);
        var read = Assert.IsType<InlineResolver>(schema.Query.Find("b")!.Resolver).Read;
        Assert.Equal(5, read(new Dictionary<string, object?> { ["b"] = 5 }));
        Assert.Null(read(new Dictionary<string, object?>()));
    }

    [Fact]
    public void Abstract_values_say_their_type()
    {
        var schema = SdlSchema.Build("type Query { u: U n: N } union U = A type A implements N { x: Int } interface N { x: Int }");
        var value = new Dictionary<string, object?> { ["__typename"] = "A" };
        Assert.Same(schema.FindType("A"), ((UnionType)schema.FindType("U")!).ResolveType!(value));
        Assert.Same(schema.FindType("A"), ((InterfaceType)schema.FindType("N")!).ResolveType!(value));
        Assert.Null(((UnionType)schema.FindType("U")!).ResolveType!(new Dictionary<string, object?> { ["__typename"] = "U" }));
    }

    [Theory]
    [InlineData("{\"a\":[1,2.5,\"x\",null,true,{\"b\":{}}],\"c\":-9007199254740993}")]
    [InlineData("[]")]
    [InlineData("\"é\\n\"")]
    public void An_unknown_scalar_passes_any_json_through(string json)
    {
        var scalar = (ScalarType)SdlSchema.Build("scalar Any type Query { a: Any }").FindType("Any")!;
        using var document = JsonDocument.Parse(json);
        var value = scalar.ParseValue(document.RootElement);
        using var output = new JsonOutput();
        scalar.Write(value, output);
        Assert.Equal(json, Encoding.UTF8.GetString(output.Written.Span));
        using var again = new JsonOutput();
        scalar.Write(scalar.ParseLiteral(Parser.ParseValue(SyntaxPrinter.Print(scalar.ToLiteral(value)))), again);
        Assert.Equal(json, Encoding.UTF8.GetString(again.Written.Span));
    }

    [Fact]
    public void A_value_that_holds_itself_is_refused_not_followed()
    {
        var scalar = new JsonScalar("Any");
        var loop = new List<object?>();
        loop.Add(loop);
        using var output = new JsonOutput();
        Assert.Throws<InvalidValueException>(() => scalar.Write(loop, output));
        Assert.Throws<InvalidValueException>(() => scalar.ToLiteral(loop));
    }

    [Theory]
    [InlineData("type A { a: Int }", "Query root type must be provided.")]
    [InlineData("scalar Query", "Query root type must be Object type, it cannot be \"Query\".")]
    [InlineData("schema { query: Q }", "Query root type must be Object type, it cannot be \"Q\".")]
    [InlineData("schema { query: Q } schema { query: Q } type Q { a: Int }", "Must provide only one schema definition. (1:21)")]
    [InlineData("type Query { a: Int } { a }", "Only type system definitions may stand in a schema. (1:23)")]
    [InlineData("type Query { a: Missing }", "Unknown type \"Missing\". (1:17)")]
    [InlineData("type Query { a: Int a: Int }", "Field \"Query.a\" can only be defined once. (1:21)")]
    [InlineData("type Query { a: Int } extend type Query { a: Int }", "Field \"Query.a\" can only be defined once. (1:43)")]
    [InlineData("type Query { a: Int } type Query { b: Int }", "There can be only one type named \"Query\". (1:23)")]
    [InlineData("type Query { a: E } enum E { A A }", "Enum value \"E.A\" can only be defined once. (1:32)")]
    [InlineData("type Query { a(b: I): Int } input I { a: Int a: Int }", "Field \"I.a\" can only be defined once. (1:46)")]
    [InlineData("type Query { a: Int } extend type Other { b: Int }", "Cannot extend type \"Other\" because it is not defined. (1:23)")]
    [InlineData("type Query { a: Int } extend input Query { b: Int }", "Cannot extend type \"Query\" as another kind. (1:23)")]
    [InlineData("type Query implements Other { a: Int } type Other { a: Int }", "\"Other\" is not an InterfaceType. (1:23)")]
    [InlineData("type Query { a: U } union U = Missing", "Unknown type \"Missing\". (1:31)")]
    public void Contradictions_are_named_with_their_place(string sdl, string problem)
    {
        var error = Assert.Throws<SchemaException>(() => SdlSchema.Build(sdl));
        Assert.Contains(problem, error.Message.Split('\n'));
    }
}
