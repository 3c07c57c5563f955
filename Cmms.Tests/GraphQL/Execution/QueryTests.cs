using Engines.GraphQL;
using Engines.GraphQL.Execution;
using Xunit;
using static Cmms.Tests.GraphQL.Execution.Kit;

namespace Cmms.Tests.GraphQL.Execution;

public sealed class QueryTests
{
    private readonly Shop _shop = new();

    [Theory]
    [InlineData("{ hello }", """{"data":{"hello":"world \"quoted\" ñ"}}""")]
    [InlineData("{ a: hello b: hello __typename }", """{"data":{"a":"world \"quoted\" ñ","b":"world \"quoted\" ñ","__typename":"Query"}}""")]
    [InlineData("{ order { number status total open tags } }", """{"data":{"order":{"number":1,"status":"OPEN","total":12.5,"open":true,"tags":["a",null,"c"]}}}""")]
    [InlineData("{ order { asset { name } } }", """{"data":{"order":{"asset":{"name":"Pump 1"}}}}""")]
    [InlineData("{ orders(first: 3) { number asset { name location { name } } } }",
        """{"data":{"orders":[{"number":1,"asset":{"name":"Pump 1","location":{"name":"Hall"}}},{"number":2,"asset":null},{"number":3,"asset":{"name":"Pump 3","location":{"name":"Hall"}}}]}}""")]
    [InlineData("{ matrix }", """{"data":{"matrix":[[1,2],null,[],[3]]}}""")]
    [InlineData("{ grid { number asset { name } } }", """{"data":{"grid":[[{"number":1,"asset":{"name":"Pump 1"}}],[],null,[{"number":2,"asset":null},{"number":3,"asset":{"name":"Pump 3"}}]]}}""")]
    [InlineData("{ lazy { asset { name } } }", """{"data":{"lazy":[{"asset":{"name":"Pump 1"}},{"asset":null},{"asset":{"name":"Pump 3"}}]}}""")]
    [InlineData("{ order { number } order { asset { name } } ...F } fragment F on Query { order { n: number asset { location { name } } } }",
        """{"data":{"order":{"number":1,"asset":{"name":"Pump 1","location":{"name":"Hall"}},"n":1}}}""")]
    [InlineData("{ named { __typename name ... on Order { number asset { name } } ... on Asset { location { name } } } }",
        """{"data":{"named":[{"__typename":"Order","name":"Order 1","number":1,"asset":{"name":"Pump 1"}},{"__typename":"Asset","name":"Pump 7","location":{"name":"Hall"}},null,{"__typename":"Order","name":"Order 3","number":3,"asset":{"name":"Pump 3"}}]}}""")]
    [InlineData("{ any { ... on Named { name } ... on Location { where: name } ... on Asset { __typename } } }",
        """{"data":{"any":[{"name":"Pump 1","__typename":"Asset"},{"where":"Hall"}]}}""")]
    [InlineData("{ any { ... on Order { number } } }", """{"data":{"any":[{},{}]}}""")]
    public async Task A_query_answers_what_it_selects(string document, string expected) => Assert.Equal(expected, await _shop.Ask(document));

    [Theory]
    [InlineData("{ order { asset { name } } }", 1)]
    [InlineData("{ orders(first: 50) { asset { name } } }", 1)]
    [InlineData("{ orders(first: 50) { asset { name } other: asset { name } } }", 2)]
    [InlineData("{ orders(first: 50) { lines { order { asset { name } } } } }", 1)]
    [InlineData("{ orders(first: 50) { asset { location { assets { name } } } } }", 1)]
    [InlineData("{ orders(first: 0) { asset { name } } }", 0)]
    public async Task A_batched_field_is_called_once_a_level_whatever_its_parents(string document, int calls)
    {
        await _shop.Ask(document);
        Assert.Equal(calls, _shop.AssetCalls);
    }

    [Fact]
    public async Task A_batched_field_sees_all_its_parents_in_order()
    {
        await _shop.Ask("{ orders(first: 3) { lines { order { asset { name } } } } }");
        Assert.Equal([1, 1, 2, 2, 3, 3], _shop.AssetParents);
    }

    [Theory]
    [InlineData("""{"a":true,"b":true}""", """{"data":{"order":{"number":1,"asset":{"name":"Pump 1"}},"hello":"world \"quoted\" ñ"}}""", 1)]
    [InlineData("""{"a":false,"b":true}""", """{"data":{"hello":"world \"quoted\" ñ"}}""", 0)]
    [InlineData("""{"a":true,"b":false}""", """{"data":{"order":{"number":1}}}""", 0)]
    public async Task One_plan_serves_all_variables_of_its_conditions(string variables, string expected, int calls)
    {
        const string document = """
            query ($a: Boolean!, $b: Boolean!) {
              order @include(if: $a) { number ... @skip(if: $a) { status } ...F @include(if: $b) }
              hello @include(if: $b)
              never: hello @include(if: false)
            }
            fragment F on Order { asset { name } }
            """;
        await _shop.Executor.Ask(document, """{"a":true,"b":true}""");
        _shop.Reset();
        Assert.Equal(expected, await _shop.Executor.Ask(document, variables));
        Assert.Equal(calls, _shop.AssetCalls);
    }

    [Theory]
    [InlineData("""{"a":true,"b":false}""", """{"data":{"order":{"number":1}}}""")]
    [InlineData("""{"a":false,"b":true}""", """{"data":{"order":{"status":"OPEN"}}}""")]
    [InlineData("""{"a":true,"b":true}""", """{"data":{"order":{"number":1,"status":"OPEN"}}}""")]
    [InlineData("""{"a":false,"b":false}""", """{"data":{}}""")]
    public async Task Merged_fields_keep_their_own_conditions(string variables, string expected) => Assert.Equal(expected, await _shop.Executor.Ask(
        "query ($a: Boolean!, $b: Boolean!) { order @include(if: $a) { number } ...F @skip(if: true) ...F @include(if: $b) } fragment F on Query { order { status } }", variables));

    [Fact]
    public async Task A_selection_tells_what_is_below_for_this_request()
    {
        const string document = "query ($x: Boolean!) { orders(first: 1) { n: number asset { name } more: asset { location { name } } status @include(if: $x) } }";
        await _shop.Executor.Ask(document, """{"x":false}""");
        var selection = _shop.LastSelection!;
        Assert.True(selection.Selects("number"));
        Assert.False(selection.Selects("n"));
        Assert.False(selection.Selects("status"));
        Assert.Null(selection.Below("number"));
        Assert.Null(selection.Below("lines"));
        var asset = selection.Below("asset")!;
        Assert.True(asset.Selects("name") && asset.Selects("location"));
        Assert.True(asset.Below("location")!.Selects("name"));
    }

    [Fact]
    public async Task Operations_are_picked_by_name()
    {
        const string two = "query A { hello } query B { order { number } }";
        Assert.Equal("""{"data":{"order":{"number":1}}}""", await _shop.Executor.Ask(two, operation: "B"));
        Assert.Contains("Must provide operation name", await _shop.Executor.Ask(two), StringComparison.Ordinal);
        using var unknown = (SingleResult)await _shop.Executor.ExecuteAsync(Request(two, operation: "__proto__"), Scope());
        Assert.Equal(ResultKind.Refused, unknown.Kind);
        Assert.Equal(ErrorCodes.BadUserInput, unknown.Errors.Single().Code);
    }

    [Fact]
    public async Task A_syntax_error_is_refused_with_its_place()
    {
        using var result = (SingleResult)await _shop.Executor.ExecuteAsync(Request("{ hello"), Scope());
        Assert.Equal(ResultKind.Refused, result.Kind);
        Assert.Contains("\"extensions\":{\"code\":\"GRAPHQL_PARSE_FAILED\"}", Text(result), StringComparison.Ordinal);
        Assert.Contains("\"locations\":[{\"line\":1,\"column\":8}]", Text(result), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_without_a_document_is_refused()
    {
        using var nothing = (SingleResult)await _shop.Executor.ExecuteAsync(new GraphQLRequest(), Scope());
        Assert.Equal(ErrorCodes.BadUserInput, nothing.Errors.Single().Code);
        using var byId = (SingleResult)await _shop.Executor.ExecuteAsync(new GraphQLRequest { DocumentId = "abc" }, Scope());
        Assert.Equal(ErrorCodes.PersistedQueryNotFound, byId.Errors.Single().Code);
    }

    [Fact]
    public async Task Many_documents_push_each_other_out_of_the_cache_and_still_answer()
    {
        var executor = Kit.Executor(_shop.Schema, new ExecutionOptions { CachedDocuments = 4 });
        for (var round = 0; round < 3; round++)
            for (var i = 0; i < 10; i++) Assert.Equal("{\"data\":{\"a" + i + "\":{\"number\":1}}}", await executor.Ask($"{{ a{i}: order {{ number }} }}"));
    }
}
