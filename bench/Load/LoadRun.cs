using System.Globalization;
using System.Text;
using Cmms.Domain;
using Cmms.Domain.Demo;
using Cmms.Domain.Persistence;
using Microsoft.Data.Sqlite;

namespace Bench.Load;

internal sealed record LoadOptions
{
    public int Rounds { get; private init; } = 12;
    public string? Only { get; private init; }
    /// <summary>The first is compared with the others.</summary>
    public string[] Servers { get; private init; } = [];
    /// <summary>Kept from run to run; made when it is not there.</summary>
    public string? Seed { get; private init; }
    public string Folder { get; private init; } = Path.GetTempPath();

    public static LoadOptions Of(string[] args)
    {
        var given = args.Select(a => a.Split('=', 2)).ToDictionary(a => a[0], a => a.ElementAtOrDefault(1) ?? "");
        return new LoadOptions
        {
            Rounds = given.TryGetValue("rounds", out var rounds) ? int.Parse(rounds, CultureInfo.InvariantCulture) : 12,
            Seed = given.GetValueOrDefault("seed"),
            Only = given.GetValueOrDefault("only"),
            Servers = (given.GetValueOrDefault("servers") ?? "graph,ef,ado,floor").Split(','),
            Folder = given.GetValueOrDefault("data") ?? Path.GetTempPath(),
        };
    }
}

/// <summary>
/// Asks the servers for the same, turn by turn in changing order, and compares what each turn cost the server's process: so whatever else the
/// machine does meets all of them alike. Wall time is not looked at.
/// </summary>
internal static class LoadRun
{
    private const int Callers = 4;
    /// <summary>Until the runtime has compiled what runs for good; that is not a request's cost.</summary>
    private const int WarmTurns = 12;

    public static async Task<int> RunAsync(LoadOptions options)
    {
        var database = Path.Combine(options.Folder, $"cmms-bench-{Environment.ProcessId}.db");
        List<ServerProcess> servers = [];
        try
        {
            if (options.Seed is not { } seed) await SeedAsync(database);
            else
            {
                if (!File.Exists(seed)) await SeedAsync(seed);
                File.Copy(seed, database);
            }
            foreach (var name in options.Servers) servers.Add(await ServerProcess.StartAsync(name, database));
            foreach (var scenario in await ScenariosAsync(database))
            {
                if (options.Only is { } only && !scenario.Name.StartsWith(only, StringComparison.Ordinal)) continue;
                await CompareAnswersAsync(scenario, servers);
                await MeasureAsync(scenario, servers, options.Rounds);
            }
            return 0;
        }
        finally
        {
            servers.ForEach(s => s.Dispose());
            foreach (var end in (string[])["", "-wal", "-shm"]) File.Delete(database + end);
        }
    }

    /// <summary>The demo plant with its two years of history.</summary>
    public static async Task SeedAsync(string database)
    {
        var options = new DatabaseOptions { ConnectionString = $"Data Source={database}" };
        await MigrationRunner.MigrateAsync(options);
        await using var factory = new CmmsDbFactory(options);
        await DemoPlant.SeedAsync(factory, TimeProvider.System.Now);
        await using var connection = new SqliteConnection(options.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "ANALYZE; PRAGMA wal_checkpoint(TRUNCATE)";
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<IReadOnlyList<Scenario>> ScenariosAsync(string database)
    {
        await using var connection = new SqliteConnection($"Data Source={database}");
        await connection.OpenAsync();
        async Task<List<long>> Ids(string sql)
        {
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Two constants, below.
            command.CommandText = sql;
#pragma warning restore CA2100
            await using var reader = await command.ExecuteReaderAsync();
            List<long> ids = [];
            while (await reader.ReadAsync()) ids.Add(reader.GetInt64(0));
            return ids;
        }

        var orders = await Ids("SELECT id FROM work_order WHERE site_id = (SELECT id FROM site WHERE code = 'PLANT') ORDER BY id");
        var places = await Ids($"SELECT id FROM location WHERE site_id = (SELECT id FROM site WHERE code = 'PLANT') ORDER BY id LIMIT {Callers}");
        var update = new UpdateScenario([.. places.Select(id => Id("Location", id))]);
        for (var i = 0; i < places.Count; i++) update.Start(i, 1);
        return [new ListScenario(), new SingleScenario([.. orders.Select(id => Id("WorkOrder", id))]), update];
    }

    /// <summary>Servers that give other answers are not compared.</summary>
    private static async Task CompareAnswersAsync(Scenario scenario, List<ServerProcess> servers)
    {
        string? first = null;
        foreach (var server in servers)
        {
            var answer = await server.AskAsync(scenario.Make(server.IsGraph, 0));
            var text = Encoding.UTF8.GetString(answer);
            if (scenario is UpdateScenario update)
            {
                update.Saw(0, answer);
                if (!text.Contains("\"errors\":null", StringComparison.Ordinal)) throw new InvalidOperationException($"{server.Name}: {text}");
            }
            else if (text != (first ??= text)) throw new InvalidOperationException($"{server.Name} gives another answer:\n{text}\n{first}");
        }
        Console.WriteLine($"\n{scenario.Name}: the same {first?.Length.ToString(CultureInfo.InvariantCulture) ?? ""} bytes of JSON from all");
    }

    private static async Task MeasureAsync(Scenario scenario, List<ServerProcess> servers, int rounds)
    {
        foreach (var server in servers)
            for (var i = 0; i < WarmTurns; i++) await TurnAsync(scenario, server);
        await Task.Delay(TimeSpan.FromSeconds(2)); // what is left to be compiled in the background
        var turns = servers.ToDictionary(s => s, _ => new List<Turn>());
        for (var round = 0; round < rounds; round++)
            foreach (var server in round % 2 == 0 ? servers : Enumerable.Reverse(servers)) turns[server].Add(await TurnAsync(scenario, server));

        var first = turns[servers[0]];
        foreach (var server in servers)
        {
            var mine = turns[server];
            var ratio = first.Zip(mine, (a, b) => a.CpuMicroseconds / b.CpuMicroseconds).Order().ToList();
            var workingSet = (await server.UsageAsync()).WorkingSet >> 20;
            var line = string.Create(CultureInfo.InvariantCulture,
                $"  {server.Name,-9} {Median(mine.Select(t => t.CpuMicroseconds)),8:0} us CPU  {Median(mine.Select(t => t.Bytes)) / 1024,8:0.0} KiB allocated  working set {workingSet,4} MiB");
            if (server != servers[0])
                line += string.Create(CultureInfo.InvariantCulture, $"   {servers[0].Name} takes {Median(ratio):0.00} times (quartiles {ratio[ratio.Count / 4]:0.00} to {ratio[ratio.Count * 3 / 4]:0.00})");
            Console.WriteLine(line);
        }
    }

    /// <summary>So many requests by a few callers at once, and what they cost each.</summary>
    private static async Task<Turn> TurnAsync(Scenario scenario, ServerProcess server)
    {
        var before = await server.UsageAsync();
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async caller =>
        {
            for (var i = caller; i < scenario.Requests; i += Callers)
            {
                var answer = await server.AskAsync(scenario.Make(server.IsGraph, scenario is UpdateScenario ? caller : i));
                if (scenario is UpdateScenario update) update.Saw(caller, answer);
            }
        }));
        var after = await server.UsageAsync();
        return new Turn((after.CpuMilliseconds - before.CpuMilliseconds) * 1000 / scenario.Requests, (double)(after.AllocatedBytes - before.AllocatedBytes) / scenario.Requests);
    }

    private static string Id(string type, long key) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{type}:{key}"));

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    private readonly record struct Turn(double CpuMicroseconds, double Bytes);
}
