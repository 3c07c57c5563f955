using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Cmms.Tests.GraphQL.Conformance;

public sealed class ConformanceHostTests : IAsyncLifetime
{
    private static readonly HttpClient s_http = new();
    private ConformanceHost _host = null!;

    private Uri Execute => new(_host.Address, "execute");

    public async Task InitializeAsync() => _host = await ConformanceHost.StartAsync(0);

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("type Query { i: Int f: Float! s: String b: Boolean id: ID! e: E x: X l: [[Int!]]! } enum E { Z A } scalar X", "{ i f s b id e x l }", null,
        """{"data":{"i":2,"f":3.14,"s":"str","b":true,"id":"id","e":"Z","x":"str","l":[[2,2],[2,2]]}}""")]
    [InlineData("type Query { u: U n: [N] } union U = Sb | SB | SC type Sb { a: Int } type SB implements N { a: Int } type SC implements N { a: Int } interface N { a: Int }",
        "{ u { __typename ... on N { a } } n { x: __typename a } }", null, """{"data":{"u":{"__typename":"SB","a":2},"n":[{"x":"SC","a":2},{"x":"SC","a":2}]}}""")]
    [InlineData("schema { query: R mutation: M subscription: S } type R { r: Int } type M { m: R } type S { s: R }", "mutation { m { r } again: m { __typename } }", null,
        """{"data":{"m":{"r":2},"again":{"__typename":"R"}}}""")]
    [InlineData("schema { query: R mutation: M subscription: S } type R { r: Int } type M { m: R } type S { s: R }", "subscription { s { r } }", null, """{"data":{"s":{"r":2}}}""")]
    [InlineData("type Query { a: Int b: Query }", "query ($on: Boolean!, $off: Boolean = false) { a @skip(if: $on) b { a @include(if: $on) x: a @include(if: $off) } }", """{ "on": true }""",
        """{"data":{"b":{"a":2}}}""")]
    [InlineData("type Query { l: [Query] a: Int }", "{ l @stream(initialCount: 1) { a } ... @defer(label: \"x\") { a } }", null, """{"data":{"l":[{"a":2},{"a":2}],"a":2}}""")]
    [InlineData("""directive @skip("Skipped." if: Boolean!) on FIELD directive @deprecated(reason: String! = "x") on FIELD_DEFINITION directive @mine on FIELD type Query { a: Int @deprecated }""",
        "{ a @mine b: a @skip(if: true) }", null, """{"data":{"a":2}}""")]
    public async Task Answers_are_fixed_whatever_the_schema(string schema, string query, string? variables, string expected)
    {
        using var answer = await s_http.PostAsJsonAsync(Execute, new { schema, query, variables = variables is null ? null : JsonNode.Parse(variables) });
        Assert.Equal(expected, await answer.Content.ReadAsStringAsync());
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("type Query { a: Int }", "query A { a } query B { b: a }", "B", """{"data":{"b":2}}""")]
    public async Task An_operation_is_chosen_by_its_name(string schema, string query, string operationName, string expected)
    {
        using var answer = await s_http.PostAsJsonAsync(Execute, new { schema, query, operationName });
        Assert.Equal(expected, await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("type Query { a: Int }", "{ a nope }")]
    [InlineData("type Query { a: Int }", "{ a ")]
    [InlineData("type Query { a: Int }", "query ($x: Int!) { a @skip(if: false) ... @include(if: $x) { a } }")]
    [InlineData("type Query implements N { a: Int } interface N { id: ID! }", "{ a }")]
    [InlineData("type Query { a: Nope }", "{ a }")]
    [InlineData("type Query { a: ", "{ a }")]
    public async Task Whatever_is_wrong_is_an_error_without_data(string schema, string query)
    {
        using var answer = await s_http.PostAsJsonAsync(Execute, new { schema, query });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var body = (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
        Assert.NotEmpty(body["errors"]!.AsArray());
        Assert.False(body.ContainsKey("data"));
    }

    [Fact]
    public async Task What_is_no_request_is_told_so()
    {
        using var none = await s_http.PostAsync(Execute, new StringContent("{"));
        using var empty = await s_http.PostAsJsonAsync(Execute, new { });
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (none.StatusCode, empty.StatusCode));
        Assert.Equal("ok", await s_http.GetStringAsync(new Uri(_host.Address, "health")));
    }
}
