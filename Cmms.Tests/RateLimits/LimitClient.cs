using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Cmms.Tests.RateLimits;

/// <summary>Asks a Graph, and tells of each answer what it says of the limits.</summary>
internal sealed class LimitClient(TestGraph graph) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 64 });

    public Uri Address => graph.Address;

    /// <param name="as">The role of the caller, a whole key, or null for nobody.</param>
    public async Task<LimitAnswer> AskAsync(string document = "{ me { id } }", string? @as = "admin", string? from = null)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, Address) { Content = JsonContent.Create(new { query = document }) };
        if (@as is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", @as.Contains('-', StringComparison.Ordinal) ? @as : $"test-{@as}");
        if (from is not null) request.Headers.Add("X-Forwarded-For", from);
        return await SendAsync(request);
    }

    public async Task<LimitAnswer> SendAsync(HttpRequestMessage request)
    {
        using var response = await _http.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        var code = body.StartsWith('{') && JsonElement.Parse(body).TryGetProperty("errors", out var errors) ? errors[0].GetProperty("extensions").GetProperty("code").GetString() : null;
        return new LimitAnswer((int)response.StatusCode, code, Number(response, "X-RateLimit-Limit"), Number(response, "X-RateLimit-Remaining"),
            Number(response, "X-RateLimit-Reset"), Number(response, "Retry-After"), response.Headers);
    }

    /// <summary>So many at once.</summary>
    public Task<LimitAnswer[]> AskManyAsync(int count, string document = "{ me { id } }", string? @as = "admin") =>
        Task.WhenAll(Enumerable.Range(0, count).Select(_ => AskAsync(document, @as)));

    public void Dispose() => _http.Dispose();

    private static long? Number(HttpResponseMessage response, string header) =>
        response.Headers.TryGetValues(header, out var values) ? long.Parse(values.Single(), System.Globalization.CultureInfo.InvariantCulture) : null;
}

internal sealed record LimitAnswer(int Status, string? Code, long? Limit, long? Remaining, long? Reset, long? RetryAfter, HttpResponseHeaders Headers)
{
    public bool IsIn => Status == 200 && Code is null;
    public bool IsRefused => (Status, Code, Remaining) == (429, "RATE_LIMITED", 0) && RetryAfter is > 0;
}
