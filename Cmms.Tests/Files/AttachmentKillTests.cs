using System.Security.Cryptography;
using Cmms.Domain;
using Cmms.Domain.Files;
using Cmms.Domain.Persistence;
using Cmms.Tests.Demo;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cmms.Tests.Files;

/// <summary>Graph as a process of its own, killed while files arrive.</summary>
public sealed class AttachmentKillTests
{
    [Theory, Sqlite, PostgreSql]
    public async Task What_was_acknowledged_is_there_whole_and_of_the_rest_nothing_is_left(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        TestCalls calls = new(graph);
        List<(string Id, string Hash)> acknowledged = [];
        for (var kill = 0; kill < 3; kill++)
        {
            await calls.DoesAsync("createAsset", $$"""{"name":"Pump {{kill}}"}""", null, "asset.id as pump");
            calls.Verify();
            await using var program = Programs.Start("Cmms.Graph", new Dictionary<string, string>
            {
                ["Database__Provider"] = provider.ToString(), ["Database__ConnectionString"] = graph.Plant.Database.Options.ConnectionString, ["Database__Files"] = graph.Plant.Database.Options.Files!,
                ["Database__Migrate"] = "false", ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            });
            Uri address = new(new Uri(await program.SaysAsync("Now listening on: ")), "/graphql");
            var before = acknowledged.Count;
            var sending = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
            {
                while (true)
                {
                    var content = RandomNumberGenerator.GetBytes(RandomNumberGenerator.GetInt32(1, 300_000));
                    var answer = await AttachmentTests.SendAsync(address, calls["pump"], content);
                    var id = answer.GetProperty("data").GetProperty("attachFiles").GetProperty("attachments")[0].GetProperty("id").GetString()!;
                    lock (acknowledged) acknowledged.Add((id, Convert.ToHexString(SHA256.HashData(content))));
                }
            })));
            using CancellationTokenSource patience = new(TimeSpan.FromMinutes(1));
            while (acknowledged.Count < before + 12 && !sending.IsCompleted) await Task.Delay(10, patience.Token);
            program.Kill();
            await Assert.ThrowsAnyAsync<Exception>(() => sending);
        }

        using HttpClient anonymous = new();
        foreach (var (id, hash) in acknowledged)
        {
            var url = (await graph.DataAsync("query($id: ID!) { node(id: $id) { ... on Attachment { url } } }", new { id })).GetProperty("node").GetProperty("url").GetString();
            Assert.Equal(hash, Convert.ToHexString(SHA256.HashData(await anonymous.GetByteArrayAsync(new Uri(graph.Address, url)))));
        }

        await FileUpkeep.RunAsync(graph.Plant.Database.Factory, TimeProvider.System.Now + FileUpkeep.Grace + TimeSpan.FromHours(1), CancellationToken.None);
        var kept = await graph.Plant.ReadAsync(db => db.Attachments.Select(a => a.FileName).ToListAsync());
        Assert.Equal(kept.Order(), Directory.EnumerateFiles(graph.Plant.Database.Options.Files!, "*", SearchOption.AllDirectories).Select(file => Path.GetFileName(file)!).Order());
        Assert.True(kept.Count >= acknowledged.Count);
    }
}
