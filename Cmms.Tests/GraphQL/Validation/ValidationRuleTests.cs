using Engines.GraphQL;
using Engines.GraphQL.Language;
using Engines.GraphQL.Types;
using Engines.GraphQL.Validation;
using Xunit;

namespace Cmms.Tests.GraphQL.Validation;

public sealed class ValidationRuleTests
{
    private static readonly Schema Cmms = SdlSchema.Build(ValidationCorpus.Sdl);
    private static readonly ValidationOptions Wide = new() { RevealSchema = false, MaxErrors = 1000 };

    public static TheoryData<string, string, string> Cases => ValidationCorpus.Cases;

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_rule_finds_what_graphql_js_finds_where_it_finds_it(string rule, string document, string errors)
    {
        Assert.True(rule.Length > 0);
        Assert.Equal(errors, Found(document));
    }

    [Fact]
    public void Each_rule_has_documents_that_pass_and_documents_that_do_not()
    {
        var rules = ValidationCorpus.Cases.Select(c => (Rule: (string)c[0], Errors: (string)c[2])).ToLookup(c => c.Rule, c => c.Errors);
        Assert.Equal(27, rules.Count);
        foreach (var rule in rules)
        {
            Assert.True(rule.Count(e => !e.Contains(rule.Key, StringComparison.Ordinal)) >= 2, rule.Key);
            if (rule.Key is not "KnownOperationTypes") Assert.True(rule.Count(e => e.Contains(rule.Key, StringComparison.Ordinal)) >= 3, rule.Key);
        }
    }

    [Theory]
    [InlineData("mutation { a }", "KnownOperationTypes 1:1")]
    [InlineData("subscription S { a }", "KnownOperationTypes 1:1")]
    [InlineData("query Q { a } mutation M { a }\nsubscription S { a b }", "KnownOperationTypes 1:15; KnownOperationTypes 2:1")]
    public void Operations_need_a_root_type(string document, string errors) =>
        Assert.Equal(errors, Found(document, SdlSchema.Build("type Query { a: Int }")));

    [Fact]
    public void Messages_say_what_is_wrong_without_suggestions()
    {
        var errors = DocumentValidator.Validate(Cmms, Parser.Parse("{ persn { name } person { nam } }"));
        Assert.Equal(["Cannot query field \"persn\" on type \"Query\".", "Cannot query field \"nam\" on type \"Person\"."], errors.Select(e => e.Message));
        Assert.All(errors, e => Assert.Equal(ErrorCodes.ValidationFailed, e.Code));
        Assert.Equal(new SourceLocation(1, 3), Assert.Single(errors[0].Locations!));
    }

    [Fact]
    public void A_schema_kept_secret_is_not_named_in_messages()
    {
        var error = Assert.Single(DocumentValidator.Validate(Cmms, Parser.Parse("{ search(rate: \"x\") }"), Wide));
        Assert.Equal("The document is not valid here (ValuesOfCorrectType).", error.Message);
    }

    [Fact]
    public void Type_names_under_one_key_must_be_type_names_everywhere() =>
        Assert.Equal("OverlappingFieldsCanBeMerged 1:36,1:66",
            Found("{ find(text: \"a\") { ... on Asset { x: __typename } ... on Part { x: quantity } } }"));

    [Fact]
    public void Conflicts_deep_down_name_the_way_to_them()
    {
        var error = Assert.Single(DocumentValidator.Validate(Cmms, Parser.Parse("{ asset(id: 1) { parent { x: id } } asset(id: 1) { parent { x: name } } }")));
        Assert.Equal("Fields \"asset\" conflict because subfields \"parent\" conflict because subfields \"x\" conflict because \"id\" and \"name\" are different fields. "
            + "Use different aliases on the fields to fetch both if this was intentional.", error.Message);
        Assert.Equal(6, error.Locations!.Count);
    }

    [Fact]
    public void Validation_stops_at_the_twentieth_error()
    {
        var fields = string.Join(' ', Enumerable.Range(0, 30).Select(i => $"nope{i}"));
        Assert.Equal(20, DocumentValidator.Validate(Cmms, Parser.Parse($"{{ {fields} }}")).Count);
    }

    private static string Found(string document, Schema? schema = null) => string.Join("; ", DocumentValidator.Validate(schema ?? Cmms, Parser.Parse(document), Wide)
        .Select(e => $"{e.Message[(e.Message.IndexOf('(', StringComparison.Ordinal) + 1)..^2]} {string.Join(',', e.Locations!.Select(l => $"{l.Line}:{l.Column}"))}")
        .Order(StringComparer.Ordinal));
}
