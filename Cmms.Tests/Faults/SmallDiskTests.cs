using System.Net;
using System.Text.Json;
using Cmms.Domain.Persistence;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Cmms.Tests.Faults;

/// <summary>The real programs on a disk that becomes full, and has room again.</summary>
public sealed class SmallDiskTests
{
    private const string Create = "mutation($name: String!, $description: String!) { createAsset(input: { name: $name, description: $description }) { asset { id } errors { __typename ... on Error { code } } } }";

    [SmallDiskFact]
    public async Task Writes_answer_STORAGE_FULL_reads_go_on_and_it_recovers_without_a_restart()
    {
        await using var disk = await SmallDisk.MountAsync();
        await using var machinery = await Machinery.CreateAsync(DatabaseProvider.Sqlite, folder: disk.Folder);
        await machinery.StartAllAsync();
        var graph = machinery.AnyGraph()!;
        using GraphClient client = new();
        List<string> acknowledged = [];
        for (var i = 0; i < 20; i++) Assert.Equal("", await WriteAsync(i));

        // With its log at its shortest, whatever is written needs room.
        await ExecuteAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        await disk.FillAsync();
        var written = 20;
        Assert.Equal("STORAGE_FULL", await WriteAsync(written));
        for (var i = 0; i < 20; i++) Assert.Equal(acknowledged.Count, await CountAsync());

        disk.Free();
        Assert.Equal(HttpStatusCode.OK, await ReadyAsync());
        for (var i = 0; i < 20; i++) Assert.Equal("", await WriteAsync(written + i));
        Assert.Equal(acknowledged.Count, await CountAsync());
        Assert.Equal("ok", await ExecuteAsync("PRAGMA integrity_check"));

        async Task<object?> ExecuteAsync(string sql)
        {
            await using SqliteConnection connection = new(machinery.Plant.Database.Options.ConnectionString + ";Pooling=False");
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The two of this test.
            command.CommandText = sql;
#pragma warning restore CA2100
            return await command.ExecuteScalarAsync();
        }

        // The code of the typed error; nothing where it was acknowledged.
        async Task<string> WriteAsync(int n)
        {
            var answer = await client.AskAsync(graph, Create, new { name = $"Asset {n}", description = new string('x', 4000) });
            var payload = answer.GetProperty("data").GetProperty("createAsset");
            if (payload.GetProperty("errors").ValueKind is JsonValueKind.Array) return payload.GetProperty("errors")[0].GetProperty("code").GetString()!;
            acknowledged.Add(payload.GetProperty("asset").GetProperty("id").GetString()!);
            return "";
        }

        async Task<int> CountAsync() =>
            (await client.AskAsync(graph, "{ assets { totalCount } }")).GetProperty("data").GetProperty("assets").GetProperty("totalCount").GetInt32();

        async Task<HttpStatusCode> ReadyAsync()
        {
            using HttpClient http = new();
            using var answer = await http.GetAsync(new Uri(graph, "/health/ready"));
            return answer.StatusCode;
        }
    }
}

/// <summary>A fact that mounts a small file system; where it cannot, it says so, or fails where CMMS_TEST_REQUIRE asks for faults.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SmallDiskFactAttribute : FactAttribute
{
    public SmallDiskFactAttribute() => Skip = Requirements.Include("faults") ? null! : SmallDisk.Lacking!;
}
