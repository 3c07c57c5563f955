using Cmms.Domain.Persistence;
using Xunit;

namespace Cmms.Tests.RateLimits;

/// <summary>Where a request comes from is what its connection says, or a proxy that is trusted.</summary>
public sealed class ProxyTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("10.0.0.0/8")]
    public async Task Who_claims_to_come_from_elsewhere_is_counted_where_they_are(string? proxies)
    {
        await using var graph = await StartAsync(proxies);
        using LimitClient client = new(graph);
        foreach (var left in (long[])[2, 1, 0]) Assert.Equal(left, (await AskAsync(client, $"203.0.113.{left}")).Remaining);
        Assert.True((await AskAsync(client, "203.0.113.9")).IsRefused);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.0/8")]
    public async Task Behind_a_proxy_each_client_is_counted_alone_and_cannot_name_another(string proxies)
    {
        await using var graph = await StartAsync(proxies);
        using LimitClient client = new(graph);
        foreach (var left in (long[])[2, 1, 0]) Assert.Equal(left, (await AskAsync(client, "203.0.113.1")).Remaining);
        Assert.True((await AskAsync(client, "203.0.113.1")).IsRefused);
        Assert.True((await AskAsync(client, "203.0.113.77, 203.0.113.1")).IsRefused); // what the client itself wrote before the proxy's entry
        Assert.Equal(2, (await AskAsync(client, "203.0.113.2")).Remaining);
        Assert.Equal(1, (await AskAsync(client, "203.0.113.1, 203.0.113.2, 127.0.0.1")).Remaining); // through two proxies
    }

    [Theory, InlineData("everybody"), InlineData("10.0.0.0/99")]
    public async Task A_proxy_that_is_no_address_is_said_at_start(string proxies)
    {
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(proxies));
        Assert.Contains(proxies, refused.Message, StringComparison.Ordinal);
    }

    private static Task<LimitAnswer> AskAsync(LimitClient client, string from) => client.AskAsync("{ __typename }", @as: null, from);

    private static Task<TestGraph> StartAsync(string? proxies) =>
        TestGraph.StartAsync(DatabaseProvider.Sqlite, [.. RateLimitTests.Limits(addressRequests: 3), .. proxies is null ? [] : new[] { ("Proxies:0", proxies) }]);
}
