using System.Net;
using System.Net.WebSockets;
using Engines.GraphQL.Server;
using Xunit;

namespace Cmms.Tests.GraphQL.Server;

public sealed class CallerTests
{
    [Fact]
    public async Task A_caller_whom_the_host_rejects_gets_401_and_runs_nothing()
    {
        await using var server = await ProbeServer.StartAsync(o => o.Authenticate = static http =>
            new(http.Request.Headers.Authorization == "Bearer good" ? AuthResult.Accept() : AuthResult.Reject("The key is unknown.")));
        using var bad = await server.QueryAsync("mutation { touch }");
        Assert.Equal(HttpStatusCode.Unauthorized, bad.StatusCode);
        Assert.Equal("Bearer", bad.Headers.WwwAuthenticate.ToString());
        Assert.Equal("UNAUTHENTICATED", await bad.ErrorCodeAsync());
        Assert.Equal(0, server.Probe.Touched);
        using var good = await server.PostAsync("""{"query":"mutation { touch }"}"""u8.ToArray(), change: r => r.Headers.Authorization = new("Bearer", "good"));
        Assert.Equal("""{"data":{"touch":1}}""", await good.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_hook_that_fails_is_500_without_its_message()
    {
        await using var server = await ProbeServer.StartAsync(o => o.Authenticate = static _ => throw new InvalidOperationException("password=1"));
        using var response = await server.QueryAsync("{ hello }");
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("INTERNAL_SERVER_ERROR", await response.ErrorCodeAsync());
        Assert.DoesNotContain("password", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_caller_has_only_so_many_requests_under_way_and_others_are_not_concerned()
    {
        await using var server = await ProbeServer.StartAsync(o =>
        {
            o.MaxRequestsPerCaller = 1;
            o.Authenticate = static http => new(AuthResult.Accept(limitKey: http.Request.Headers["X-Key"].ToString()));
        });
        async Task<HttpResponseMessage> Ask(string key, string document, CancellationToken cancel = default)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, "?query=" + Uri.EscapeDataString(document)));
            request.Headers.Add("X-Key", key);
            return await server.Http.SendAsync(request, cancel);
        }

        using var leave = new CancellationTokenSource();
        var waiting = Ask("a", "{ wait }", leave.Token);
        Assert.Equal("waiting", await server.Probe.SeenAsync());
        using var second = await Ask("a", "{ hello }");
        using var other = await Ask("b", "{ hello }");
        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.OK), (second.StatusCode, other.StatusCode));
        Assert.Equal("TOO_MANY_REQUESTS", await second.ErrorCodeAsync());
        Assert.Equal("1", Assert.Single(second.Headers.GetValues("Retry-After")));

        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal("cancelled", await server.Probe.SeenAsync());
        await Eventually.IsTrueAsync(async () =>
        {
            using var third = await Ask("a", "{ hello }");
            return third.StatusCode is HttpStatusCode.OK;
        });
    }

    [Fact]
    public async Task A_page_of_another_origin_may_read_answers_only_where_the_host_allows_it()
    {
        await using var server = await ProbeServer.StartAsync(o => o.AllowedOrigins.Add("https://app.test"));
        async Task<string?> Allowed(HttpMethod method, string origin)
        {
            using var request = new HttpRequestMessage(method, new Uri(server.Address, "?query=%7Bhello%7D"));
            request.Headers.Add("Origin", origin);
            using var response = await server.Http.SendAsync(request);
            Assert.Contains("Origin", response.Headers.Vary);
            return response.Headers.TryGetValues("Access-Control-Allow-Origin", out var values) ? Assert.Single(values) : null;
        }

        Assert.Equal("https://app.test", await Allowed(HttpMethod.Get, "https://app.test"));
        Assert.Equal("https://app.test", await Allowed(HttpMethod.Options, "https://app.test"));
        Assert.Null(await Allowed(HttpMethod.Get, "https://evil.test"));
        Assert.Null(await Allowed(HttpMethod.Options, "https://evil.test"));
    }

    [Theory]
    [InlineData("https://evil.test")]
    [InlineData("null")]
    [InlineData("http://127.0.0.1:1")]
    public async Task A_page_of_another_origin_opens_no_socket(string origin)
    {
        await using var server = await ProbeServer.StartAsync(o => o.AllowedOrigins.Add("https://app.test"));
        var refused = await Assert.ThrowsAsync<WebSocketException>(() => server.ConnectAsync(origin: origin));
        Assert.Contains("403", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Our_own_pages_and_allowed_ones_open_sockets()
    {
        await using var server = await ProbeServer.StartAsync(o => o.AllowedOrigins.Add("https://app.test"));
        await using var own = await server.ConnectAsync(origin: $"http://127.0.0.1:{server.Address.Port}");
        await using var allowed = await server.ConnectAsync(origin: "https://app.test");
        Assert.Equal(("graphql-transport-ws", "graphql-transport-ws"), (own.Protocol, allowed.Protocol));
    }
}
