using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cmms.Tests.Access;

/// <summary>What a request with an <c>Idempotency-Key</c> was answered.</summary>
internal sealed record KeyedAnswer(int Status, string Text, bool IsReplay)
{
    public JsonElement Json => JsonElement.Parse(Text);

    public string? Code => Json.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString();
}

internal static class KeyedRequests
{
    public const string Create = "mutation($name: String!, $number: String) { createPart(input: { name: $name, number: $number }) { part { id name number version } errors { __typename ... on Error { code message path } } query { parts { totalCount } } } }";

    // Also what no header should hold.
    private static readonly HttpClient s_http = new(new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => System.Text.Encoding.UTF8 });

    public static Task<KeyedAnswer> KeyedAsync(this TestGraph graph, string? key, string document, object? variables = null, string? @as = "admin", string? site = null, string? accept = "application/graphql-response+json") =>
        SendAsync(graph.Address, key, JsonContent.Create(new { query = document, variables }), @as, site, accept);

    public static async Task<KeyedAnswer> SendAsync(Uri address, string? key, HttpContent body, string? @as = "admin", string? site = null, string? accept = null)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, address) { Content = body };
        if (accept is not null) request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));
        if (@as is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", @as.StartsWith("cmms_", StringComparison.Ordinal) ? @as : $"test-{@as}");
        if (site is not null) request.Headers.Add("X-Site-Id", site);
        if (key is not null) Assert.True(request.Headers.TryAddWithoutValidation("Idempotency-Key", key));
        using var response = await s_http.SendAsync(request);
        return new KeyedAnswer((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.Contains("Idempotency-Replayed"));
    }

    /// <summary>That the same came again, and as a replay.</summary>
    public static void AssertReplayOf(this KeyedAnswer again, KeyedAnswer first)
    {
        Assert.False(first.IsReplay);
        Assert.Equal(first with { IsReplay = true }, again);
    }

    public static Task<List<string>> PartNamesAsync(this TestGraph graph) => graph.Plant.ReadAsync(db => db.Parts.OrderBy(p => p.Id).Select(p => p.Name).ToListAsync());

    public static Task<long> EventCountAsync(this TestGraph graph) =>
        graph.Plant.Database.ReadAsync(Scope.Customer(graph.Plant.CustomerId), db => db.Events.IgnoreQueryFilters().LongCountAsync());

    /// <summary>All rows of kept answers as texts.</summary>
    public static async Task<List<string>> KeptAsync(this TestGraph graph) => await graph.Plant.Database.ReadAsync(Scope.System, async db =>
        (await db.Set<Domain.Persistence.Sql.KeptAnswer>().OrderBy(a => a.KeptAt).ThenBy(a => a.Ordinal).ToListAsync())
            .ConvertAll(a => $"{a.Credential} {a.Key} {a.Ordinal} {System.Text.Encoding.UTF8.GetString(a.Field)} {System.Text.Encoding.UTF8.GetString(a.Errors)}"));
}
