using System.Collections.Concurrent;
using System.Diagnostics;
using Cmms.Domain.Assets;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Work;
using Npgsql;
using Xunit;

namespace Cmms.Tests.Work;

public sealed class WorkOrderListTests
{
    private const string List = """
        query($first: Int!, $after: String) { workOrders(first: $first, after: $after) { nodes { code title asset { name location { name } } technicians { fullName } } pageInfo { endCursor } } }
        """;

    [Theory]
    [Sqlite(1), Sqlite(20), PostgreSql(1), PostgreSql(20)]
    public async Task A_list_with_two_nested_levels_is_at_most_five_statements_whatever_its_length_cold_and_warm(DatabaseProvider provider, int technicians)
    {
        // First of all: EF Core remembers for a second that nobody listens.
        using StatementLog log = new();
        using DriverLog driver = new();
        await using var plant = await TestPlant.CreateAsync(provider);
        await plant.StaffAsync();
        await FillAsync(plant, technicians);
        List<string> counts = [];
        foreach (var rows in (int[])[1, 50, 100])
        {
            // A program of its own each time: its caches know nothing, neither of the document nor of the plan.
            await using var graph = await TestGraph.ReopenAsync(plant);
            var cold = await AskAsync(graph, "cold", rows, null);
            await AskAsync(graph, "warm", rows, null);
            if (rows < 100) await AskAsync(graph, "next page", rows, cold);
        }
        Assert.True(counts.Distinct().Count() == 1, "The number depends on the page: " + string.Join(", ", counts));

        async Task<string> AskAsync(TestGraph graph, string when, int rows, string? after)
        {
            log.Count(plant.Database.Options);
            driver.Count(plant.Database.Options);
            var page = (await graph.DataAsync(List, new { first = rows, after })).GetProperty("workOrders");
            var (statements, sent) = (log.Statements, driver.Sent);

            var nodes = page.GetProperty("nodes");
            Assert.Equal(rows, nodes.GetArrayLength());
            Assert.Equal(technicians, nodes[0].GetProperty("technicians").GetArrayLength());
            Assert.NotEqual("", nodes[0].GetProperty("asset").GetProperty("location").GetProperty("name").GetString());
            // What the driver sent is what EF Core told: nothing goes around it.
            if (provider is DatabaseProvider.PostgreSql) Assert.Equal(statements.Count, sent.Count);
            var beside = statements.Where(s => !s.Contains("api_key", StringComparison.Ordinal)).ToList();
            Assert.True(beside.Count <= 5, $"{when}, {rows} rows:\n" + string.Join("\n\n", beside));
            Assert.True(beside.Count >= 2, "The statements were not counted.");
            counts.Add($"{beside.Count}");
            return page.GetProperty("pageInfo").GetProperty("endCursor").GetString()!;
        }
    }

    private static async Task FillAsync(TestPlant plant, int technicians)
    {
        var people = await plant.Database.WriteAsync(Scope.Customer(plant.CustomerId), db =>
        {
            var users = Enumerable.Range(1, technicians).Select(i => new User($"T{i}", "Ech", $"t{i}@example.test") { CanBeAssignedToWorkOrders = true }).ToList();
            db.Users.AddRange(users);
            return Task.FromResult(users);
        });
        await plant.WriteAsync(async db =>
        {
            var places = Enumerable.Range(1, 10).Select(i => new Location($"Room {i}")).ToList();
            db.Locations.AddRange(places);
            var machines = Enumerable.Range(1, 20).Select(i => new Asset($"Machine {i}", plant.Now)).ToList();
            db.Assets.AddRange(machines);
            await db.SaveChangesAsync();
            foreach (var (i, machine) in machines.Index()) machine.StandAt(places[i % 10]);
            var crew = await db.FindAll<User>([.. people.Select(p => p.Id)], default);
            var pending = await db.DefaultStatus(WorkOrderPhase.Pending, default);
            for (var i = 0; i < 110; i++)
            {
                WorkOrder order = new(await db.NextWorkOrderCode(default), $"Order {i}", WorkOrderType.Corrective, pending);
                order.WorkOn([machines[i % 20]], null, new DateOnly(2026, 3, 2));
                order.AssignTechnicians(crew);
                db.WorkOrders.Add(order);
            }
        });
    }

    /// <summary>What Npgsql sent to one database that reads anything, the event log apart, which is followed beside all requests.</summary>
    private sealed class DriverLog : IDisposable
    {
        private readonly ConcurrentQueue<string> _sent = new();
        private readonly ActivityListener _listener;
        private volatile string? _database;

        public DriverLog()
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name == "Npgsql",
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
                ActivityStopped = activity =>
                {
                    var texts = activity.TagObjects.Select(t => t.Value).OfType<string>().ToList();
                    if (texts.Contains(_database ?? "-") && texts.Find(t => t.Contains("FROM ", StringComparison.Ordinal)) is { } text && !text.Contains("event_head", StringComparison.Ordinal)) _sent.Enqueue(text);
                },
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public IReadOnlyList<string> Sent => [.. _sent];

        public void Count(DatabaseOptions options)
        {
            _sent.Clear();
            _database = options.Provider is DatabaseProvider.PostgreSql ? new NpgsqlConnectionStringBuilder(options.ConnectionString).Database : null;
        }

        public void Dispose() => _listener.Dispose();
    }
}
