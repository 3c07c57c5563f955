using Cmms.Domain.Persistence;
using Cmms.Tests.Demo;
using Cmms.Tests.Worker;

namespace Cmms.Tests.Faults;

/// <summary>The programs as they run in use, on one database: any of them can be killed and started again, and so can the database's server.</summary>
internal sealed class Machinery : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly (Programs Process, Uri Address)?[] _graphs;
    private readonly PostgresServer? _server;
    private WorkerProcess? _worker;

    private Machinery(TestPlant plant, PostgresServer? server, int graphs) => (Plant, _server, _graphs) = (plant, server, new (Programs, Uri)?[graphs]);

    public TestPlant Plant { get; }

    /// <summary>For more settings of both programs, before they start.</summary>
    public Dictionary<string, string> Settings { get; } = [];

    public int Graphs => _graphs.Length;

    public string Said => $"{string.Join('\n', _graphs.Select(g => g?.Process.Said))}\n{_worker?.Said}";

    public bool HasServer => _server is not null;

    /// <summary>A plant with its staff by the clock on the wall; on PostgreSQL with a server of its own. Nothing runs yet.</summary>
    public static async Task<Machinery> CreateAsync(DatabaseProvider provider, int graphs = 1, string? folder = null)
    {
        var server = provider is DatabaseProvider.PostgreSql ? await PostgresServer.StartAsync(durable: true) : null;
        var plant = await TestPlant.CreateAsync(server is null ? await TestDatabase.CreateAsync(provider, folder) : await TestDatabase.CreateAsync(server));
        plant.Clock.MoveTo(TimeProvider.System.GetUtcNow());
        await plant.StaffAsync();
        return new Machinery(plant, server, graphs);
    }

    public async Task StartAllAsync()
    {
        await Task.WhenAll([StartWorkerAsync(), .. Enumerable.Range(0, _graphs.Length).Select(StartGraphAsync)]);
    }

    public async Task<Uri> StartGraphAsync(int index = 0)
    {
        Dictionary<string, string> settings = new(Settings)
        {
            ["Database__Provider"] = Plant.Database.Options.Provider.ToString(),
            ["Database__ConnectionString"] = Plant.Database.Options.ConnectionString, ["Database__Files"] = Plant.Database.Options.Files!,
            ["Database__Migrate"] = "false",
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            ["RateLimits__Enabled"] = "false",
        };
        var process = Programs.Start("Cmms.Graph", settings);
        Uri address = new(await process.SaysAsync("Now listening on: ") + "/graphql");
        _graphs[index] = (process, address);
        return address;
    }

    public async Task StartWorkerAsync()
    {
        _worker = WorkerProcess.Start(Plant.Database.Options, [("Worker__Rehearsal", "false"), .. Settings.Select(s => (s.Key, s.Value))]);
        if (!await _worker.Says("Following", Patience)) throw new InvalidOperationException(_worker.Said);
    }

    /// <summary>One that runs now, by chance; null where none does.</summary>
    public Uri? AnyGraph() => _graphs.OfType<(Programs, Uri Address)>().Select(g => g.Address).ToArray() is { Length: > 0 } running ? running[Random.Shared.Next(running.Length)] : null;

    public async Task KillGraphAsync(int index = 0)
    {
        if (_graphs[index] is not { } running) return;
        _graphs[index] = null;
        await running.Process.DisposeAsync();
    }

    public async Task KillWorkerAsync()
    {
        if (_worker is not { } running) return;
        _worker = null;
        await running.DisposeAsync();
    }

    /// <summary>The server crashes and starts again; the test's own connections are cut like everybody's.</summary>
    public async Task CrashServerAsync()
    {
        await _server!.CrashAndRestartAsync();
        Plant.Database.Factory.Reconnect();
    }

    public async ValueTask DisposeAsync()
    {
        for (var i = 0; i < _graphs.Length; i++) await KillGraphAsync(i);
        await KillWorkerAsync();
        await Plant.DisposeAsync();
        if (_server is not null) await _server.StopAsync();
    }
}
