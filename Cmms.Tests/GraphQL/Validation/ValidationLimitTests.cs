using System.Diagnostics;
using Engines.GraphQL;
using Engines.GraphQL.Language;
using Engines.GraphQL.Types;
using Engines.GraphQL.Validation;
using Xunit;

namespace Cmms.Tests.GraphQL.Validation;

public sealed class ValidationLimitTests
{
    private static readonly Schema Cmms = SdlSchema.Build(ValidationCorpus.Sdl);

    [Theory]
    [InlineData("{", "a: person { name }", " ", "}", 30, 31)]
    [InlineData("mutation {", "touch", " ", "}", 100, 101)]
    [InlineData("{ person {", "a: name", " ", "} }", 100, 101)]
    [InlineData("{ person {", "a: __typename", " ", "} }", 100, 101)]
    [InlineData("{ person { name", "@mark", " ", "} }", 4, 5)]
    [InlineData("fragment F on Person { name } { person {", "...F", " ", "} }", 1000, 1001)]
    public void Counts_are_allowed_to_their_limit_and_not_beyond(string before, string item, string between, string after, int allowed, int refused)
    {
        string Of(int count) => before + " " + string.Join(between, Enumerable.Repeat(item, count)) + after;
        Assert.Empty(DocumentValidator.Validate(Cmms, Parser.Parse(Of(allowed))));
        Refused(Of(refused));
    }

    [Fact]
    public void Depth_counts_fields_through_fragments()
    {
        string Of(int parents) => "{ asset(id: 1) {" + string.Concat(Enumerable.Repeat("... { parent {", parents)) + "...F" + string.Concat(Enumerable.Repeat("}}", parents)) + "} } fragment F on Asset { id }";
        Assert.Empty(DocumentValidator.Validate(Cmms, Parser.Parse(Of(13))));
        Assert.Contains("16 fields deep", Refused(Of(14)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nesting_without_fields_is_bounded_too()
    {
        var chain = string.Join(' ', Enumerable.Range(0, 300).Select(i => $"fragment F{i} on Person {{ ...F{i + 1} }}")) + " fragment F300 on Person { name }";
        Refused($"{{ person {{ ...F0 }} }} {chain}");
        Refused($"{{ person {{ name }} }} {chain}");
    }

    [Fact]
    public void Introspection_has_its_own_depth()
    {
        string OfTypes(int count) => "{ __schema { types { fields { type {" + string.Concat(Enumerable.Repeat("ofType {", count)) + "name" + new string('}', count) + "} } } } }";
        Assert.Empty(DocumentValidator.Validate(Cmms, Parser.Parse(OfTypes(16))));
        Assert.Equal(new SourceLocation(1, 3), Assert.Single(Refused(OfTypes(17)).Locations!));

        string Lists(int count) => "{ __type(name: \"x\") {" + string.Concat(Enumerable.Repeat("fields { type {", count)) + "name" + string.Concat(Enumerable.Repeat("}}", count)) + "} }";
        Assert.Empty(DocumentValidator.Validate(Cmms, Parser.Parse(Lists(2))));
        Refused(Lists(3));
        Refused("{ __schema { types { ...A } } } fragment A on __Type { possibleTypes { ...B } } fragment B on __Type { interfaces { fields { name } } }");
    }

    [Fact]
    public void The_usual_introspection_query_passes()
    {
        var ofType = string.Concat(Enumerable.Repeat("ofType { kind name ", 9)) + new string('}', 9);
        Assert.Empty(DocumentValidator.Validate(Cmms, Parser.Parse($$"""
            query IntrospectionQuery {
              __schema {
                description queryType { name kind } mutationType { name kind } subscriptionType { name kind }
                types { ...FullType }
                directives { name description isRepeatable locations args(includeDeprecated: true) { ...InputValue } }
              }
            }
            fragment FullType on __Type {
              kind name description specifiedByURL isOneOf
              fields(includeDeprecated: true) { name description args(includeDeprecated: true) { ...InputValue } type { ...TypeRef } isDeprecated deprecationReason }
              inputFields(includeDeprecated: true) { ...InputValue }
              interfaces { ...TypeRef }
              enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
              possibleTypes { ...TypeRef }
            }
            fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue isDeprecated deprecationReason }
            fragment TypeRef on __Type { kind name {{ofType}} }
            """)));
    }

    [Fact]
    public void Exponential_fragments_are_refused_and_cost_nothing_even_where_they_are_allowed()
    {
        var bomb = "{ person { ...F0 } }" + string.Concat(Enumerable.Range(0, 25).Select(i => $" fragment F{i} on Person {{ ...F{i + 1} ...F{i + 1} name }}")) + " fragment F25 on Person { name }";
        var watch = Stopwatch.StartNew();
        Refused(bomb);
        var unlimited = ValidationOptions.Default with { MaxFragmentVisits = int.MaxValue };
        Assert.Empty(DocumentValidator.Validate(Cmms, Parser.Parse(bomb), unlimited));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), watch.Elapsed.ToString());
    }

    public static TheoryData<string> Quadratic => new()
    {
        "{ person {" + string.Concat(Enumerable.Repeat(" name", 2_000)) + " } }",
        "{ person {" + string.Concat(Enumerable.Repeat(" ... on Person {" + string.Concat(Enumerable.Repeat(" name", 50)) + " }", 100)) + " } }",
        "{" + string.Concat(Enumerable.Range(0, 30).Select(_ => " person { ...A }")) + " } fragment A on Person {" + string.Concat(Enumerable.Repeat(" name", 600)) + " }",
    };

    [Theory]
    [MemberData(nameof(Quadratic))]
    public void Merging_has_a_budget(string document)
    {
        var watch = Stopwatch.StartNew();
        Assert.Contains("pairs of fields", Refused(document).Message, StringComparison.Ordinal);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), watch.Elapsed.ToString());
    }

    [Fact]
    public void Many_directives_at_one_place_are_one_error()
    {
        Refused("{ person { name" + string.Concat(Enumerable.Repeat(" @aa", 3_900)) + " } }");
        Refused("query" + string.Concat(Enumerable.Repeat(" @aa", 5)) + " { person { name } }");
        Refused("query ($a: Int" + string.Concat(Enumerable.Repeat(" @sized", 5)) + ") { person { name } }");
    }

    [Fact]
    public void Fragments_that_spread_each_other_in_long_rings_end_in_errors()
    {
        static string Ring(string name, int length) =>
            string.Concat(Enumerable.Range(0, length).Select(i => $" fragment {name}{i} on Asset {{ x{i}: id ...{name}{(i + 1) % length} parent {{ ...{name}{(i + 7) % length} }} }}"));
        var errors = DocumentValidator.Validate(Cmms, Parser.Parse("{ asset(id: 1) { ...A0 ...B0 } }" + Ring("A", 97) + Ring("B", 101)));
        Assert.NotEmpty(errors);
    }

    [Fact]
    public void Random_documents_never_crash_the_validator()
    {
        var random = new Random(11);
        var seeds = ValidationCorpus.Cases.Select(c => (string)c[1]).ToArray();
        var validated = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var text = seeds[random.Next(seeds.Length)];
            var other = seeds[random.Next(seeds.Length)];
            text = string.Concat(text.AsSpan(0, random.Next(text.Length)), other.AsSpan(random.Next(other.Length)));
            try
            {
                var document = Parser.Parse(text);
                Assert.All(DocumentValidator.Validate(Cmms, document), e => Assert.True(e.Code is ErrorCodes.ValidationFailed or ErrorCodes.TooComplex));
                validated++;
            }
            catch (SyntaxException)
            {
                // Most cuts are no documents.
            }
        }
        Assert.True(validated > 500, $"{validated} documents were validated.");
    }

    private static GraphQLError Refused(string document)
    {
        var error = Assert.Single(DocumentValidator.Validate(Cmms, Parser.Parse(document, ParserOptions.Trusted)));
        Assert.Equal(ErrorCodes.TooComplex, error.Code);
        return error;
    }
}
