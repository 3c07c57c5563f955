using System.Net;
using System.Text;
using Engines.GraphQL.Server;
using Xunit;

namespace Cmms.Tests.GraphQL.Server;

public sealed class EventStreamTests
{
    private const string EventStream = "text/event-stream";

    [Fact]
    public async Task A_query_is_one_next_and_complete()
    {
        await using var server = await ProbeServer.StartAsync();
        using var response = await server.QueryAsync("{ hello }", EventStream);
        Assert.Equal("event: next\ndata: {\"data\":{\"hello\":\"world\"}}\n\nevent: complete\ndata:\n\n", await response.Content.ReadAsStringAsync());
        Assert.Equal("no", Assert.Single(response.Headers.GetValues("X-Accel-Buffering")));
        Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
    }

    [Theory]
    [InlineData(EventStream)]
    [InlineData(null)]
    [InlineData("application/graphql-response+json, application/json, text/event-stream")]
    public async Task A_subscription_is_a_next_a_message_and_complete(string? accept)
    {
        await using var server = await ProbeServer.StartAsync();
        using var response = await server.QueryAsync("subscription { count(to: 2) }", accept);
        Assert.Equal(EventStream, response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(
            ":\n\nevent: next\ndata: {\"data\":{\"count\":1}}\n\nevent: next\ndata: {\"data\":{\"count\":2}}\n\nevent: complete\ndata:\n\n",
            await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_subscription_may_come_by_get()
    {
        await using var server = await ProbeServer.StartAsync();
        using var response = await server.GetAsync("query=subscription%7Bcount(to:1)%7D", EventStream);
        Assert.EndsWith("event: complete\ndata:\n\n", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_subscription_for_a_client_that_accepts_only_json_is_406()
    {
        await using var server = await ProbeServer.StartAsync();
        using var response = await server.QueryAsync("subscription { forever }", "application/json");
        Assert.Equal(HttpStatusCode.NotAcceptable, response.StatusCode);
    }

    [Fact]
    public async Task A_refused_document_comes_as_next_because_a_client_of_events_reads_nothing_else()
    {
        await using var server = await ProbeServer.StartAsync();
        using var response = await server.QueryAsync("{ nothingOfThisName }", EventStream);
        var body = await response.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.StartsWith("event: next\ndata: {\"errors\":[", body, StringComparison.Ordinal);
        Assert.EndsWith("event: complete\ndata:\n\n", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_is_none_is_refused_by_its_status_in_json()
    {
        await using var server = await ProbeServer.StartAsync();
        using var malformed = await server.PostAsync("{", EventStream);
        using var mutation = await server.GetAsync("query=mutation%7Btouch%7D", EventStream);
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.MethodNotAllowed), (malformed.StatusCode, mutation.StatusCode));
        Assert.Equal("application/json", malformed.Content.Headers.ContentType!.MediaType);
        Assert.Equal(0, server.Probe.Touched);
    }

    [Fact]
    public async Task A_quiet_stream_shows_that_it_is_alive()
    {
        await using var server = await ProbeServer.StartAsync(o => o.KeepAlive = TimeSpan.FromMilliseconds(50));
        using var response = await OpenAsync(server);
        Assert.Equal(":\n\nevent: next\ndata: {\"data\":{\"forever\":1}}\n\n:\n\n:\n\n", await ReadAsync(response, 51));
    }

    [Fact]
    public async Task A_client_that_leaves_ends_its_subscription()
    {
        await using var server = await ProbeServer.StartAsync();
        var response = await OpenAsync(server);
        Assert.Equal("waiting", await server.Probe.SeenAsync());
        response.Dispose();
        Assert.Equal("cancelled", await server.Probe.SeenAsync());
    }

    [Fact]
    public async Task A_credential_that_ends_ends_its_streams_with_an_error()
    {
        using var ends = new CancellationTokenSource();
        await using var server = await ProbeServer.StartAsync(o => o.Authenticate = _ => new(AuthResult.Accept(ends: ends.Token)));
        using var response = await OpenAsync(server);
        Assert.Equal("waiting", await server.Probe.SeenAsync());
        await ends.CancelAsync();
        var body = await response.Content.ReadAsStringAsync();
        Assert.Contains("UNAUTHENTICATED", body, StringComparison.Ordinal);
        Assert.EndsWith("event: complete\ndata:\n\n", body, StringComparison.Ordinal);
        Assert.Equal("cancelled", await server.Probe.SeenAsync());
    }

    [Fact]
    public async Task A_server_that_stops_ends_its_streams_without_complete_so_that_clients_come_back()
    {
        await using var server = await ProbeServer.StartAsync();
        using var response = await OpenAsync(server);
        Assert.Equal("waiting", await server.Probe.SeenAsync());
        await server.StopAsync();
        Assert.Equal(":\n\nevent: next\ndata: {\"data\":{\"forever\":1}}\n\n", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_reader_that_stalls_is_cut_off()
    {
        await using var server = await ProbeServer.StartAsync(o => o.SlowReaderTimeout = TimeSpan.FromMilliseconds(200));
        using var response = await server.GetAsync("query=subscription%7Bflood%7D", EventStream, HttpCompletionOption.ResponseHeadersRead);
        await Task.Delay(1000);
        await Assert.ThrowsAnyAsync<Exception>(() => response.Content.ReadAsStringAsync());
    }

    private static Task<HttpResponseMessage> OpenAsync(ProbeServer server) =>
        server.GetAsync("query=subscription%7Bforever%7D", EventStream, HttpCompletionOption.ResponseHeadersRead);

    private static async Task<string> ReadAsync(HttpResponseMessage response, int bytes)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        var buffer = new byte[bytes];
        await using var stream = await response.Content.ReadAsStreamAsync(patience.Token);
        await stream.ReadExactlyAsync(buffer, patience.Token);
        return Encoding.UTF8.GetString(buffer);
    }
}
