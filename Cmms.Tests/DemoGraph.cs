using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Graph;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Cmms.Tests;

/// <summary>The real Graph over the demo plant, in which every list has something: made once for all tests that only look.</summary>
public sealed class DemoGraph : IAsyncLifetime
{
    public const string Shared = "Demo graph";
    private static readonly HttpClient s_http = new();
    private TestDatabase _database = null!;
    private WebApplication _app = null!;

    public Uri Address => new(new Uri(_app.Urls.First()), "/graphql");
    internal DatabaseOptions Options => _database.Options;
    internal Engines.GraphQL.Types.Schema Schema => _app.Services.GetRequiredService<Engines.GraphQL.Types.Schema>();
    internal Scope Plant { get; private set; } = Scope.System;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        _app = await GraphHost.BuildAsync([], builder =>
        {
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Database:Provider"] = nameof(DatabaseProvider.Sqlite),
                ["Database:ConnectionString"] = _database.Options.ConnectionString,
                ["Database:Files"] = _database.Options.Files,
                ["Database:Migrate"] = "false",
                ["Demo"] = "true",
                ["RateLimits:Enabled"] = "false",
            });
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
        });
        await _app.StartAsync();
        await using var all = _database.For(Scope.System);
        var site = await all.Set<Site>().SingleAsync(s => s.Code == "PLANT");
        Plant = Scope.Site(site.CustomerId, site.Id);
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        await _database.DisposeAsync();
    }

    internal CmmsDb Read() => _database.For(Plant);

    /// <summary>The whole answer to a document, for an owner.</summary>
    internal async Task<JsonElement> AskAsync(string document, object? variables = null, string key = "demo-admin")
    {
        using HttpRequestMessage request = new(HttpMethod.Post, Address) { Content = JsonContent.Create(new { query = document, variables }) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        request.Headers.Add("X-Site-Id", "PLANT");
        using var response = await s_http.SendAsync(request);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    internal async Task<JsonElement> DataAsync(string document, object? variables = null)
    {
        var answer = await AskAsync(document, variables);
        Assert.False(answer.TryGetProperty("errors", out var errors), $"{document}: {(errors.ValueKind is JsonValueKind.Undefined ? "" : errors.ToString())}");
        return answer.GetProperty("data");
    }
}

/// <summary>Tests that share the demo plant, one after the other.</summary>
[CollectionDefinition(DemoGraph.Shared)]
public sealed class SharedDemoGraph : ICollectionFixture<DemoGraph>;
