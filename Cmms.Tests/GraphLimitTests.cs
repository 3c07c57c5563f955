using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Cmms.Domain.Persistence;
using Cmms.Graph;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Server;
using Xunit;

namespace Cmms.Tests;

/// <summary>The limits as clients and operators meet them; each rule of the engine has tests of its own under GraphQL.</summary>
public sealed partial class GraphLimitTests
{
    private static readonly string s_guide = File.ReadAllText(Repository.File("docs", "guides", "limits.md"));

    [Fact]
    public void The_guide_lists_every_limit_with_its_default() => Assert.Equal(
        typeof(GraphQLLimits).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(p => $"{p.Name} {Convert.ToString(p.GetValue(new GraphQLLimits()), CultureInfo.InvariantCulture)}").Order(StringComparer.Ordinal),
        Row().Matches(s_guide).Select(m => $"{m.Groups["name"].Value} {m.Groups["default"].Value}").Order(StringComparer.Ordinal));

    [Fact]
    public void The_defaults_are_those_of_the_engine()
    {
        ExecutionOptions execution = new();
        Assert.Equal(execution, new GraphQLLimits().ApplyTo(execution));
        GraphQLServerOptions given = new(), usual = new();
        new GraphQLLimits().ApplyTo(given);
        foreach (var property in typeof(GraphQLServerOptions).GetProperties().Where(p => p.PropertyType == typeof(int)))
            Assert.Equal(property.GetValue(usual), property.GetValue(given));
    }

    [Fact]
    public async Task Each_limit_is_that_of_the_configuration()
    {
        (string Name, string Value)[] limits =
        [
            ("BodyBytes", "2000"), ("Tokens", "60"), ("Depth", "4"), ("Aliases", "3"), ("Directives", "2"), ("FragmentVisits", "2"), ("Comparisons", "2"), ("QueryRootFields", "2"),
            ("MutationRootFields", "6"), ("CredentialFields", "1"), ("IntrospectionOfType", "1"), ("IntrospectionLists", "0"), ("ListItems", "2"), ("PlanFields", "9"), ("Cost", "120"),
        ];
        (string, string)[] settings = [.. limits.Select(limit => ($"GraphQL:Limits:{limit.Name}", limit.Value))];
        await using var graph = await TestGraph.StartAsync(DatabaseProvider.Sqlite, settings);
        (string Document, string Code)[] refused =
        [
            ($"{{ me {{ id }} }} # {new string('x', 2000)}", "BAD_REQUEST"),
            ($"{{ {string.Concat(Enumerable.Repeat("__typename ", 60))} }}", "GRAPHQL_PARSE_FAILED"),
            ("{ assets { nodes { location { parent { name } } } } }", "QUERY_TOO_COMPLEX"),
            ("{ me { a: id b: id c: id d: id } }", "QUERY_TOO_COMPLEX"),
            ("{ me { id @x @x @x } }", "QUERY_TOO_COMPLEX"),
            ("{ me { ...A ...A ...A } } fragment A on User { id }", "QUERY_TOO_COMPLEX"),
            ("{ me { id id id } }", "QUERY_TOO_COMPLEX"),
            ("{ a: __typename b: __typename __typename }", "QUERY_TOO_COMPLEX"),
            ("mutation { __typename __typename __typename __typename __typename __typename __typename }", "QUERY_TOO_COMPLEX"),
            ("mutation { a: createApiKey(input: { name: \"a\" }) { secret } b: createApiKey(input: { name: \"b\" }) { secret } }", "QUERY_TOO_COMPLEX"),
            ("{ __type(name: \"A\") { ofType { ofType { name } } } }", "QUERY_TOO_COMPLEX"),
            ("{ __type(name: \"A\") { fields { name } } }", "QUERY_TOO_COMPLEX"),
            ("{ me { id name surname email language status jobTitle phoneNumber fullName } }", "QUERY_TOO_COMPLEX"),
            ("{ parts(first: 100) { nodes { partType { name } } } }", "QUERY_TOO_COMPLEX"),
        ];
        foreach (var (document, code) in refused)
            Assert.True(Code(await graph.AskAsync(document)) == code, $"{document}: {await graph.AskAsync(document)}");
        var list = await graph.AskAsync("query($by: [PartSortInput!]) { parts(order: $by) { totalCount } }", new { by = Enumerable.Repeat(new { name = "ASC" }, 3) });
        Assert.Contains("at most 2 items", list.GetProperty("errors")[0].GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("""{"requested":201,"maximum":120}""", (await graph.AskAsync("{ parts(first: 100) { nodes { partType { name } } } }")).GetProperty("errors")[0].GetProperty("extensions").GetProperty("cost").GetRawText());
        // What keeps within all of them still passes.
        Assert.Equal("Admin Tester", (await graph.DataAsync("{ me { fullName } }")).GetProperty("me").GetProperty("fullName").GetString());
    }

    [Fact]
    public async Task A_caller_has_only_so_many_subscriptions_and_requests()
    {
        await using var graph = await TestGraph.StartAsync(DatabaseProvider.Sqlite, ("GraphQL:Limits:SubscriptionsPerCaller", "2"), ("GraphQL:Limits:OperationsPerSocket", "1"));
        const string Listen = "subscription { eventOccurred { cursor } }";
        await using var first = await graph.SubscribeAsync(Listen);
        await using var second = await graph.SubscribeAsync(Listen);
        await first.NextAsync();
        await second.NextAsync();
        await using var third = await graph.SubscribeAsync(Listen);
        Assert.Equal("TOO_MANY_REQUESTS", (await third.ReceiveAsync()).GetProperty("payload")[0].GetProperty("extensions").GetProperty("code").GetString());
        await using var other = await graph.SubscribeAsync(Listen, @as: "manager");
        await other.NextAsync();
        await other.SendAsync(new { id = "2", type = "subscribe", payload = new { query = "{ me { id } }" } });
        Assert.Equal("TOO_MANY_REQUESTS", (await other.ReceiveAsync()).GetProperty("payload")[0].GetProperty("extensions").GetProperty("code").GetString());
    }

    [Fact]
    public async Task The_guide_says_what_its_examples_cost()
    {
        await using var graph = await TestGraph.StartAsync(DatabaseProvider.Sqlite);
        var examples = Example().Matches(s_guide);
        Assert.True(examples.Count >= 5);
        foreach (Match example in examples)
        {
            var (answer, header) = await AskAsync(graph, example.Groups["document"].Value, "report");
            Assert.False(answer.TryGetProperty("errors", out _), answer.ToString());
            Assert.Equal($$$"""{"cost":{"requested":{{{example.Groups["cost"].Value}}},"maximum":10000}}""", answer.GetProperty("extensions").GetRawText());
            Assert.Equal(example.Groups["cost"].Value, header);
        }
    }

    [Fact]
    public async Task The_cost_is_in_the_answer_only_where_it_is_asked_for()
    {
        await using var graph = await TestGraph.StartAsync(DatabaseProvider.Sqlite);
        Assert.False((await AskAsync(graph, "{ me { id } }", null)).Answer.TryGetProperty("extensions", out _));
        Assert.True((await AskAsync(graph, "{ me { id } }", null, new { cost = true })).Answer.TryGetProperty("extensions", out _));
        Assert.True((await AskAsync(graph, "mutation @atomic { createPart(input: { name: \"Belt\" }) { part { id } } }", "report")).Answer.TryGetProperty("extensions", out _));
    }

    private static async Task<(JsonElement Answer, string? Cost)> AskAsync(TestGraph graph, string document, string? report, object? extensions = null)
    {
        using HttpClient http = new();
        using HttpRequestMessage request = new(HttpMethod.Post, graph.Address) { Content = JsonContent.Create(new { query = document, extensions }) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "test-admin");
        if (report is not null) request.Headers.Add("GraphQL-Cost", report);
        using var response = await http.SendAsync(request);
        return (await response.Content.ReadFromJsonAsync<JsonElement>(), response.Headers.TryGetValues("GraphQL-Cost", out var cost) ? cost.Single() : null);
    }

    private static string? Code(JsonElement answer) => answer.TryGetProperty("errors", out var errors) ? errors[0].GetProperty("extensions").GetProperty("code").GetString() : null;

    [GeneratedRegex(@"^\| `(?<name>[A-Z]\w+)` \| (?<default>[\w:.]+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^\| `(?<document>\{.+\})` \| (?<cost>\d+) \|", RegexOptions.Multiline)]
    private static partial Regex Example();
}
