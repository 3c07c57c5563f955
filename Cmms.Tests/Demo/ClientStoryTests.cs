using Microsoft.Data.Sqlite;
using Xunit;
using Xunit.Abstractions;

namespace Cmms.Tests.Demo;

/// <summary>The story of the README, told by public clients against Graph and Worker as two processes on a fresh demo database.</summary>
public sealed class ClientStoryTests(ITestOutputHelper output)
{
    [NodeFact]
    public async Task Six_filters_are_taken_and_public_clients_hear_of_it_once()
    {
        var folder = Directory.CreateTempSubdirectory("cmms-story-");
        try
        {
            Dictionary<string, string> settings = new()
            {
                ["Database__Provider"] = "Sqlite",
                ["Database__ConnectionString"] = $"Data Source={Path.Combine(folder.FullName, "cmms.db")}",
                ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
                ["Demo"] = "true",
            };
            await using var graph = Programs.Start("Cmms.Graph", settings);
            var address = await graph.SaysAsync("Now listening on: ");
            await using var worker = Programs.Start("Cmms.Worker", settings);
            await worker.SaysAsync("Following the event log");
            Assert.Equal(0, await NodeClients.RunAsync(output, "story.mjs", address + "/graphql"));
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }
}

/// <summary>A fact that needs Node.js; without it the test says so, or fails where CMMS_TEST_REQUIRE asks for node.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute()
    {
        if (IsRequired || IsThere) return;
        Skip = "There is no Node.js on this machine: install it to run the public clients.";
    }

    private static bool IsRequired => Requirements.Include("node");

    private static bool IsThere => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, "node")) || File.Exists(Path.Combine(folder, "node.exe")));
}
