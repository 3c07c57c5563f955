using Engines.GraphQL.Types;
using Xunit;

namespace Cmms.Tests.GraphQL.Types;

public sealed class SchemaRulesTests
{
    [Theory]
    [InlineData("type Query { a: Int } type __T { a: Int }", "Name \"__T\" must not begin with \"__\"")]
    [InlineData("type Query { __a: Int }", "Name \"__a\" must not begin with \"__\"")]
    [InlineData("type Query { a(__b: Int): Int }", "Name \"__b\" must not begin with \"__\"")]
    [InlineData("type Query { a: Int } enum E { __A }", "Name \"__A\" must not begin with \"__\"")]
    [InlineData("type Query { a: Int } directive @__d on FIELD", "Name \"__d\" must not begin with \"__\"")]
    [InlineData("schema { query: Q mutation: Q } type Q { a: Int }", "All root types must be different, \"Q\" is used more than once.")]
    [InlineData("type Query", "Type Query must define one or more fields.")]
    [InlineData("type Query { a: Int } interface I", "Type I must define one or more fields.")]
    [InlineData("type Query { a: Int } input I", "Input Object type I must define one or more fields.")]
    [InlineData("type Query { a: Int } enum E", "Enum type E must define one or more values.")]
    [InlineData("type Query { a: Int } union U", "Union type U must define one or more member types.")]
    [InlineData("type Query { a: Int } union U = Query | Query", "Union type U can only include type Query once.")]
    [InlineData("type Query { a: I } input I { a: Int }", "The type of Query.a must be Output Type but got: I.")]
    [InlineData("type Query { a(b: Query): Int }", "The type of Query.a(b:) must be Input Type but got: Query.")]
    [InlineData("type Query { a: Int } input I { a: [Query!] }", "The type of I.a must be Input Type but got: [Query!].")]
    [InlineData("type Query { a: Int } directive @d(a: Query) on FIELD", "The type of @d(a:) must be Input Type but got: Query.")]
    [InlineData("type Query { a(b: Int, b: Int): Int }", "Argument Query.a(b:) can only be defined once.")]
    [InlineData("type Query { a(b: Int! @deprecated): Int }", "Required Query.a(b:) cannot be deprecated.")]
    [InlineData("type Query { a: Int } input I { a: Int! @deprecated }", "Required I.a cannot be deprecated.")]
    [InlineData("type Query { a(b: Int = \"x\"): Int }", "Query.a(b:) has invalid default value: Int cannot represent non-integer value: \"x\"")]
    [InlineData("type Query { a(b: I = {}): Int } input I { c: Int! }", "Query.a(b:) has invalid default value: Expected value of type \"I\" to include required field \"c\"")]
    [InlineData("type Query { a(b: E = B): Int } enum E { A }", "Query.a(b:) has invalid default value: Value \"B\" does not exist in \"E\" enum.")]
    [InlineData("type Query { a: Int } input I @oneOf { a: Int! }", "OneOf input field I.a must be nullable.")]
    [InlineData("type Query { a: Int } input I @oneOf { a: Int = 1 }", "OneOf input field I.a cannot have a default value.")]
    [InlineData("type Query @missing { a: Int }", "Query has unknown directive \"@missing\".")]
    [InlineData("type Query @d { a: Int } directive @d on FIELD_DEFINITION", "Directive \"@d\" may not be used on OBJECT (Query).")]
    [InlineData("type Query { a: Int @d(x: 1) } directive @d on FIELD_DEFINITION", "Query.a has unknown argument \"x\" on directive \"@d\".")]
    [InlineData("type Query { a: Int @d } directive @d(x: Int!) on FIELD_DEFINITION", "Query.a lacks argument \"x\" on directive \"@d\".")]
    [InlineData("type Query { a: Int @d(x: A) } directive @d(x: Int!) on FIELD_DEFINITION", "Query.a @d(x:): Int cannot represent non-integer value: A")]
    [InlineData("type Query { a: Int @d @d } directive @d on FIELD_DEFINITION", "The directive \"@d\" can only be used once at Query.a.")]
    [InlineData("type Query { a: Int } interface I implements I { a: Int }", "Type I cannot implement itself because it would create a circular reference.")]
    [InlineData("type Query implements I & I { a: Int } interface I { a: Int }", "Type Query can only implement I once.")]
    [InlineData("type Query implements I { a: Int } interface I implements J { a: Int } interface J { a: Int }", "Type Query must implement J because it is implemented by I.")]
    [InlineData("type Query { a: Int } interface I implements J { a: Int } interface J implements I { a: Int }", "Type I cannot implement J because it would create a circular reference.")]
    [InlineData("type Query implements I { a: Int } interface I { b: Int }", "Interface field I.b expected but Query does not provide it.")]
    [InlineData("type Query implements I { a: Int } interface I { a: Int! }", "Interface field I.a expects type Int! but Query.a is type Int.")]
    [InlineData("type Query implements I { a: Int } interface I { a: [Int] }", "Interface field I.a expects type [Int] but Query.a is type Int.")]
    [InlineData("type Query implements I { a: Int } interface I { a(b: Int): Int }", "Interface field argument I.a(b:) expected but Query.a does not provide it.")]
    [InlineData("type Query implements I { a(b: Int!): Int } interface I { a(b: Int): Int }", "Interface field argument I.a(b:) expects type Int but Query.a(b:) is type Int!.")]
    [InlineData("type Query implements I { a(b: Int!): Int } interface I { a: Int }", "Argument Query.a(b:) must not be required since it is missing from the Interface field I.a.")]
    [InlineData("type Query implements I { a: Int @deprecated } interface I { a: Int }", "Interface field I.a is not deprecated")]
    [InlineData("type Query { a: Int } input I { i: I! }", "Input Object I cannot be provided a finite value")]
    [InlineData("type Query { a: Int } input I { j: J! } input J { i: I! }", "Input Object J cannot be provided a finite value")]
    [InlineData("type Query { a: Int } input I @oneOf { i: I }", "Input Object I cannot be provided a finite value")]
    [InlineData("type Query { a: Int } input I { i: I = {} }", "The default value of Input Object field I.i references itself.")]
    [InlineData("type Query { a: Int } input I { j: J = {} } input J { i: [I] = [{}] }", "references itself.")]
    public void What_the_specification_forbids_is_named(string sdl, string problem)
    {
        var error = Assert.Throws<SchemaException>(() => SdlSchema.Build(sdl));
        Assert.Contains(error.Message.Split('\n'), p => p.Contains(problem, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("type Query implements I & J { a(x: Int, y: Int = 1): Int! } interface I implements J { a(x: Int): Int } interface J { a: Int }")]
    [InlineData("type Query implements I { a: Query } interface I { a: U } union U = Query")]
    [InlineData("type Query implements I { a: [Query!] } interface I { a: [I] }")]
    [InlineData("type Query { a(b: I): Int } input I { i: I, l: [I!]!, j: J! } input J { i: I = {i: null, l: [], j: {i: null}} }")]
    [InlineData("type Query { a(b: I): Int } input I @oneOf { i: I, n: Int }")]
    [InlineData("type Query { a(b: Int! = 1 @deprecated): Int @d @d } directive @d(x: Int = 1) repeatable on FIELD_DEFINITION")]
    [InlineData("directive @deprecated(reason: String) on FIELD_DEFINITION type Query { a: Int @deprecated }")]
    public void What_the_specification_allows_passes(string sdl) => Assert.NotNull(SdlSchema.Build(sdl).Query);

    [Fact]
    public void All_problems_come_at_once()
    {
        var error = Assert.Throws<SchemaException>(() => SdlSchema.Build("type Query { a: I __b: Int } input I { c: Query }"));
        Assert.Equal(3, error.Message.Split('\n').Length);
    }

    [Fact]
    public void Two_types_of_one_name_and_a_false_built_in_are_refused()
    {
        var query = new ObjectType("Query");
        query.Add(new FieldDefinition("a", new ObjectType("Same"))).Add(new FieldDefinition("b", new EnumType("Same"))).Add(new FieldDefinition("c", new JsonScalar("Int")));
        var error = Assert.Throws<SchemaException>(() => new Schema(query, null, null, [], []));
        Assert.Contains("multiple types named \"Same\"", error.Message, StringComparison.Ordinal);
        Assert.Contains("\"Int\" must be the built-in scalar", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_built_ins_that_are_used_are_in_the_schema()
    {
        var schema = SdlSchema.Build("type Query { a: ID }");
        Assert.Equal(
            ["Boolean", "ID", "Query", "String", "__Directive", "__DirectiveLocation", "__EnumValue", "__Field", "__InputValue", "__Schema", "__Type", "__TypeKind"],
            schema.Types.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["deprecated", "include", "oneOf", "skip", "specifiedBy"], schema.Directives.Keys.Order(StringComparer.Ordinal));
    }
}
