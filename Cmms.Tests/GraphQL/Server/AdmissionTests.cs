using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;
using Engines.GraphQL;
using Engines.GraphQL.Server;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Cmms.Tests.GraphQL.Server;

/// <summary>When the engine asks a host's admission, and what it does with the answer.</summary>
public sealed class AdmissionTests
{
    [Fact]
    public async Task A_request_arrives_enters_spends_and_is_described_once_each()
    {
        var (door, server) = await StartAsync();
        await using var _ = server;
        using var response = await server.QueryAsync("{ hello touched }");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("1", Assert.Single(response.Headers.GetValues("X-Described")));
        Assert.Equal(["arrive", "authenticate", "enter Ada", "spend 2 of Ada", "describe"], door.Told);
    }

    [Fact]
    public async Task Who_is_refused_on_arrival_is_not_even_asked_who_they_are()
    {
        var (door, server) = await StartAsync(d => d.OnArrival = Refusal);
        await using var _ = server;
        using var response = await server.QueryAsync("mutation { touch }");
        await AssertRefusedAsync(response);
        Assert.Equal(["arrive", "describe"], door.Told);
        Assert.Equal(0, server.Probe.Touched);
    }

    [Fact]
    public async Task Who_is_refused_at_the_entry_runs_nothing_and_spends_nothing()
    {
        var (door, server) = await StartAsync(d => d.OnEntry = Refusal);
        await using var _ = server;
        using var response = await server.QueryAsync("mutation { touch }");
        await AssertRefusedAsync(response);
        Assert.Equal(["arrive", "authenticate", "enter Ada", "describe"], door.Told);
        Assert.Equal(0, server.Probe.Touched);
    }

    [Theory]
    [InlineData("PUT", "application/json", "{}", 405)]
    [InlineData("POST", "text/plain", "{}", 415)]
    [InlineData("POST", "application/json", "no json", 400)]
    [InlineData("POST", "application/json", """{"query":"{"}""", 400)]
    [InlineData("POST", "application/json", """{"query":"{ nothingOfThisName }"}""", 400)]
    public async Task What_is_refused_for_another_reason_has_entered_and_costs_nothing(string method, string type, string body, int status)
    {
        var (door, server) = await StartAsync();
        await using var _ = server;
        using var request = new HttpRequestMessage(new HttpMethod(method), server.Address) { Content = new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue(type)) };
        request.Headers.TryAddWithoutValidation("Accept", "application/graphql-response+json");
        using var response = await server.Http.SendAsync(request);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(["arrive", "authenticate", "enter Ada", "describe"], door.Told);
    }

    [Fact]
    public async Task A_rejected_credential_enters_as_nobody()
    {
        var (door, server) = await StartAsync(d => d.Caller = AuthResult.Reject());
        await using var _ = server;
        using var response = await server.QueryAsync("{ hello }");
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(["arrive", "authenticate", "enter nobody", "describe"], door.Told);
    }

    [Fact]
    public async Task A_page_that_asks_what_it_may_send_does_not_enter()
    {
        var (door, server) = await StartAsync(d => d.OnArrival = Refusal);
        await using var _ = server;
        using var request = new HttpRequestMessage(HttpMethod.Options, server.Address);
        using var response = await server.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(["describe"], door.Told);
    }

    [Fact]
    public async Task A_socket_enters_as_nobody_and_then_once_an_operation()
    {
        var (door, server) = await StartAsync();
        await using var _ = server;
        await using var socket = await server.InitialisedAsync();
        await socket.SubscribeAsync("1", "{ hello }");
        Assert.Equal("""{"id":"1","type":"next","payload":{"data":{"hello":"world"}}}""", await socket.ReceiveAsync());
        Assert.Equal("""{"id":"1","type":"complete"}""", await socket.ReceiveAsync());
        await socket.SubscribeAsync("2", "subscription { count(to: 2) }");
        Assert.Equal(3, (await socket.ReceiveAsync(3)).Count);
        Assert.Equal(["arrive", "enter nobody", "describe", "authenticate", "enter Ada", "spend 1 of Ada", "enter Ada", "spend 1 of Ada", "spend 1 of Ada"], door.Told);
    }

    [Fact]
    public async Task An_operation_that_is_refused_on_a_socket_is_an_error_of_its_own()
    {
        var (door, server) = await StartAsync();
        await using var _ = server;
        await using var socket = await server.InitialisedAsync();
        door.OnEntry = Refusal;
        await socket.SubscribeAsync("1", "mutation { touch }");
        Assert.Equal("""{"id":"1","type":"error","payload":[{"message":"Slow down.","extensions":{"code":"ENOUGH","retryAfter":7}}]}""", await socket.ReceiveAsync());
        door.OnEntry = null;
        await socket.SubscribeAsync("1", "mutation { touch }");
        Assert.Equal("""{"id":"1","type":"next","payload":{"data":{"touch":1}}}""", await socket.ReceiveAsync());
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_socket_that_is_refused_does_not_open(bool onArrival)
    {
        var (door, server) = await StartAsync(d =>
        {
            d.OnArrival = onArrival ? Refusal : null;
            d.OnEntry = Refusal;
        });
        await using var _ = server;
        var refused = await Assert.ThrowsAsync<WebSocketException>(() => server.ConnectAsync());
        Assert.Contains("429", refused.Message, StringComparison.Ordinal);
        Assert.Equal(onArrival ? "arrive, describe" : "arrive, enter nobody, describe", string.Join(", ", door.Told));
    }

    [Fact]
    public async Task An_event_stream_spends_what_each_message_does()
    {
        var (door, server) = await StartAsync();
        await using var _ = server;
        using var response = await server.QueryAsync("subscription { count(to: 2) }", "text/event-stream");
        Assert.EndsWith("event: complete\ndata:\n\n", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("1", Assert.Single(response.Headers.GetValues("X-Described")));
        Assert.Equal(["arrive", "authenticate", "enter Ada", "describe", "spend 1 of Ada", "spend 1 of Ada"], door.Told);
    }

    [Fact]
    public async Task What_an_operation_may_cost_is_told_before_it_runs()
    {
        var (door, server) = await StartAsync();
        await using var _ = server;
        using var leave = new CancellationTokenSource();
        var waiting = server.Http.GetAsync(new Uri(server.Address, "?query=%7Bwait%7D"), leave.Token);
        Assert.Equal("waiting", await server.Probe.SeenAsync());
        Assert.Equal("spend 1 of Ada", door.Told.Last());
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    private static GraphQLError Refusal { get; } = new("Slow down.", "ENOUGH", Extensions: new Dictionary<string, object?> { ["retryAfter"] = 7 });

    private static async Task AssertRefusedAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal("ENOUGH", await response.ErrorCodeAsync());
        Assert.Equal("1", Assert.Single(response.Headers.GetValues("X-Described")));
    }

    private static async Task<(Door, ProbeServer)> StartAsync(Action<Door>? prepare = null)
    {
        var door = new Door();
        prepare?.Invoke(door);
        return (door, await ProbeServer.StartAsync(o =>
        {
            o.Admission = _ => door;
            o.Authenticate = _ =>
            {
                door.Note("authenticate");
                return new(door.Caller);
            };
        }));
    }

    /// <summary>Notes what it is asked and told.</summary>
    private sealed class Door : Admission
    {
        private readonly ConcurrentQueue<string> _told = new();

        public AuthResult Caller { get; set; } = AuthResult.Accept("Ada", "Ada");
        public GraphQLError? OnArrival { get; set; }
        public GraphQLError? OnEntry { get; set; }
        public IEnumerable<string> Told => _told;

        public void Note(string what) => _told.Enqueue(what);

        public override GraphQLError? Arrive()
        {
            Note("arrive");
            return OnArrival;
        }

        public override async ValueTask<GraphQLError?> EnterAsync(AuthResult? caller, CancellationToken cancel)
        {
            await Task.Yield();
            Note($"enter {caller?.Caller ?? "nobody"}");
            return OnEntry;
        }

        public override void Spend(AuthResult caller, double cost) => Note($"spend {cost} of {caller.Caller}");

        public override void Describe(IHeaderDictionary headers)
        {
            Note("describe");
            headers["X-Described"] = "1";
        }
    }
}
