using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Cmms.Tests.Faults;

/// <summary>A caller of a Graph in another process, as a public client is one.</summary>
internal sealed class GraphClient(string @as = "admin") : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromSeconds(30) }) { Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>The whole answer, also one of errors.</summary>
    /// <exception cref="HttpRequestException">There was none: what was asked may have been done or not.</exception>
    public async Task<JsonElement> AskAsync(Uri graph, string document, object? variables = null)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, graph) { Content = JsonContent.Create(new { query = document, variables }) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", $"test-{@as}");
        using var response = await _http.SendAsync(request);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>The payload of the one mutation, acknowledged and without errors; null where the Graph, or its database, was not there or went away.</summary>
    public async Task<JsonElement?> TryAsync(Uri? graph, string document, object? variables = null)
    {
        if (graph is null) return null;
        try
        {
            var answer = await AskAsync(graph, document, variables);
            if (answer.TryGetProperty("errors", out _) || answer.GetProperty("data").EnumerateObject().Single().Value is not { ValueKind: JsonValueKind.Object } payload) return null;
            return payload.GetProperty("errors").ValueKind is JsonValueKind.Null ? payload : throw new InvalidOperationException($"A typed error: {answer}");
        }
        catch (Exception gone) when (gone is HttpRequestException or TaskCanceledException or JsonException or IOException)
        {
            return null;
        }
    }

    public void Dispose() => _http.Dispose();
}
