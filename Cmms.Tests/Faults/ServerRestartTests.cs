using System.Diagnostics;
using System.Text.Json;
using Cmms.Domain.Persistence;
using Cmms.Tests.Worker;
using Xunit;
using Xunit.Abstractions;

namespace Cmms.Tests.Faults;

/// <summary>PostgreSQL crashes and starts again while Graph is under load.</summary>
public sealed class ServerRestartTests(ITestOutputHelper output)
{
    private const int Readers = 8;
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(2);
    private const string Read = "{ me { fullName } assets(first: 5) { nodes { name } } }";
    private const string Create = "mutation($name: String!) { createAsset(input: { name: $name }) { asset { id } errors { ... on Error { message } } } }";

    [Theory, PostgreSql]
    public async Task Requests_fail_for_no_longer_than_the_server_is_away_and_subscriptions_go_on(DatabaseProvider provider)
    {
        await using var machinery = await Machinery.CreateAsync(provider);
        await machinery.StartAllAsync();
        var graph = machinery.AnyGraph()!;
        using GraphClient client = new();
        Assert.NotNull(await client.TryAsync(graph, Create, new { name = "Before" }));
        await using var listening = await TestSubscription.OpenAsync(graph, "test-admin", "subscription { eventOccurred(types: [\"AssetCreated\"]) { cursor event { changes { field after } } } }");
        await listening.NextAsync(); // the first cursor

        List<TimeSpan> failed = [];
        var answered = 0;
        var watch = Stopwatch.StartNew();
        using CancellationTokenSource enough = new();
        var reading = Enumerable.Range(0, Readers).Select(_ => Task.Run(async () =>
        {
            while (!enough.IsCancellationRequested)
            {
                var isAnswered = await ReadsAsync(client, graph);
                if (isAnswered) Interlocked.Increment(ref answered);
                else lock (failed) failed.Add(watch.Elapsed);
            }
        })).ToList();

        await Task.Delay(1000);
        Assert.Empty(failed);
        var cut = watch.Elapsed;
        await machinery.CrashServerAsync();
        var away = watch.Elapsed - cut;
        await Task.Delay(s_grace + TimeSpan.FromSeconds(1));
        var before = Volatile.Read(ref answered);
        await enough.CancelAsync();
        await Task.WhenAll(reading);

        output.WriteLine($"The server was away for {away.TotalMilliseconds:0} ms; {failed.Count} of {failed.Count + answered} requests failed{(failed.Count == 0 ? "" : $", from {(failed.Min() - cut).TotalMilliseconds:0} to {(failed.Max() - cut).TotalMilliseconds:0} ms after the cut")}.");
        Assert.All(failed, at => Assert.InRange(at, cut, cut + away + s_grace));
        Assert.True(before > 0);

        // Whoever listened hears what comes after, without having come back.
        Assert.True(await WorkerPlant.Until(s_grace, async () => await client.TryAsync(graph, Create, new { name = "After" }) is not null));
        Assert.Contains("After", (await listening.NextAsync()).ToString(), StringComparison.Ordinal);
    }

    private static async Task<bool> ReadsAsync(GraphClient client, Uri graph)
    {
        try
        {
            var answer = await client.AskAsync(graph, Read);
            return !answer.TryGetProperty("errors", out _);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException)
        {
            return false;
        }
    }
}
