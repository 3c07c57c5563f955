using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Cmms.Domain.Persistence;
using Cmms.Graph;
using Engines.GraphQL.Execution.Persisted;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Cmms.Tests.Observability;

/// <summary>What Graph's log says of operations, with everything turned on that can be logged at all.</summary>
public sealed class OperationLogTests
{
    private const string Secret = "hunter2-is-secret";

    [Fact]
    public async Task Failing_and_slow_operations_are_logged_by_name_and_hash_and_a_variable_never_shows()
    {
        await using var plant = await TestPlant.CreateAsync(DatabaseProvider.Sqlite);
        await plant.StaffAsync();
        using Lines lines = new();
        await using var app = await GraphHost.BuildAsync([], builder =>
        {
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Database:Provider"] = "Sqlite",
                ["Database:ConnectionString"] = plant.Database.Options.ConnectionString,
                ["Database:Files"] = plant.Database.Options.Files,
                ["Database:Migrate"] = "false",
                ["GraphQL:SlowAfter"] = "0", // everything is
                ["GraphQL:TraceDocuments"] = "true",
            });
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(lines);
        });
        await app.StartAsync();
        using HttpClient http = new() { BaseAddress = new Uri(app.Urls.First()) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "test-admin");

        const string works = "query FindParts($text: String) { parts(search: $text) { nodes { name } } }";
        const string refused = "query FindPart($id: ID!) { part(id: $id) { name } }";
        const string writes = "mutation NameVendor($name: String!) { createVendor(input: { name: $name }) { vendor { name } errors { __typename } } }";
        await Post(works, new { text = Secret });
        using (await http.GetAsync(new Uri($"/graphql?query={Uri.EscapeDataString(works)}&variables={Uri.EscapeDataString($$"""{"text":"{{Secret}}"}""")}", UriKind.Relative))) { }
        await Post(refused, new { id = new { hunter = Secret } });
        await Post(writes, new { name = Secret });
        await Post(writes, new { name = Secret }); // and once more, as a duplicate if that is one
        await Post("query Broken($text: String) { nothing(text: $text) }", new { text = Secret });
        await app.StopAsync();

        Assert.Contains(lines.All, line => line.Contains($"Query FindParts took", StringComparison.Ordinal) && line.Contains(HashOf(works), StringComparison.Ordinal));
        Assert.Contains(lines.All, line => line.Contains("Query FindPart answered BAD_USER_INPUT", StringComparison.Ordinal) && line.Contains(HashOf(refused), StringComparison.Ordinal));
        Assert.Contains(lines.All, line => line.Contains("Mutation NameVendor took", StringComparison.Ordinal));
        Assert.Contains(lines.All, line => line.Contains("answered GRAPHQL_VALIDATION_FAILED", StringComparison.Ordinal));
        Assert.DoesNotContain(lines.All, line => line.Contains("hunter2", StringComparison.Ordinal));
        Assert.DoesNotContain(lines.All, line => line.Contains("test-admin", StringComparison.Ordinal));

        async Task Post(string query, object variables)
        {
            using var response = await http.PostAsJsonAsync("/graphql", new { query, variables });
        }
    }

    private static string HashOf(string document) => TrustedDocuments.HashOf(Encoding.UTF8.GetBytes(document));

    /// <summary>Every line of every logger, with its scopes' values.</summary>
    private sealed class Lines : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public IReadOnlyCollection<string> All => _lines;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull
        {
            _lines.Enqueue(state.ToString() ?? "");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue(formatter(state, exception) + exception);

        public void Dispose()
        {
        }
    }
}
