using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Cmms.Tests.Events;

public sealed partial class EventSecretTests
{
    /// <summary>Properties whose names sound like secrets and that are none, each with its reason.</summary>
    private static readonly Dictionary<string, string> s_harmless = new()
    {
        ["KeptAnswer.Credential"] = "names who asked, as an actor does",
    };

    [Fact]
    public void Whatever_sounds_like_a_secret_is_marked_as_one()
    {
        using var factory = new CmmsDbFactory(new DatabaseOptions { ConnectionString = "Data Source=:memory:" });
        var unmarked = from type in factory.Model.GetEntityTypes()
                       from property in type.GetProperties()
                       where SoundsSecret().IsMatch(property.Name) && property.FindAnnotation("Secret") is null
                       select $"{type.ClrType.Name}.{property.Name}";
        Assert.Equal(s_harmless.Keys.Order(), unmarked.Order());
        Assert.Contains(factory.Model.GetEntityTypes().SelectMany(t => t.GetProperties()), p => SoundsSecret().IsMatch(p.Name));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_secret_is_in_no_event_no_past_state_no_export_and_no_line_of_the_log(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider, ("Logging:LogLevel:Default", "Trace"), ("GraphQL:SlowAfter", "0"));
        using var lines = new Lines();
        graph.Services.GetRequiredService<ILoggerFactory>().AddProvider(lines);
        var made = await graph.PayloadAsync("""mutation { createApiKey(input: { name: "Gateway" }) { apiKey { id } secret } }""");
        var (secret, id) = (made.GetProperty("secret").GetString()!, made.GetProperty("apiKey").GetProperty("id").GetString()!);
        using HttpClient http = new();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        using var used = await http.PostAsync(graph.Address, new StringContent("""{"query":"mutation { createLocation(input: { name: \"Hall\" }) { location { id } } }"}""", System.Text.Encoding.UTF8, "application/json"));
        Assert.Contains("location", await used.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await graph.PayloadAsync($$"""mutation { revokeApiKey(input: { id: "{{id}}" }) { apiKey { id } } }""");

        List<string> texts = [.. lines.Written];
        Assert.NotEmpty(texts);
        texts.AddRange(await graph.Plant.Database.ReadAsync(Scope.System, db => db.Events.Select(e => e.Changes + " " + e.Reason).ToListAsync()));
        texts.Add((await graph.DataAsync("{ events(first: 100) { nodes { changes { field before after } before after apiKey { id name prefix } } } }")).GetRawText());
        var state = (await graph.DataAsync("query State($id: ID!, $at: DateTime!) { stateAt(id: $id, at: $at) }", new { id, at = graph.Plant.Now.ToString() })).GetProperty("stateAt");
        Assert.Equal("Gateway", state.GetProperty("name").GetString());
        texts.Add(state.GetRawText());
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "test-admin");
        var export = await http.GetStringAsync(new Uri(graph.Address, "/export/events"));
        Assert.Contains("ApiKeyRevoked", export, StringComparison.Ordinal);
        texts.Add(export);

        var hash = await graph.Plant.Database.ReadAsync(Scope.Customer(graph.Plant.CustomerId), db => db.ApiKeys.Where(k => k.Name == "Gateway").Select(k => k.Hash).SingleAsync());
        Assert.DoesNotContain(texts, text => text.Contains(secret, StringComparison.Ordinal) || text.Contains(hash, StringComparison.OrdinalIgnoreCase));
    }

    [GeneratedRegex("hash|secret|token|password|passphrase|credential|claimkey|privatekey|salt$", RegexOptions.IgnoreCase)]
    private static partial Regex SoundsSecret();

    /// <summary>Keeps what the program says.</summary>
    private sealed class Lines : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _written = new();

        public IReadOnlyCollection<string> Written => _written;

        public ILogger CreateLogger(string categoryName) => this;
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
        public bool IsEnabled(LogLevel logLevel) => true;
        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _written.Enqueue($"{formatter(state, exception)} {exception}");
        public void Dispose() { }
    }
}
