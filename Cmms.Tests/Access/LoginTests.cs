using Cmms.Domain;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cmms.Tests.Access;

/// <summary>A session counts as one login, however many tokens and processes it reaches, and costs a write only then.</summary>
public sealed class LoginTests
{
    private const string TheAdmin = "admin@example.test";

    [Theory, Sqlite, PostgreSql]
    public async Task Two_processes_count_one_login_once(DatabaseProvider database)
    {
        await using var plant = await TestPlant.CreateAsync(database);
        await using var provider = await TestProvider.StartAsync(plant.Clock);
        await using var graph = await TestGraph.StartAsync(plant, provider.Settings);
        await using var another = await TestGraph.ReopenAsync(plant, provider.Settings);

        for (var session = 1; session <= 3; session++)
        {
            var token = provider.Token("abc", TheAdmin, $"session {session}");
            foreach (var answer in await Task.WhenAll(Enumerable.Range(0, 8).Select(i => (i % 2 == 0 ? graph : another).KnockAsync(token))))
                Assert.Contains(TheAdmin, answer, StringComparison.Ordinal);
            plant.Clock.Advance(TimeSpan.FromMinutes(10));
            var refreshed = provider.Token("abc", TheAdmin, $"session {session}");
            Assert.Contains(TheAdmin, await graph.KnockAsync(refreshed), StringComparison.Ordinal);
            Assert.Equal((session, plant.Now - TimeSpan.FromMinutes(10)), await LoginsAsync(plant));
        }
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_session_that_is_known_is_one_statement_and_no_write(DatabaseProvider database)
    {
        using StatementLog log = new();
        await using var plant = await TestPlant.CreateAsync(database);
        await using var provider = await TestProvider.StartAsync(plant.Clock);
        await using var graph = await TestGraph.StartAsync(plant, provider.Settings);
        var token = provider.Token("abc", TheAdmin);
        await graph.KnockAsync(token);

        log.Count(plant.Database.Options);
        await graph.KnockAsync("test-admin");
        var byKey = OfRequests(log).Count(s => s.Contains("SELECT", StringComparison.Ordinal)); // that it was used is noted beside the request
        log.Count(plant.Database.Options);
        Assert.Contains(TheAdmin, await graph.KnockAsync(token), StringComparison.Ordinal);
        var statements = OfRequests(log).ToList();
        Assert.True(byKey == statements.Count, string.Join('\n', statements));
        Assert.All(statements, s => Assert.Contains("SELECT", s, StringComparison.Ordinal));

        // Beside requests, the log of events is followed.
        static IEnumerable<string> OfRequests(StatementLog log) => log.Statements.Where(s => !s.Contains("event", StringComparison.Ordinal));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_session_that_goes_on_for_weeks_stays_one_login_and_is_forgotten_long_after_its_end(DatabaseProvider database)
    {
        await using var plant = await TestPlant.CreateAsync(database);
        await using var provider = await TestProvider.StartAsync(plant.Clock);
        await using var graph = await TestGraph.StartAsync(plant, provider.Settings);
        for (var day = 0; day < 90; day += 30)
        {
            await graph.KnockAsync(provider.Token("abc", TheAdmin));
            Assert.Equal(0, await Logins.ForgetLogins(plant.Database.Factory, plant.Now, default));
            Assert.Equal(1, (await LoginsAsync(plant)).Count);
            plant.Clock.Advance(TimeSpan.FromDays(30));
        }
        plant.Clock.Advance(TimeSpan.FromDays(31));
        Assert.Equal(1, await Logins.ForgetLogins(plant.Database.Factory, plant.Now, default));
        Assert.Equal(0, await Logins.ForgetLogins(plant.Database.Factory, plant.Now, default));
    }

    [Fact]
    public async Task What_tells_sessions_apart_is_the_providers_word_for_them()
    {
        await using var plant = await TestPlant.CreateAsync(DatabaseProvider.Sqlite);
        await using var provider = await TestProvider.StartAsync(plant.Clock);
        await using var graph = await TestGraph.StartAsync(plant, provider.Settings);
        (string, object?)[][] said =
        [
            [("sid", "a"), ("jti", "1")], [("sid", "a"), ("jti", "2")], // one
            [("sid", null), ("jti", "1")], [("sid", null), ("jti", "1"), ("auth_time", 1)], // two
            [("sid", null), ("auth_time", 1)], [("sid", null), ("auth_time", 1), ("iat", 2)], // three
            [("sid", null), ("iat", 1)], [("sid", null), ("iat", 2)], // four, five
        ];
        foreach (var changes in said) await graph.KnockAsync(provider.Token("abc", TheAdmin, changes));
        Assert.Equal(5, (await LoginsAsync(plant)).Count);
        // A refused token is no login, nor is a key's use.
        await graph.KnockAsync(provider.Token("abc", TheAdmin, ("sid", "z"), ("aud", "other")));
        await graph.KnockAsync("test-admin");
        Assert.Equal(5, (await LoginsAsync(plant)).Count);
    }

    private static async Task<(int Count, Instant? Last)> LoginsAsync(TestPlant plant)
    {
        var user = await plant.Database.ReadAsync(Scope.Customer(plant.CustomerId), db => db.Users.SingleAsync(u => u.Email == TheAdmin));
        return (user.LoginCount, user.LastLoginAt);
    }
}
