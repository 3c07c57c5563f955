using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Cmms.Domain.Inventory;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Work;
using Cmms.Graph;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Cmms.Tests;

/// <summary>
/// The real Graph on a port of this machine, over a plant of its own: two sites, and for each role a user of the first with the key
/// <c>test-admin</c>, <c>test-manager</c> and so on; <c>test-neighbour</c> is the manager of the second alone.
/// </summary>
internal sealed class TestGraph : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _http;
    private readonly bool _ownsPlant;

    private TestGraph(TestPlant plant, WebApplication app, bool ownsPlant)
    {
        (Plant, _app, _ownsPlant) = (plant, app, ownsPlant);
        _http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public TestPlant Plant { get; }
    public Uri Address => new(_http.BaseAddress!, "/graphql");
    public IServiceProvider Services => _app.Services;

    /// <param name="settings">Of the configuration, such as <c>GraphQL:Introspection</c>.</param>
    public static async Task<TestGraph> StartAsync(DatabaseProvider provider, params (string Key, string Value)[] settings) =>
        await StartAsync(await TestPlant.CreateAsync(provider), settings);

    /// <summary>Over a plant that has no staff yet; it goes with the Graph.</summary>
    public static async Task<TestGraph> StartAsync(TestPlant plant, params (string Key, string Value)[] settings)
    {
        await plant.StaffAsync();
        return await StartAsync(plant, ownsPlant: true, settings);
    }

    /// <summary>Over a plant that has its staff, and stays when this Graph ends.</summary>
    public static Task<TestGraph> ReopenAsync(TestPlant plant, params (string Key, string Value)[] settings) => StartAsync(plant, ownsPlant: false, settings);

    private static async Task<TestGraph> StartAsync(TestPlant plant, bool ownsPlant, (string Key, string Value)[] settings)
    {
        var app = await GraphHost.BuildAsync([], builder =>
        {
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Database:Provider"] = plant.Database.Options.Provider.ToString(),
                ["Database:ConnectionString"] = plant.Database.Options.ConnectionString,
                ["Database:Files"] = plant.Database.Options.Files,
                ["Database:Migrate"] = "false",
                ["RateLimits:Enabled"] = "false", // but for the tests of them, which say so
                ["Auth:Failures:DelayedAtOnce"] = "0", // the clock stands still: who waits would wait for ever
            });
            builder.Configuration.AddInMemoryCollection(settings.ToDictionary(s => s.Key, s => (string?)s.Value));
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton<TimeProvider>(plant.Clock);
        });
        await app.StartAsync();
        return new TestGraph(plant, app, ownsPlant);
    }

    /// <summary>The whole answer to a document.</summary>
    /// <param name="as">The role of the caller, or null for nobody.</param>
    public async Task<JsonElement> AskAsync(string document, object? variables = null, string? @as = "admin", string? site = null)
    {
        using var request = TestContent.Request(JsonSerializer.Serialize(new { query = document, variables }, JsonSerializerOptions.Web));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/graphql-response+json"));
        if (@as is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", $"test-{@as}");
        if (site is not null) request.Headers.Add("X-Site-Id", site);
        using var response = await _http.SendAsync(request);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>What a request of exactly these bytes is answered, whatever it is.</summary>
    public async Task<(int Status, string Text)> PostAsync(string body, string @as = "admin", string? site = null)
    {
        using var request = TestContent.Request(body);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/graphql-response+json"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", $"test-{@as}");
        if (site is not null) request.Headers.Add("X-Site-Id", site);
        using var response = await _http.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>All that whoever has this credential is answered: the status, the headers but the date, the body.</summary>
    public async Task<string> KnockAsync(string credential)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(new { query = "{ me { email } }" }) };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/graphql-response+json"));
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {credential}");
        using var response = await _http.SendAsync(request);
        response.Headers.Remove("Date");
        return $"{(int)response.StatusCode} {response.Headers}{await response.Content.ReadAsStringAsync()}";
    }

    /// <summary>The data of an answer that has no errors.</summary>
    public async Task<JsonElement> DataAsync(string document, object? variables = null, string? @as = "admin", string? site = null)
    {
        var answer = await AskAsync(document, variables, @as, site);
        Assert.False(answer.TryGetProperty("errors", out var errors), errors.ValueKind is JsonValueKind.Undefined ? "" : errors.ToString());
        return answer.GetProperty("data");
    }

    /// <summary>The payload of the document's one mutation; its typed errors are part of it.</summary>
    public async Task<JsonElement> PayloadAsync(string document, object? variables = null, string? @as = "admin", string? site = null) =>
        (await DataAsync(document, variables, @as, site)).EnumerateObject().Single().Value;

    /// <summary>The messages of a subscription over graphql-transport-ws.</summary>
    public Task<TestSubscription> SubscribeAsync(string document, object? variables = null, string? @as = "admin", string? site = null) =>
        SubscribeWithAsync(@as is null ? null : $"test-{@as}", document, variables, site);

    /// <summary>As <see cref="SubscribeAsync"/>, by any credential, or none.</summary>
    public Task<TestSubscription> SubscribeWithAsync(string? credential, string document, object? variables = null, string? site = null) =>
        TestSubscription.OpenAsync(Address, credential, document, variables, site);

    /// <summary>Stops the program as a deployment would.</summary>
    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        // What reads in the background is to be at rest before the database is put away.
        using (CancellationTokenSource patience = new(TimeSpan.FromSeconds(5))) await _app.StopAsync(patience.Token);
        await _app.DisposeAsync();
        if (_ownsPlant) await Plant.DisposeAsync();
    }
}

/// <summary>One subscription on a socket of its own.</summary>
internal sealed class TestSubscription(ClientWebSocket socket) : IAsyncDisposable
{
    /// <param name="graph">Where a Graph answers, in this process or another.</param>
    public static async Task<TestSubscription> OpenAsync(Uri graph, string? credential, string document, object? variables = null, string? site = null)
    {
        ClientWebSocket socket = new();
        socket.Options.AddSubProtocol("graphql-transport-ws");
        await socket.ConnectAsync(new UriBuilder(graph) { Scheme = "ws" }.Uri, CancellationToken.None);
        TestSubscription subscription = new(socket);
        await subscription.SendAsync(new { type = "connection_init", payload = new Dictionary<string, string?> { ["Authorization"] = credential is null ? null : $"Bearer {credential}", ["X-Site-Id"] = site } });
        Assert.Equal("connection_ack", (await subscription.ReceiveAsync()).GetProperty("type").GetString());
        await subscription.SendAsync(new { id = "1", type = "subscribe", payload = new { query = document, variables } });
        return subscription;
    }

    public Task SendAsync(object message) =>
        socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, true, CancellationToken.None);

    /// <summary>The next protocol message that is no ping.</summary>
    /// <param name="within">How long it is waited for; 20 seconds unless said.</param>
    public async Task<JsonElement> ReceiveAsync(TimeSpan? within = null)
    {
        using CancellationTokenSource patience = new(within ?? TimeSpan.FromSeconds(20));
        while (true)
        {
            using MemoryStream text = new();
            var buffer = new byte[16 * 1024];
            WebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(buffer, patience.Token);
                if (part.MessageType is WebSocketMessageType.Close) throw new InvalidOperationException($"closed: {socket.CloseStatus} {socket.CloseStatusDescription}");
                text.Write(buffer, 0, part.Count);
            }
            while (!part.EndOfMessage);
            var message = JsonElement.Parse(Encoding.UTF8.GetString(text.ToArray()));
            if (message.GetProperty("type").GetString() is not ("ping" or "pong")) return message;
        }
    }

    /// <summary>As when a cable is pulled.</summary>
    public void Abort() => socket.Abort();

    /// <summary>Says goodbye; what comes until the other side has said it too is still received.</summary>
    public Task CloseAsync() => socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);

    /// <summary>The value of the root field in the next message.</summary>
    public async Task<JsonElement> NextAsync()
    {
        var message = await ReceiveAsync();
        Assert.True(message.GetProperty("type").GetString() == "next" && !message.GetProperty("payload").TryGetProperty("errors", out _), message.ToString());
        return message.GetProperty("payload").GetProperty("data").EnumerateObject().Single().Value;
    }

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        return ValueTask.CompletedTask;
    }
}

internal static class TestStaff
{
    /// <summary>What a site begins with, and a person of each role.</summary>
    public static async Task StaffAsync(this TestPlant plant)
    {
        foreach (var scope in (Scope[])[plant.Scope, plant.Neighbour])
        {
            await plant.Database.WriteAsync(scope, db =>
            {
                db.WorkOrderStatuses.AddRange(WorkOrderStatus.Defaults());
                db.Storerooms.Add(new Storeroom("Main Warehouse", isDefault: true));
                return Task.CompletedTask;
            });
        }
        await plant.Database.WriteAsync(Scope.Customer(plant.CustomerId), async db =>
        {
            var (site, neighbour) = (await db.Find<Site>(plant.SiteId, default), await db.Find<Site>(plant.NeighbourId, default));
            foreach (var role in Enum.GetValues<Role>()) Employ(db, role.ToString(), site, role);
            Employ(db, "Neighbour", neighbour, Role.Manager);
        });
    }

    private static void Employ(CmmsDb db, string name, Site site, Role role)
    {
        var user = new User(name, "Tester", $"{name.ToLowerInvariant()}@example.test", role is Role.Admin ? CustomerRole.Owner : CustomerRole.Member) { CanBeAssignedToWorkOrders = role is Role.Technician };
        db.Users.Add(user);
        db.UserRoles.Add(new UserRole(user, site, role));
        db.ApiKeys.Add(ApiKey.Known(user, "test", $"test-{name.ToLowerInvariant()}"));
    }
}
