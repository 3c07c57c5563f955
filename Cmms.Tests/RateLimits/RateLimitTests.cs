using System.Net;
using Cmms.Domain.Persistence;
using Xunit;

namespace Cmms.Tests.RateLimits;

/// <summary>How much one key and one address may ask for, through the real pipeline; counted in memory on SQLite, in the database on PostgreSQL.</summary>
public sealed class RateLimitTests
{
    [Theory, Sqlite, PostgreSql]
    public async Task Of_hundreds_at_once_exactly_as_many_are_let_in_as_are_allowed(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider, Limits(requests: 100));
        using LimitClient client = new(graph);
        var answers = await client.AskManyAsync(300);
        Assert.Equal(Enumerable.Range(0, 100).Select(i => (long?)i), answers.Where(a => a.IsIn).Select(a => a.Remaining).Order()); // each its own number
        Assert.Equal(200, answers.Count(a => a.IsRefused));
        Assert.All(answers, a => Assert.Equal((100, graph.Plant.Clock.GetUtcNow().AddMinutes(5).ToUnixTimeSeconds()), (a.Limit, a.Reset)));
        Assert.True((await client.AskAsync(@as: "manager")).IsIn); // another key
    }

    [Theory, Sqlite, PostgreSql]
    public async Task An_address_is_counted_for_all_its_keys_for_wrong_ones_and_for_nobody(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider, Limits(requests: 5, addressRequests: 12));
        using LimitClient client = new(graph);
        for (var left = 4; left >= 0; left--) Assert.Equal((true, 5, left), await StandingAsync("admin"));
        Assert.Equal((false, 5, 0), await StandingAsync("admin")); // which counts for the address
        for (var left = 4; left >= 1; left--) Assert.Equal((true, 5, left), await StandingAsync("manager"));
        Assert.Equal("UNAUTHENTICATED", (await client.AskAsync(@as: "wrong-key")).Code);
        Assert.Equal((true, 12, 0), await StandingAsync(null)); // eleven and this one
        foreach (var anybody in (string?[])["manager", "viewer", "wrong-key", null]) Assert.Equal((false, 12, 0), await StandingAsync(anybody));

        async Task<(bool IsIn, long? Limit, long? Remaining)> StandingAsync(string? who)
        {
            var answer = await client.AskAsync(who is null ? "{ __typename }" : "{ me { id } }", who);
            Assert.True(answer.IsIn || answer.IsRefused, answer.ToString());
            return (answer.IsIn, answer.Limit, answer.Remaining);
        }
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_window_begins_with_its_first_request_and_what_Retry_After_says_is_true(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider, Limits(requests: 2));
        using LimitClient client = new(graph);
        var clock = graph.Plant.Clock;
        await client.AskAsync();
        clock.Advance(TimeSpan.FromSeconds(100.5));
        await client.AskAsync();
        Assert.Equal(200, (await client.AskAsync()).RetryAfter);
        clock.Advance(TimeSpan.FromSeconds(199));
        var refused = await client.AskAsync();
        Assert.Equal((true, 1), (refused.IsRefused, refused.RetryAfter));
        clock.Advance(TimeSpan.FromSeconds(1));
        var again = await client.AskAsync();
        Assert.Equal((true, 1, clock.GetUtcNow().AddMinutes(5).AddSeconds(0.5).ToUnixTimeSeconds()), (again.IsIn, again.Remaining, again.Reset));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task The_log_as_a_file_is_a_request_like_others_and_costs_what_is_read(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider, Limits(requests: 2));
        using HttpClient http = new();
        http.DefaultRequestHeaders.Authorization = new("Bearer", "test-admin");
        for (var left = 1; left >= 0; left--)
        {
            using var let = await http.GetAsync(new Uri(graph.Address, "/export/events"));
            Assert.Equal((HttpStatusCode.OK, $"{left}"), (let.StatusCode, let.Headers.GetValues("X-RateLimit-Remaining").Single()));
            Assert.NotEmpty(await let.Content.ReadAsStringAsync());
        }
        using var refused = await http.GetAsync(new Uri(graph.Address, "/export/events"));
        Assert.Equal((HttpStatusCode.TooManyRequests, true), (refused.StatusCode, refused.Headers.RetryAfter is not null));
        Assert.Contains("RATE_LIMITED", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task What_operations_cost_is_limited_too(DatabaseProvider provider)
    {
        const string page = "{ parts(first: 20) { nodes { id } } }"; // costs 21
        await using var graph = await TestGraph.StartAsync(provider, Limits(cost: 50));
        using LimitClient client = new(graph);
        foreach (var expected in (long[])[999, 998, 0]) Assert.Equal((true, expected), await OneAsync());
        Assert.Equal((false, 0), await OneAsync());
        Assert.True((await client.AskAsync("{ __typename }")).IsRefused); // what costs nothing waits as well
        Assert.True((await client.AskAsync(page, "manager")).IsIn);
        graph.Plant.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal((true, 999), await OneAsync());

        async Task<(bool, long?)> OneAsync()
        {
            var answer = await client.AskAsync(page);
            return (answer.IsIn, answer.Remaining);
        }
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_clock_that_is_set_wrong_and_right_again_keeps_nobody_waiting(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider, Limits(requests: 1));
        using LimitClient client = new(graph);
        var clock = graph.Plant.Clock;
        await ExhaustAsync();
        clock.Advance(TimeSpan.FromDays(40));
        await ExhaustAsync();
        clock.MoveTo(clock.GetUtcNow().AddDays(-40));
        // At most one window, counted from now.
        var answer = await client.AskAsync();
        Assert.True(answer.IsIn || answer is { IsRefused: true, RetryAfter: <= 300 }, answer.ToString());
        clock.Advance(TimeSpan.FromMinutes(5));
        await ExhaustAsync();

        async Task ExhaustAsync()
        {
            Assert.True((await client.AskAsync()).IsIn);
            Assert.True((await client.AskAsync()).IsRefused);
        }
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Who_tries_wrong_keys_soon_asks_the_database_nothing(DatabaseProvider provider)
    {
        using StatementLog log = new();
        await using var graph = await TestGraph.StartAsync(provider, Limits(addressRequests: 10));
        using LimitClient client = new(graph);
        log.Count(graph.Plant.Database.Options);
        Assert.Equal(10, (await client.AskManyAsync(20, @as: "wrong-key")).Count(a => a.Code == "UNAUTHENTICATED"));
        Assert.NotEmpty(log.Statements);
        log.Count(graph.Plant.Database.Options);
        Assert.All(await client.AskManyAsync(50, @as: "wrong-key"), a => Assert.True(a.IsRefused));
        Assert.Empty(log.Statements);
    }

    [Fact]
    public async Task Limits_can_be_turned_off()
    {
        await using var graph = await TestGraph.StartAsync(DatabaseProvider.Sqlite, ("RateLimits:Enabled", "false"), ("RateLimits:Requests", "1"));
        using LimitClient client = new(graph);
        Assert.All(await client.AskManyAsync(5), a => Assert.Equal((true, (long?)null), (a.IsIn, a.Limit)));
    }

    [Theory, InlineData("Requests", "0"), InlineData("AddressCost", "-1"), InlineData("Window", "00:00:00"), InlineData("Window", "2.00:00:00")]
    public async Task A_limit_that_cannot_be_is_said_at_start(string setting, string value) =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => TestGraph.StartAsync(DatabaseProvider.Sqlite, ($"RateLimits:{setting}", value)));

    internal static (string, string)[] Limits(int requests = 1_000, int addressRequests = 1_000, int cost = 1_000_000) =>
    [
        ("RateLimits:Enabled", "true"), ("RateLimits:Requests", $"{requests}"), ("RateLimits:AddressRequests", $"{addressRequests}"), ("RateLimits:Cost", $"{cost}"),
    ];
}
