using System.Buffers.Text;
using System.Security.Cryptography;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Graph.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cmms.Tests.Access;

/// <summary>Ten thousand keys made up, and as many keys and tokens of which a little was changed: none lets anybody in.</summary>
public sealed class TamperedCredentialTests
{
    private const int Many = 10_000, OverHttp = 300;
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static readonly string s_strange = "+/=. \t\u0000\u00e9\u4e2d\"'%,;~";

    [Theory, Sqlite, PostgreSql]
    public async Task Ten_thousand_random_keys_open_nothing(DatabaseProvider database)
    {
        await using var plant = await TestPlant.CreateAsync(database);
        await using var graph = await TestGraph.StartAsync(plant);
        Random random = new(20260302);
        await NoneOpensAsync(graph, Enumerable.Range(0, Many).Select(_ => Key(random)));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Ten_thousand_tampered_keys_open_nothing(DatabaseProvider database)
    {
        await using var plant = await TestPlant.CreateAsync(database);
        await using var graph = await TestGraph.StartAsync(plant);
        var secret = await AddKeyAsync(plant);
        Random random = new(20260302);
        await NoneOpensAsync(graph, Enumerable.Range(0, Many).Select(_ => Tamper(secret, random)));
        Assert.StartsWith("200 ", await graph.KnockAsync(secret), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ten_thousand_tampered_tokens_say_nothing()
    {
        await using var plant = await TestPlant.CreateAsync(DatabaseProvider.Sqlite);
        await using var provider = await TestProvider.StartAsync(plant.Clock);
        await using var graph = await TestGraph.StartAsync(plant, provider.Settings);
        var token = provider.Token("abc", "admin@example.test");
        Random random = new(20260302);
        // Each letter of it once, in its class of letters and outside of it, and then more changes anywhere.
        var tampered = Enumerable.Range(0, token.Length).Select(at => Replace(token, at, random, Letters))
            .Concat(Enumerable.Range(0, token.Length).Select(at => Replace(token, at, random, s_strange)))
            .Concat(Enumerable.Range(0, Many - 2 * token.Length).Select(_ => Tamper(token, random))).ToList();
        Assert.Equal(Many, tampered.Count);

        var reader = graph.Services.GetRequiredService<ProviderTokens>();
        Assert.NotNull((await reader.ReadAsync(token, default)).Token);
        foreach (var text in tampered) Assert.True((await reader.ReadAsync(text, default)).Token is null, text);
        var refused = await graph.KnockAsync("cmms_a_key_that_nobody_has");
        foreach (var text in tampered.Where((_, i) => i % (Many / OverHttp) == 0).Where(IsHeader)) Assert.Equal(refused, await graph.KnockAsync(text));
        Assert.Contains("admin@example.test", await graph.KnockAsync(token), StringComparison.Ordinal);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Unknown_revoked_and_expired_keys_and_those_of_who_has_left_take_the_same_statement_and_get_the_same_bytes(DatabaseProvider database)
    {
        using StatementLog log = new();
        await using var plant = await TestPlant.CreateAsync(database);
        await using var provider = await TestProvider.StartAsync(plant.Clock);
        await using var graph = await TestGraph.StartAsync(plant, provider.Settings);
        var (revoked, expired, orphan, good) = (await AddKeyAsync(plant), await AddKeyAsync(plant), await AddKeyAsync(plant), await AddKeyAsync(plant));
        await ChangeAsync(plant, revoked, key => key.Revoke(plant.Now));
        await ChangeAsync(plant, orphan, key => key.User.Deactivate(otherOwners: 1));
        await plant.Database.ExecuteAsync($"UPDATE api_key SET expires_at = created_at WHERE hash = '{ApiKey.HashOf(expired)}'");
        Assert.StartsWith("200 ", await graph.KnockAsync(good), StringComparison.Ordinal);

        List<(string What, string Answer, string Statement)> seen = [];
        foreach (var (what, secret) in ((string, string)[])[("unknown", "cmms_" + new string('a', 43)), ("revoked", revoked), ("expired", expired), ("of who has left", orphan), ("short", "x"), ("dots", "a.b")])
        {
            log.Count(plant.Database.Options);
            seen.Add((what, await graph.KnockAsync(secret), Assert.Single(log.Statements)));
        }
        Assert.All(seen, s => Assert.Equal((s.What, seen[0].Answer, seen[0].Statement), s));
        Assert.StartsWith("401 ", seen[0].Answer, StringComparison.Ordinal);
        Assert.Contains("WWW-Authenticate: Bearer", seen[0].Answer, StringComparison.Ordinal);
    }

    private static async Task NoneOpensAsync(TestGraph graph, IEnumerable<string> secrets)
    {
        var now = graph.Plant.Now;
        await using var db = graph.Plant.Database.For(Scope.System);
        var refused = await graph.KnockAsync("cmms_a_key_that_nobody_has");
        Assert.StartsWith("401 ", refused, StringComparison.Ordinal);
        foreach (var (i, secret) in secrets.Index())
        {
            Assert.True(await db.FindCaller(secret, now, default) is null, secret);
            if (i % (Many / OverHttp) == 0 && IsHeader(secret)) Assert.Equal(refused, await graph.KnockAsync(secret));
        }
    }

    /// <summary>Over HTTP, what is beyond ASCII never arrives, and space around it is no part of it.</summary>
    private static bool IsHeader(string text) => text.Length > 0 && text.All(c => c is > ' ' and < (char)127);

    private static string Key(Random random)
    {
        var bytes = new byte[32];
        random.NextBytes(bytes);
        return "cmms_" + Base64Url.EncodeToString(bytes);
    }

    private static string Tamper(string text, Random random)
    {
        var at = random.Next(text.Length);
        return random.Next(6) switch
        {
            0 => text.Remove(at, 1),
            1 => text.Insert(at, Letters[random.Next(Letters.Length)].ToString()),
            2 => text[..at],
            3 => text + Letters[random.Next(Letters.Length)],
            4 => Replace(text, at, random, s_strange),
            _ => Replace(text, at, random, Letters),
        };
    }

    private static string Replace(string text, int at, Random random, string by)
    {
        char other;
        do other = by[random.Next(by.Length)];
        while (other == text[at]);
        return text[..at] + other + text[(at + 1)..];
    }

    private static Task<string> AddKeyAsync(TestPlant plant) => plant.WriteAsync(db =>
    {
        var user = new User("John", "Doe", $"john{RandomNumberGenerator.GetHexString(8)}@acme.com");
        var (key, secret) = ApiKey.Create(user, "Script", null, plant.Now);
        db.Add(key);
        return Task.FromResult(secret);
    });

    private static Task ChangeAsync(TestPlant plant, string secret, Action<ApiKey> change) => plant.WriteAsync(async db =>
    {
        var hash = ApiKey.HashOf(secret);
        change(await db.ApiKeys.Include(k => k.User).SingleAsync(k => k.Hash == hash));
    });
}
