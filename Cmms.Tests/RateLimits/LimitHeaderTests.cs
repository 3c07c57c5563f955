using System.Net;
using System.Net.WebSockets;
using System.Text;
using Cmms.Domain.Persistence;
using Xunit;

namespace Cmms.Tests.RateLimits;

/// <summary>Whatever the GraphQL address answers says how the caller stands.</summary>
public sealed class LimitHeaderTests
{
    private const string Json = "application/json", Modern = "application/graphql-response+json";

    [Theory]
    [InlineData("a query", "POST", Json, """{"query":"{ me { id } }"}""", 200)]
    [InlineData("a document that is none", "POST", Json, """{"query":"{"}""", 400)]
    [InlineData("a field that is not there", "POST", Json, """{"query":"{ nothing }"}""", 400)]
    [InlineData("a document that is not known", "POST", Json, """{"documentId":"0000000000000000000000000000000000000000000000000000000000000000"}""", 400)]
    [InlineData("no JSON", "POST", Json, "{", 400)]
    [InlineData("a body that is too large", "POST", Json, "…", 413)]
    [InlineData("another type", "POST", "text/plain", "{}", 415)]
    [InlineData("another method", "DELETE", Json, "{}", 405)]
    [InlineData("a mutation by GET", "GET", null, "?query=mutation%7B__typename%7D", 405)]
    [InlineData("a GET without a query", "GET", null, "", 400)]
    [InlineData("an event stream", "GET", null, "?query=%7B__typename%7D", 200, "text/event-stream")]
    [InlineData("no media type of ours", "GET", null, "?query=%7B__typename%7D", 406, "image/png")]
    [InlineData("a browser", "GET", null, "", 200, "text/html")]
    [InlineData("a wrong key", "POST", Json, """{"query":"{ me { id } }"}""", 401, Modern, "wrong-key")]
    public async Task Every_answer_tells_what_is_left(string what, string method, string? type, string body, int status, string accept = Modern, string key = "test-admin")
    {
        await using var graph = await TestGraph.StartAsync(DatabaseProvider.Sqlite, [.. RateLimitTests.Limits(), ("GraphQL:Limits:BodyBytes", "2000")]);
        using LimitClient client = new(graph);
        for (var left = 999; left > 996; left--)
        {
            using HttpRequestMessage request = new(new HttpMethod(method), type is null ? new Uri(client.Address, body) : client.Address);
            if (type is not null) request.Content = new StringContent(body == "…" ? new string(' ', 3000) : body, Encoding.UTF8, type);
            request.Headers.TryAddWithoutValidation("Accept", accept);
            request.Headers.Authorization = new("Bearer", key);
            var answer = await client.SendAsync(request);
            Assert.True((answer.Status, answer.Limit, answer.Remaining, answer.RetryAfter) == (status, 1000, left, null), $"{what}: {answer}");
            Assert.Equal(graph.Plant.Clock.GetUtcNow().AddMinutes(5).ToUnixTimeSeconds(), answer.Reset);
        }
    }

    [Fact]
    public async Task A_page_of_an_allowed_origin_may_read_them_also_when_it_is_refused()
    {
        await using var graph = await TestGraph.StartAsync(DatabaseProvider.Sqlite, [.. RateLimitTests.Limits(addressRequests: 2), ("GraphQL:AllowedOrigins:0", "https://app.test")]);
        using LimitClient client = new(graph);
        var asked = await AskAsync(HttpMethod.Options); // which nobody counts
        Assert.Equal((204, 2), (asked.Status, asked.Remaining));
        Assert.Equal((200, 200, 429), ((await AskAsync(HttpMethod.Get)).Status, (await AskAsync(HttpMethod.Get)).Status, (await AskAsync(HttpMethod.Get)).Status));
        var refused = await AskAsync(HttpMethod.Get);
        Assert.Equal("https://app.test", refused.Headers.GetValues("Access-Control-Allow-Origin").Single());
        var shown = refused.Headers.GetValues("Access-Control-Expose-Headers").Single().Split(", ");
        foreach (var header in (string[])["X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset", "Retry-After"]) Assert.Contains(header, shown);
        Assert.Equal(204, (await AskAsync(HttpMethod.Options)).Status);

        async Task<LimitAnswer> AskAsync(HttpMethod method)
        {
            using HttpRequestMessage request = new(method, new Uri(client.Address, "?query=%7B__typename%7D"));
            request.Headers.Add("Origin", "https://app.test");
            return await client.SendAsync(request);
        }
    }

    [Theory, InlineData("subscription { eventOccurred { cursor } }"), InlineData("{ __typename }")]
    public async Task An_event_stream_that_is_refused_does_not_begin(string document)
    {
        await using var graph = await TestGraph.StartAsync(DatabaseProvider.Sqlite, RateLimitTests.Limits(requests: 1));
        using LimitClient client = new(graph);
        Assert.True((await client.AskAsync()).IsIn);
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri(client.Address, $"?query={Uri.EscapeDataString(document)}"));
        request.Headers.Authorization = new("Bearer", "test-admin");
        request.Headers.Add("Accept", "text/event-stream");
        Assert.True((await client.SendAsync(request)).IsRefused);
    }

    [Fact]
    public async Task A_socket_tells_as_it_opens_and_one_that_is_refused_tells_when_to_come_back()
    {
        await using var graph = await TestGraph.StartAsync(DatabaseProvider.Sqlite, RateLimitTests.Limits(addressRequests: 1));
        using var open = await ConnectAsync();
        Assert.Equal((HttpStatusCode.SwitchingProtocols, "1", "0"), (open.HttpStatusCode, Header(open, "X-RateLimit-Limit"), Header(open, "X-RateLimit-Remaining")));
        using var refused = await ConnectAsync();
        Assert.Equal((HttpStatusCode.TooManyRequests, "0", "300"), (refused.HttpStatusCode, Header(refused, "X-RateLimit-Remaining"), Header(refused, "Retry-After")));

        async Task<ClientWebSocket> ConnectAsync()
        {
            ClientWebSocket socket = new();
            socket.Options.AddSubProtocol("graphql-transport-ws");
            socket.Options.CollectHttpResponseDetails = true;
            try
            {
                await socket.ConnectAsync(new UriBuilder(graph.Address) { Scheme = "ws" }.Uri, CancellationToken.None);
            }
            catch (WebSocketException)
            {
                // Its details say why.
            }
            return socket;
        }

        static string Header(ClientWebSocket socket, string name) => socket.HttpResponseHeaders![name].Single();
    }
}
