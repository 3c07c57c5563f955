using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Cmms.Domain.Persistence;
using Xunit;

namespace Cmms.Tests.Demo;

/// <summary>What a newcomer does first, with everything that <c>cmms.cs</c> starts.</summary>
public sealed class OneTerminalTests
{
    private const string Welcome = "Cmms is running.", Seeded = "it has the demo plant now", Followed = "Following the event log";

    [TerminalFact]
    public async Task It_starts_both_on_one_file_and_stops_both_on_interrupt_and_never_restarts_one_silently()
    {
        var folder = Directory.CreateTempSubdirectory("cmms-terminal-");
        try
        {
            var port = FreePort();
            await using (var first = Terminal.Start("--data", folder.FullName, "--port", $"{port}"))
            {
                await first.SaysAllAsync(Seeded, Welcome, "graph  │", "worker │", Followed);
                await AnswersAsync(port);
                Assert.Single(first.Running("Cmms.Graph.dll"));
                Assert.Single(first.Running("Cmms.Worker.dll"));
                await first.InterruptAsync();
                Assert.Equal(0, await first.ExitAsync());
                Assert.Empty(first.Running());
            }

            // Again on what is there. One that dies takes the other along, and that is said.
            await using (var second = Terminal.Start("--data", folder.FullName, "--port", $"{port}"))
            {
                await second.SaysAsync(Followed);
                await AnswersAsync(port);
                await second.KillAsync("Cmms.Worker.dll");
                await second.SaysAsync("Worker has stopped.");
                Assert.Equal(1, await second.ExitAsync());
                Assert.Empty(second.Running());
                Assert.DoesNotContain(Seeded, second.Said, StringComparison.Ordinal);
            }

            // Anew, ended by a supervisor that knows the launcher alone.
            await using var third = Terminal.Start("--data", folder.FullName, "--port", $"{port}", "--fresh");
            await third.SaysAllAsync(Seeded, Followed);
            await third.TerminateAsync();
            Assert.Equal(0, await third.ExitAsync());
            Assert.Empty(third.Running());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory, PostgreSql]
    public async Task It_runs_on_PostgreSQL_too(DatabaseProvider provider)
    {
        var database = await TestDatabase.EmptyAsync(provider);
        var folder = Directory.CreateTempSubdirectory("cmms-terminal-");
        try
        {
            var port = FreePort();
            await using var terminal = Terminal.Start("--postgres", database.ConnectionString, "--data", folder.FullName, "--port", $"{port}");
            await terminal.SaysAllAsync(Seeded, Welcome, Followed);
            await AnswersAsync(port);
            Assert.False(File.Exists(Path.Combine(folder.FullName, "cmms.db")));
            await terminal.InterruptAsync();
            Assert.Equal(0, await terminal.ExitAsync());
            Assert.Empty(terminal.Running());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [TerminalFact]
    public async Task What_it_cannot_do_it_says_at_once()
    {
        await using (var unknown = Terminal.Start("--prot", "5080"))
        {
            await unknown.SaysAsync("usage:");
            Assert.Equal(2, await unknown.ExitAsync());
        }
        await using (var both = Terminal.Start("--fresh", "--postgres", "Host=/nowhere"))
        {
            await both.SaysAsync("--fresh makes a new SQLite file");
            Assert.Equal(2, await both.ExitAsync());
        }
        using TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();
        await using var blocked = Terminal.Start("--port", $"{((IPEndPoint)taken.LocalEndpoint).Port}");
        await blocked.SaysAsync("is in use");
        Assert.Equal(1, await blocked.ExitAsync());
    }

    private static async Task AnswersAsync(int port)
    {
        using HttpClient http = new();
        using HttpRequestMessage request = new(HttpMethod.Post, $"http://127.0.0.1:{port}/graphql")
        {
            Content = JsonContent.Create(new { query = "{ workOrders(first: 3) { nodes { code } totalCount } }" }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "demo-manager");
        request.Headers.Add("X-Site-Id", "PLANT");
        using var response = await http.SendAsync(request);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(1700, answer.GetProperty("data").GetProperty("workOrders").GetProperty("totalCount").GetInt32());
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
