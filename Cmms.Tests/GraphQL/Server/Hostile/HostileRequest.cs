using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Cmms.Tests.GraphQL.Server.Hostile;

/// <summary>A request that nobody sends in good faith, and the answer that it gets.</summary>
/// <param name="Expected">The status, then the codes of the errors that may be in the answer, each once; a status alone: an answer without errors.</param>
internal sealed record HostileRequest(string What, string Expected, Func<Uri, HttpRequestMessage> Make)
{
    /// <summary>What the server and this client together may allocate for it.</summary>
    public int MaxMegabytes { get; init; } = 32;

    /// <summary>Nobody is signed in.</summary>
    public bool Anonymous { get; init; }

    /// <summary>What the answer must say.</summary>
    public string? Says { get; init; }

    /// <summary>What the answer must not say, beside what none may.</summary>
    public string? NeverSays { get; init; }

    public static HostileRequest Document(string what, string expected, string document, string variables = "{}", string? operationName = null) =>
        Body(what, expected, $$"""{"query":{{JsonSerializer.Serialize(document)}},"operationName":{{JsonSerializer.Serialize(operationName)}},"variables":{{variables}}}""");

    public static HostileRequest Body(string what, string expected, string body, string contentType = "application/json") =>
        Body(what, expected, () => new ByteArrayContent(Encoding.UTF8.GetBytes(body)), contentType);

    public static HostileRequest Body(string what, string expected, Func<HttpContent> body, string? contentType = "application/json", Action<HttpRequestMessage>? change = null) => new(what, expected, address =>
    {
        HttpRequestMessage request = new(HttpMethod.Post, address) { Content = body() };
        if (contentType is not null) request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        change?.Invoke(request);
        return request;
    });

    public static HostileRequest Get(string what, string expected, string query, string method = "GET", Action<HttpRequestMessage>? change = null) => new(what, expected, address =>
    {
        HttpRequestMessage request = new(new HttpMethod(method), new Uri($"{address}?{query}"));
        change?.Invoke(request);
        return request;
    });

    public static HostileRequest Form(string what, string expected, Func<HttpContent> form, string? preflight = "1") =>
        Body(what, expected, form, contentType: null, request => { if (preflight is not null) request.Headers.Add("GraphQL-Preflight", preflight); });

    public HttpRequestMessage Request(Uri address)
    {
        var request = Make(address);
        if (request.Headers.Accept.Count == 0) request.Headers.TryAddWithoutValidation("Accept", "application/graphql-response+json, application/json;q=0.5");
        if (!Anonymous && !request.Headers.NonValidated.Contains("Authorization")) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "test-admin");
        return request;
    }
}
