using System.Collections.Concurrent;
using System.Diagnostics;
using Cmms.Domain.Persistence;
using Npgsql;
using Xunit;
using static Cmms.Tests.Access.KeyedRequests;

namespace Cmms.Tests.Access;

/// <summary>What a key costs, counted where a statement costs most: on the way to PostgreSQL.</summary>
public sealed class KeyCostTests
{
    [Theory, PostgreSql]
    public async Task A_key_costs_a_look_and_an_insert_and_who_gives_none_pays_nothing(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        var database = new NpgsqlConnectionStringBuilder(graph.Plant.Database.Options.ConnectionString).Database!;
        ConcurrentQueue<string> sent = new();
        using ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                var text = string.Join(' ', activity.TagObjects.Select(tag => tag.Value));
                // What follows the event log reads as it likes.
                if (activity.TagObjects.Any(tag => database.Equals(tag.Value)) && !text.Contains("event", StringComparison.Ordinal)) sent.Enqueue(text);
            },
        };
        ActivitySource.AddActivityListener(listener);
        async Task<string[]> SentAsync(string? key, string name)
        {
            await graph.KeyedAsync(key, Create, new { name });
            await Task.Delay(200); // the last is told of beside the answer
            string[] statements = [.. sent];
            sent.Clear();
            return statements;
        }

        // What else goes on at the server now and then is not this request's: the least of three is.
        async Task<string[]> LeastAsync(Func<int, Task<string[]>> send)
        {
            List<string[]> sent = [];
            for (var i = 0; i < 3; i++) sent.Add(await send(i));
            return sent.MinBy(s => s.Length)!;
        }

        await SentAsync(null, "Belt");
        await SentAsync("k", "Belt");
        var without = await LeastAsync(i => SentAsync(null, $"Chain {i}"));
        var with = await LeastAsync(i => SentAsync($"l{i}", $"Link {i}"));
        var again = await LeastAsync(_ => SentAsync("l0", "Link 0"));

        Assert.True(without.Length > 3, "The statements were not found.");
        Assert.DoesNotContain(without, s => s.Contains("kept_answer", StringComparison.Ordinal));
        Assert.Equal(without.Length + 3, with.Length); // and the savepoint to which a refusal goes back
        Assert.Equal(2, with.Count(s => s.Contains("kept_answer", StringComparison.Ordinal)));
        Assert.Equal(2, again.Length); // who asks, and the look
    }
}
