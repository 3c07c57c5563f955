using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Cmms.Domain.Persistence;
using Engines.GraphQL.Execution.Persisted;
using Xunit;

namespace Cmms.Tests.GraphQL.Server;

/// <summary>What the settings of the section <c>GraphQL</c> do to the Graph.</summary>
public sealed class GraphSettingsTests
{
    private const string Introspection = "{ __schema { queryType { name } } }";
    private static readonly string s_operations = Path.Combine(Repository.Root, "schema", "operations");

    [Theory]
    [InlineData("Everyone", null, true)]
    [InlineData("Everyone", "viewer", true)]
    [InlineData("SignedIn", null, false)]
    [InlineData("SignedIn", "viewer", true)]
    [InlineData("Nobody", "admin", false)]
    public async Task Who_may_introspect_is_a_setting(string setting, string? caller, bool may)
    {
        await using var graph = await TestGraph.StartAsync(DatabaseProvider.Sqlite, ("GraphQL:Introspection", setting));
        var answer = await graph.AskAsync(Introspection, @as: caller);
        if (may) Assert.Equal("Query", answer.GetProperty("data").GetProperty("__schema").GetProperty("queryType").GetProperty("name").GetString());
        else Assert.Equal("INTROSPECTION_DISABLED", CodeOf(answer));
        // The messages of validation would tell the same, a guess at a time.
        var misspelt = await graph.AskAsync("{ partz { id } }", @as: caller);
        Assert.Equal(may, misspelt.GetProperty("errors")[0].GetProperty("message").GetString()!.Contains("Query", StringComparison.Ordinal));
    }

    [Fact]
    public async Task In_production_nobody_introspects_without_a_key()
    {
        await using var graph = await TestGraph.StartAsync(DatabaseProvider.Sqlite);
        Assert.Equal("INTROSPECTION_DISABLED", CodeOf(await graph.AskAsync(Introspection, @as: null)));
        Assert.False((await graph.AskAsync(Introspection, @as: "requester")).TryGetProperty("errors", out _));
        Assert.Equal("""{"__typename":"Query"}""", (await graph.DataAsync("{ __typename }", @as: null)).ToString());
    }

    [Fact]
    public async Task The_documents_of_the_repository_can_be_all_that_the_Graph_executes()
    {
        await using var graph = await TestGraph.StartAsync(DatabaseProvider.Sqlite, ("GraphQL:TrustedDocuments", s_operations), ("GraphQL:TrustedOnly", "true"));
        var text = await File.ReadAllBytesAsync(Path.Combine(s_operations, "Me.graphql"));
        foreach (var body in (string[])[$$"""{"documentId":"{{TrustedDocuments.HashOf(text)}}"}""", $$"""{"query":{{JsonSerializer.Serialize(Encoding.UTF8.GetString(text))}}}"""])
        {
            var answer = await PostAsync(graph, body);
            Assert.True(answer.TryGetProperty("data", out _) && !answer.TryGetProperty("errors", out _), answer.ToString());
        }
        Assert.Equal("DOCUMENT_NOT_TRUSTED", CodeOf(await graph.AskAsync("{ me { __typename } }")));
        Assert.Equal("DOCUMENT_NOT_TRUSTED", CodeOf(await graph.AskAsync(Introspection)));
        Assert.Equal("PERSISTED_QUERY_NOT_FOUND", CodeOf(await PostAsync(graph, $$"""{"documentId":"{{new string('0', 64)}}"}""")));
    }

    [Fact]
    public async Task Trusted_documents_alone_need_their_folder() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => TestGraph.StartAsync(DatabaseProvider.Sqlite, ("GraphQL:TrustedOnly", "true")));

    [Fact]
    public async Task Pages_of_allowed_origins_may_send_the_headers_of_the_Graph()
    {
        await using var graph = await TestGraph.StartAsync(DatabaseProvider.Sqlite, ("GraphQL:AllowedOrigins:0", "https://app.test"));
        using HttpClient http = new();
        using HttpRequestMessage preflight = new(HttpMethod.Options, graph.Address);
        preflight.Headers.Add("Origin", "https://app.test");
        using var answer = await http.SendAsync(preflight);
        Assert.Equal("https://app.test", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Contains("X-Site-Id", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Headers")), StringComparison.Ordinal);
    }

    private static async Task<JsonElement> PostAsync(TestGraph graph, string body)
    {
        using HttpClient http = new();
        http.DefaultRequestHeaders.Authorization = new("Bearer", "test-admin");
        using StringContent content = new(body, Encoding.UTF8, "application/json");
        using var response = await http.PostAsync(graph.Address, content);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static string? CodeOf(JsonElement answer) => answer.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString();
}
