using System.Diagnostics;
using Bench.Load;

namespace Bench.Live;

/// <summary>
/// Thousands listen while assets change: once to the Graph, once to graphql-yoga with graphql-ws, by the same client, which is this process. Each
/// subscriber must have received exactly what the answers of the changes say, in their order.
/// </summary>
internal static class LiveRun
{
    private const string Subscription = """
        subscription Listen($id: ID!) {
          assetStatusChanged(assetId: $id) { cursor event { id type reason } asset { id name status version } }
        }
        """;
    /// <summary>Until the runtimes have compiled what runs for good.</summary>
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(15), s_rampUp = TimeSpan.FromSeconds(5), s_rest = TimeSpan.FromSeconds(3);

    public static async Task<int> RunAsync(LiveOptions options)
    {
        ThreadPool.SetMinThreads(16, 16);
        List<Figures> all = [];
        foreach (var name in (string[])["graph", "yoga"])
            if (options.Only is null || options.Only == name) all.Add(await MeasureAsync(name, options));
        Console.WriteLine($"{options.Subscribers} subscribers, {options.ChangesASecond} changes a second on {options.Assets} assets, {options.Seconds} s");
        foreach (var figures in all) Console.WriteLine(figures);
        if (all is [var graph, var yoga]) Console.WriteLine(graph.Beside(yoga));
        return all.TrueForAll(f => f.Wrong == 0) ? 0 : 1;
    }

    private static async Task<Figures> MeasureAsync(string name, LiveOptions options)
    {
        var database = Path.Combine(options.Folder, $"cmms-live-{Environment.ProcessId}.db");
        List<LiveSubscriber> subscribers = [];
        try
        {
            if (name is "graph") await PlantAsync(options.Seed, database);
            using var server = name is "graph" ? await LiveServer.GraphAsync(database, options.Subscribers) : await LiveServer.YogaAsync(options.Assets);
            using var changes = new LiveChanges(server, await AssetsAsync(server, options.Assets));
            var ids = await AssetsAsync(server, options.Assets);

            // Warm, and with nobody listening any more: what it takes by itself.
            List<LiveSubscriber> first = await ConnectAsync(server, ids, Math.Min(100, options.Subscribers));
            await changes.RunAsync(options.ChangesASecond, s_warmUp);
            first.ForEach(s => s.Dispose());
            await Task.WhenAll(first.Select(s => s.Reading));
            await Task.Delay(s_rest);
            var alone = server.Usage().Bytes;

            subscribers = await ConnectAsync(server, ids, options.Subscribers);
            var idle = server.Usage().Bytes;
            var before = changes.Answered.Select(a => a.Count).ToList();
            await changes.RunAsync(options.ChangesASecond, s_rampUp);
            await Task.Delay(s_rest);
            var rampedUp = changes.Answered.Sum(a => a.Count);
            var began = server.Usage();
            var clock = Stopwatch.StartNew();
            var most = began.Bytes;
            var running = changes.RunAsync(options.ChangesASecond, TimeSpan.FromSeconds(options.Seconds));
            while (await Task.WhenAny(running, Task.Delay(500)) != running) most = Math.Max(most, server.Usage().Bytes);
            await running;
            await Task.Delay(s_rest);
            var ended = server.Usage();

            var expected = changes.Answered.Select((a, i) => a.Skip(before[i]).ToList()).ToList();
            var wrong = subscribers.Count(s => s.Closed is not null || !s.Received.Select(r => r.Change).SequenceEqual(expected[s.Asset]));
            foreach (var s in subscribers.Where(s => s.Closed is not null).Take(3)) Console.Error.WriteLine($"{name}: a subscriber was closed: {s.Closed}");
            List<double> afterSeen = [], afterSending = [];
            foreach (var deliveriesOf in subscribers.SelectMany(s => s.Received).GroupBy(r => r.Change).Where(g => g.Key > rampedUp))
            {
                var (sent, answered) = changes.Times[deliveriesOf.Key];
                // A server may answer before it delivers or after: from then on somebody knows.
                var known = Math.Min(answered, deliveriesOf.Min(r => r.At));
                foreach (var (_, at) in deliveriesOf)
                {
                    afterSeen.Add(Stopwatch.GetElapsedTime(known, at).TotalMilliseconds);
                    afterSending.Add(Stopwatch.GetElapsedTime(sent, at).TotalMilliseconds);
                }
            }
            afterSeen.Sort();
            afterSending.Sort();
            var made = changes.Answered.Sum(a => a.Count) - rampedUp;
            var deliveries = (long)made * options.Subscribers / options.Assets;
            return new Figures(name, wrong, made / (clock.Elapsed - s_rest).TotalSeconds, deliveries, (ended.Cpu - began.Cpu).TotalMicroseconds / deliveries,
                (double)(idle - alone) / options.Subscribers, (double)(most - alone) / options.Subscribers, alone, afterSeen, afterSending);
        }
        finally
        {
            subscribers.ForEach(s => s.Dispose());
            foreach (var end in (string[])["", "-wal", "-shm"]) File.Delete(database + end);
        }
    }

    private static async Task PlantAsync(string? seed, string database)
    {
        if (seed is not null && !File.Exists(seed)) await LoadRun.SeedAsync(seed);
        if (seed is null) await LoadRun.SeedAsync(database);
        else File.Copy(seed, database);
    }

    private static async Task<IReadOnlyList<string>> AssetsAsync(LiveServer server, int count)
    {
        using var asking = new LiveChanges(server, []);
        if (server.Name is not "graph") return [.. Enumerable.Range(0, count).Select(i => $"asset-{i}")];
        var nodes = (await asking.AskAsync("query Assets($first: Int) { assets(first: $first, where: { status: { eq: OPERATIONAL } }) { nodes { id } } }", new { first = count })).GetProperty("assets").GetProperty("nodes");
        return [.. nodes.EnumerateArray().Select(n => n.GetProperty("id").GetString()!)];
    }

    private static async Task<List<LiveSubscriber>> ConnectAsync(LiveServer server, IReadOnlyList<string> assets, int count)
    {
        List<LiveSubscriber> all = [];
        for (var i = 0; i < count; i++)
        {
            var subscriber = new LiveSubscriber(i % assets.Count);
            all.Add(subscriber);
            await subscriber.ConnectAsync(server.Address, assets[i % assets.Count], Subscription);
            if (server.Name is "graph") await subscriber.FirstAsync();
            subscriber.Start();
        }
        await Task.Delay(s_rest);
        return all;
    }
}
