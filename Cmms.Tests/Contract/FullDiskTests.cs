using System.Net;
using System.Text.Json;
using Cmms.Domain.Persistence;
using Cmms.Tests.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cmms.Tests.Contract;

/// <summary>What clients and operators see when the database has no room left.</summary>
public sealed class FullDiskTests
{
    private const string Create = "mutation($input: CreateAssetInput!) { createAsset(input: $input) { asset { id } errors { __typename ... on Error { code message path } } } }";

    [Fact]
    public async Task A_full_disk_is_a_typed_error_and_not_ready_while_reading_goes_on_and_passes_when_there_is_room()
    {
        await using var graph = await TestGraph.StartAsync(DatabaseProvider.Sqlite);
        Assert.Equal(HttpStatusCode.OK, await ReadyAsync(graph));

        await LimitAsync(graph, 1); // as many pages as there are
        JsonElement refusal = default;
        var made = 0;
        for (; made < 200 && refusal.ValueKind is not JsonValueKind.Array; made++)
            refusal = (await graph.PayloadAsync(Create, Input(made))).GetProperty("errors");
        Assert.True(refusal.ValueKind is JsonValueKind.Array, "it never became full");
        Assert.Equal(("StorageFullError", "STORAGE_FULL"), (refusal[0].GetProperty("__typename").GetString(), refusal[0].GetProperty("code").GetString()));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await ReadyAsync(graph));
        Assert.Equal(made - 1, await CountAsync(graph));

        await LimitAsync(graph, 1_000_000);
        Assert.Equal(HttpStatusCode.OK, await ReadyAsync(graph));
        Assert.Equal(JsonValueKind.Null, (await graph.PayloadAsync(Create, Input(made))).GetProperty("errors").ValueKind);
        Assert.Equal(made, await CountAsync(graph));
    }

    [Fact]
    public async Task With_a_key_what_found_no_room_is_done_when_there_is_some()
    {
        await using var graph = await TestGraph.StartAsync(DatabaseProvider.Sqlite);
        var done = await graph.KeyedAsync("done", Create, Input(0));
        await LimitAsync(graph, 1);
        var made = 1;
        KeyedAnswer refused;
        do refused = await graph.KeyedAsync($"asset-{made}", Create, Input(made)); while (!refused.Text.Contains("STORAGE_FULL", StringComparison.Ordinal) && ++made < 200);
        Assert.Equal("""{"data":{"createAsset":{"asset":null,"errors":[{"__typename":"StorageFullError","code":"STORAGE_FULL","message":"The database has no room left; nothing was changed.","path":null}]}}}""", refused.Text);
        Assert.Equal(made, await CountAsync(graph));
        // What was answered is given again all the same.
        (await graph.KeyedAsync("done", Create, Input(0))).AssertReplayOf(done);

        await LimitAsync(graph, 1_000_000);
        Assert.DoesNotContain("STORAGE_FULL", (await graph.KeyedAsync($"asset-{made}", Create, Input(made))).Text, StringComparison.Ordinal);
        Assert.Equal(made + 1, await CountAsync(graph));
    }

    private static object Input(int i) => new { input = new { name = $"Asset {i}", description = new string('x', 4000) } };

    private static async Task<int> CountAsync(TestGraph graph) =>
        (await graph.DataAsync("{ assets { totalCount } }")).GetProperty("assets").GetProperty("totalCount").GetInt32();

    private static async Task<HttpStatusCode> ReadyAsync(TestGraph graph)
    {
        using HttpClient http = new();
        using var answer = await http.GetAsync(new Uri(graph.Address, "/health/ready"));
        return answer.StatusCode;
    }

    /// <summary>Every connection of the program's pool, all of them taken at once, is given this many pages.</summary>
    private static async Task LimitAsync(TestGraph graph, int pages)
    {
        var factory = graph.Services.GetRequiredService<CmmsDbFactory>();
        List<CmmsDb> taken = [];
        for (var i = 0; i < 12; i++)
        {
            var db = factory.For(Scope.System);
            taken.Add(db);
            await db.Database.OpenConnectionAsync();
#pragma warning disable EF1002 // A pragma takes no parameters, and the number is ours.
            await db.Database.ExecuteSqlRawAsync($"PRAGMA max_page_count={pages}");
#pragma warning restore EF1002
        }
        foreach (var db in taken)
        {
            await db.Database.CloseConnectionAsync();
            await db.DisposeAsync();
        }
    }
}
