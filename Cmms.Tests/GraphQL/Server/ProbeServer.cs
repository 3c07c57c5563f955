using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Cmms.Tests.GraphQL.Server;

/// <summary>The probe schema behind a real Kestrel on a free port.</summary>
internal sealed class ProbeServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ProbeServer(WebApplication app, ProbeSchema probe)
    {
        (_app, Probe) = (app, probe);
        Address = new Uri(new Uri(app.Urls.First()), "/graphql");
    }

    public ProbeSchema Probe { get; }
    public Uri Address { get; }
    public HttpClient Http { get; } = new();

    public static async Task<ProbeServer> StartAsync(Action<GraphQLServerOptions>? configure = null, ExecutionOptions? execution = null)
    {
        var probe = new ProbeSchema();
        var options = new GraphQLServerOptions();
        configure?.Invoke(options);
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddGraphQLServer(_ => new RequestExecutor(probe.Schema, execution ?? new ExecutionOptions()));
        var app = builder.Build();
        app.MapGraphQL("/graphql", options);
        await app.StartAsync();
        return new ProbeServer(app, probe);
    }

    public Task<HttpResponseMessage> PostAsync(string json, string? accept = null, string contentType = "application/json") =>
        PostAsync(Encoding.UTF8.GetBytes(json), accept, contentType);

    public async Task<HttpResponseMessage> PostAsync(byte[] body, string? accept = null, string contentType = "application/json", Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        if (accept is not null) request.Headers.TryAddWithoutValidation("Accept", accept);
        change?.Invoke(request);
        return await Http.SendAsync(request);
    }

    public Task<HttpResponseMessage> QueryAsync(string document, string? accept = null) =>
        PostAsync(JsonSerializer.Serialize(new { query = document }), accept);

    public async Task<HttpResponseMessage> GetAsync(string query, string? accept = null, HttpCompletionOption until = HttpCompletionOption.ResponseContentRead)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Address, "?" + query));
        if (accept is not null) request.Headers.TryAddWithoutValidation("Accept", accept);
        return await Http.SendAsync(request, until);
    }

    public Task<SocketClient> ConnectAsync(string? protocol = "graphql-transport-ws", string? origin = null) => SocketClient.ConnectAsync(Address, protocol, origin);

    /// <summary>A socket that has been acknowledged.</summary>
    public async Task<SocketClient> InitialisedAsync()
    {
        var socket = await ConnectAsync();
        await socket.SendAsync("""{"type":"connection_init"}""");
        Assert.Equal("""{"type":"connection_ack"}""", await socket.ReceiveAsync());
        return socket;
    }

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }
}

internal static class Responses
{
    /// <summary>The code of the one error of an answer.</summary>
    public static async Task<string?> ErrorCodeAsync(this HttpResponseMessage response)
    {
        var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.False(body.TryGetProperty("data", out _), "A refused request has no data.");
        return Assert.Single(body.GetProperty("errors").EnumerateArray()).GetProperty("extensions").GetProperty("code").GetString();
    }
}
