using System.Text;
using System.Text.Json;
using Cmms.Domain.Persistence;
using Xunit;
using static Cmms.Tests.Access.KeyedRequests;

namespace Cmms.Tests.Access;

/// <summary>What is a key, where it travels, and what is not kept for it.</summary>
public sealed class KeyTests
{
    public static TheoryData<string> NoKeys => ["", "two words", "ñandú", new string('k', 256), "tab\there"];

    [Theory, MemberData(nameof(NoKeys))]
    public async Task What_is_no_key_is_refused_by_its_name(string key)
    {
        await using var graph = await TestGraph.StartAsync(DatabaseProvider.Sqlite);
        foreach (var accept in (string[])["application/graphql-response+json", "application/json"])
        {
            var refused = await graph.KeyedAsync(key, Create, new { name = "Belt" }, accept: accept);
            Assert.Equal((400, "BAD_USER_INPUT"), (refused.Status, refused.Code));
            Assert.Contains("'Idempotency-Key'", refused.Text, StringComparison.Ordinal);
        }
        Assert.Empty(await graph.PartNamesAsync());
        // A query has no use for it.
        Assert.Equal(200, (await graph.KeyedAsync(key, "{ me { id } }")).Status);
    }

    [Fact]
    public async Task Up_to_255_visible_characters_are_a_key_and_a_query_leaves_none()
    {
        await using var graph = await TestGraph.StartAsync(DatabaseProvider.Sqlite);
        var longest = new string('~', 254) + "!";
        Assert.Equal(200, (await graph.KeyedAsync("q", "{ parts { totalCount } }")).Status);
        Assert.Empty(await graph.KeptAsync());
        var first = await graph.KeyedAsync(longest, Create, new { name = "Belt" });
        (await graph.KeyedAsync(longest, Create, new { name = "Belt" })).AssertReplayOf(first);
        Assert.Equal(401, (await graph.KeyedAsync("k", Create, new { name = "Belt" }, @as: null)).Status);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_secret_is_shown_once_and_kept_nowhere(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        const string Two = """mutation { a: createApiKey(input: { name: "CI" }) { apiKey { name } secret again: secret errors { ... on Error { code } } } b: createApiKey(input: { name: "" }) { secret errors { ... on Error { code } } } }""";
        var first = await graph.KeyedAsync("k", Two);
        var secret = first.Json.GetProperty("data").GetProperty("a").GetProperty("secret").GetString()!;
        Assert.Equal(secret, first.Json.GetProperty("data").GetProperty("a").GetProperty("again").GetString());
        Assert.Equal(200, (await graph.KeyedAsync(null, "{ me { id } }", @as: secret)).Status);

        var again = await graph.KeyedAsync("k", Two);
        Assert.Equal((200, true), (again.Status, again.IsReplay));
        Assert.Equal("""{"a":{"apiKey":{"name":"CI"},"secret":null,"again":null,"errors":null},"b":{"secret":null,"errors":[{"code":"INVALID_VALUE"}]}}""", again.Json.GetProperty("data").GetRawText());
        Assert.Equal(["""SHOWN_ONCE ["a","secret"]""", """SHOWN_ONCE ["a","again"]"""],
            again.Json.GetProperty("errors").EnumerateArray().Select(e => $"{e.GetProperty("extensions").GetProperty("code").GetString()} {e.GetProperty("path").GetRawText()}"));
        Assert.DoesNotContain(await graph.KeptAsync(), row => row.Contains(secret[12..], StringComparison.Ordinal));
        Assert.Equal(1, (await graph.DataAsync("{ apiKeys(where: { name: { eq: \"CI\" } }) { totalCount } }")).GetProperty("apiKeys").GetProperty("totalCount").GetInt32());
        if (provider is DatabaseProvider.Sqlite) Assert.DoesNotContain(secret, Everything(graph), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whatever_is_called_a_secret_is_shown_once()
    {
        await using var graph = await TestGraph.StartAsync(DatabaseProvider.Sqlite);
        var schema = (Engines.GraphQL.Types.Schema)graph.Services.GetService(typeof(Engines.GraphQL.Types.Schema))!;
        var secrets = schema.Types.Values.OfType<Engines.GraphQL.Types.ObjectType>().SelectMany(t => t.Fields)
            .Where(f => f.Name.Contains("secret", StringComparison.OrdinalIgnoreCase) || f.Name.Contains("token", StringComparison.OrdinalIgnoreCase) || f.Name.Contains("password", StringComparison.OrdinalIgnoreCase)).ToList();
        Assert.NotEmpty(secrets);
        Assert.All(secrets, f => Assert.True(f.ShownOnce, f.Name));
        Assert.All(secrets, f => Assert.False(f.Type.IsNonNull, f.Name));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_socket_gives_the_key_in_the_extensions(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        var overHttp = await graph.KeyedAsync("k", Create, new { name = "Belt" });
        await using var socket = await graph.SubscribeAsync("{ me { id } }");
        await socket.ReceiveAsync();
        await socket.ReceiveAsync();

        async Task<JsonElement> SendAsync(string id, string name, object? key)
        {
            await socket.SendAsync(new { id, type = "subscribe", payload = new { query = Create, variables = new { name }, extensions = new { idempotencyKey = key } } });
            return await socket.ReceiveAsync();
        }

        Assert.Equal(overHttp.Text, (await SendAsync("2", "Belt", "k")).GetProperty("payload").GetRawText());
        await socket.ReceiveAsync();
        foreach (var (id, name, key, code) in ((string, string, object, string)[])[("3", "Chain", "k", "IDEMPOTENCY_KEY_REUSED"), ("4", "Belt", 7, "BAD_USER_INPUT"), ("5", "Belt", "", "BAD_USER_INPUT")])
        {
            var refused = await SendAsync(id, name, key);
            Assert.Equal(("error", code), (refused.GetProperty("type").GetString(), refused.GetProperty("payload")[0].GetProperty("extensions").GetProperty("code").GetString()));
        }
        Assert.Equal(["Belt"], await graph.PartNamesAsync());
    }

    [Fact]
    public async Task Over_HTTP_the_extensions_are_read_as_well_but_not_against_the_header()
    {
        await using var graph = await TestGraph.StartAsync(DatabaseProvider.Sqlite);
        Task<KeyedAnswer> AskAsync(string? header, string? extension) => SendAsync(graph.Address, header, new StringContent(
            $$$"""{"query":"mutation { createPart(input: { name: \"Belt\" }) { part { id } } }","extensions":{"idempotencyKey":{{{JsonSerializer.Serialize(extension)}}}}}""", Encoding.UTF8, "application/json"));

        var first = await AskAsync(null, "k");
        (await AskAsync("k", null)).AssertReplayOf(first);
        (await AskAsync("k", "k")).AssertReplayOf(first);
        var two = await AskAsync("k", "l");
        Assert.Equal((400, "BAD_USER_INPUT"), (two.Status, two.Code));
    }

    [Fact]
    public async Task An_answer_that_is_too_long_to_be_kept_is_refused_and_undone()
    {
        await using var graph = await TestGraph.StartAsync(DatabaseProvider.Sqlite);
        await graph.Plant.WriteAsync(db =>
        {
            for (var i = 0; i < 100; i++) db.Add(new Domain.Inventory.Part($"Part {i}") { Description = new string('x', 3_000) });
            return Task.CompletedTask;
        });
        const string Long = """mutation { createPart(input: { name: "Belt" }) { part { name } query { a: parts(first: 100) { nodes { description } } b: parts(first: 100) { nodes { description } } c: parts(first: 100) { nodes { description } } d: parts(first: 100) { nodes { description } } } } }""";
        var refused = await graph.KeyedAsync("k", Long);
        Assert.Equal("QUERY_TOO_COMPLEX", refused.Code);
        Assert.DoesNotContain("xxx", refused.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Belt", await graph.PartNamesAsync());
        Assert.Equal(200, (await graph.KeyedAsync("k", Create, new { name = "Belt" })).Status);
    }

    /// <summary>Every byte of the database, as text.</summary>
    private static string Everything(TestGraph graph)
    {
        var file = new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder(graph.Plant.Database.Options.ConnectionString).DataSource;
        return string.Concat(((string[])["", "-wal"]).Where(end => File.Exists(file + end)).Select(end =>
        {
            using FileStream open = new(file + end, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using StreamReader reader = new(open, Encoding.Latin1);
            return reader.ReadToEnd();
        }));
    }
}
