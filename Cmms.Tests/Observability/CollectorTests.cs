using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Cmms.Domain.Persistence;
using Cmms.Tests.Demo;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Cmms.Tests.Observability;

/// <summary>Graph and Worker as processes that are told of an OpenTelemetry collector.</summary>
public sealed class CollectorTests
{
    [Fact]
    public async Task A_collector_that_is_named_gets_traces_and_metrics_of_both()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var collector = builder.Build();
        ConcurrentBag<string> got = [];
        collector.MapPost("/v1/{kind}", async (string kind, HttpRequest request) =>
        {
            using MemoryStream body = new();
            await request.Body.CopyToAsync(body);
            got.Add($"{kind} {Encoding.UTF8.GetString(body.ToArray())}"); // protobuf, in which texts are plain
            return Results.Ok();
        });
        await collector.StartAsync();

        await using var plant = await TestPlant.CreateAsync(DatabaseProvider.Sqlite);
        await plant.StaffAsync();
        Dictionary<string, string> settings = new()
        {
            ["Database__Provider"] = "Sqlite",
            ["Database__ConnectionString"] = plant.Database.Options.ConnectionString, ["Database__Files"] = plant.Database.Options.Files!,
            ["Database__Migrate"] = "false",
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Urls.First(),
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
        };
        await using var graph = Programs.Start("Cmms.Graph", settings);
        await using var worker = Programs.Start("Cmms.Worker", settings);
        using HttpClient http = new() { BaseAddress = new Uri(await graph.SaysAsync("Now listening on: ")) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "test-admin");
        using var response = await http.PostAsJsonAsync("/graphql", new { query = "query WhoAmI($secret: String) { me { fullName @skip(if: false) } parts(search: $secret) { totalCount } }", variables = new { secret = "hunter2" } });
        Assert.DoesNotContain("errors", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        await Until(() => got.Any(text => Has(text, "traces", "cmms-graph", "graphql.operation.name", "WhoAmI", "graphql.document.hash")));
        await Until(() => got.Any(text => Has(text, "metrics", "cmms-graph", "graphql.server.operation.duration", "graphql.operation.type")));
        await Until(() => got.Any(text => Has(text, "metrics", "cmms-worker")));
        Assert.DoesNotContain(got, text => text.Contains("hunter2", StringComparison.Ordinal));
    }

    private static bool Has(string text, params string[] parts) => parts.All(part => text.Contains(part, StringComparison.Ordinal));

    private static async Task Until(Func<bool> arrived)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(3));
        while (!arrived()) await Task.Delay(50, patience.Token);
    }
}
