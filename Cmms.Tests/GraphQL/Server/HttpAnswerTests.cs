using System.Net;
using Xunit;

namespace Cmms.Tests.GraphQL.Server;

public sealed class HttpAnswerTests
{
    private const string Modern = "application/graphql-response+json";
    private const string Legacy = "application/json";

    [Theory]
    [InlineData(null, Legacy)]
    [InlineData("*/*", Legacy)]
    [InlineData("application/*", Legacy)]
    [InlineData(Legacy, Legacy)]
    [InlineData("APPLICATION/JSON; charset=UTF-8", Legacy)]
    [InlineData(Modern, Modern)]
    [InlineData("application/graphql-response+json, application/json;q=0.9", Modern)]
    [InlineData("application/graphql-response+json;q=0.2, application/json;q=0.9", Legacy)]
    [InlineData("application/json, application/graphql-response+json", Legacy)]
    [InlineData("*/*, application/graphql-response+json", Modern)]
    [InlineData("application/graphql-response+json;q=0.5, */*", Legacy)]
    [InlineData("application/json;q=0, */*", Modern)]
    [InlineData("text/html, */*;q=0.1", Legacy)]
    [InlineData("application/json, text/event-stream", Legacy)]
    [InlineData("text/event-stream", "text/event-stream")]
    [InlineData("text/*", "text/event-stream")]
    public async Task The_answer_comes_in_the_media_type_that_the_client_prefers(string? accept, string mediaType)
    {
        await using var server = await ProbeServer.StartAsync();
        using var response = await server.QueryAsync("{ hello }", accept);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal((mediaType, "utf-8"), (response.Content.Headers.ContentType!.MediaType, response.Content.Headers.ContentType.CharSet));
    }

    [Theory]
    [InlineData("image/png")]
    [InlineData("text/html")]
    [InlineData("application/json;charset=utf-16")]
    [InlineData("application/json;q=0")]
    [InlineData("nonsense")]
    public async Task Who_accepts_nothing_that_we_write_gets_406(string accept)
    {
        await using var server = await ProbeServer.StartAsync();
        using var response = await server.QueryAsync("mutation { touch }", accept);
        Assert.Equal(HttpStatusCode.NotAcceptable, response.StatusCode);
        Assert.Equal("BAD_REQUEST", await response.ErrorCodeAsync());
        Assert.Equal(0, server.Probe.Touched);
    }

    [Theory]
    [InlineData("{ hello }", 200, 200)]
    [InlineData("{ broken }", 200, 200)]
    [InlineData("{", 400, 200)]
    [InlineData("{ nothingOfThisName }", 400, 200)]
    [InlineData("query($id: ID!) { required(id: $id) }", 400, 200)]
    public async Task A_refused_document_is_400_but_for_clients_that_only_know_json(string document, int modern, int legacy)
    {
        await using var server = await ProbeServer.StartAsync();
        using var first = await server.QueryAsync(document, Modern);
        using var second = await server.QueryAsync(document, Legacy);
        Assert.Equal((modern, legacy), ((int)first.StatusCode, (int)second.StatusCode));
        if (modern == 400) Assert.DoesNotContain("\"data\"", await first.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_states_its_length_and_is_neither_stored_nor_sniffed()
    {
        await using var server = await ProbeServer.StartAsync();
        using var response = await server.QueryAsync("{ hello }");
        var body = await response.Content.ReadAsStringAsync();
        Assert.Equal("""{"data":{"hello":"world"}}""", body);
        Assert.Equal(body.Length, response.Content.Headers.ContentLength);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task A_query_may_come_by_get_with_its_parameters()
    {
        await using var server = await ProbeServer.StartAsync();
        var document = Uri.EscapeDataString("query A { hello } query B($t: String) { echo(text: $t) }");
        using var response = await server.GetAsync($"query={document}&operationName=B&variables={Uri.EscapeDataString("""{"t":"ñ"}""")}&extensions=%7B%7D");
        Assert.Equal("""{"data":{"echo":"ñ"}}""", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_mutation_by_get_is_405_and_does_not_run()
    {
        await using var server = await ProbeServer.StartAsync();
        using var response = await server.GetAsync("query=mutation%7Btouch%7D");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal("POST", Assert.Single(response.Content.Headers.Allow));
        Assert.Equal("BAD_REQUEST", await response.ErrorCodeAsync());
        Assert.Equal(0, server.Probe.Touched);
    }

    [Theory]
    [InlineData("PUT"), InlineData("DELETE"), InlineData("PATCH")]
    public async Task Other_methods_are_405(string method)
    {
        await using var server = await ProbeServer.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), server.Address);
        using var response = await server.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["GET", "POST"], response.Content.Headers.Allow);
    }

    [Fact]
    public async Task A_browser_gets_the_hosts_page_unless_it_brings_a_query()
    {
        await using var server = await ProbeServer.StartAsync(o => o.LandingPage = static async http =>
        {
            http.Response.ContentType = "text/html";
            await http.Response.Body.WriteAsync("<h1>Hello</h1>"u8.ToArray());
        });
        const string browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
        using var page = await server.GetAsync("", browser);
        using var query = await server.GetAsync("query=%7Bhello%7D", browser);
        using var script = await server.GetAsync("", "application/json");
        Assert.Equal("<h1>Hello</h1>", await page.Content.ReadAsStringAsync());
        Assert.Equal("""{"data":{"hello":"world"}}""", await query.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.BadRequest, script.StatusCode);
    }

    [Fact]
    public async Task A_resolver_is_cancelled_when_its_client_leaves()
    {
        await using var server = await ProbeServer.StartAsync();
        using var leave = new CancellationTokenSource();
        var request = server.Http.GetAsync(new Uri(server.Address, "?query=%7Bwait%7D"), leave.Token);
        Assert.Equal("waiting", await server.Probe.SeenAsync());
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        Assert.Equal("cancelled", await server.Probe.SeenAsync());
    }

    [Fact]
    public async Task Each_request_has_services_of_its_own()
    {
        await using var server = await ProbeServer.StartAsync();
        using var first = await server.QueryAsync("{ services }");
        using var second = await server.QueryAsync("{ services }");
        Assert.NotEqual(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task An_exception_of_a_resolver_shows_nothing_of_itself()
    {
        await using var server = await ProbeServer.StartAsync();
        using var response = await server.QueryAsync("{ broken }");
        var body = await response.Content.ReadAsStringAsync();
        Assert.Contains("INTERNAL_SERVER_ERROR", body, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", body, StringComparison.Ordinal);
    }
}
