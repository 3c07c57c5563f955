using System.Collections.Concurrent;
using System.Diagnostics;
using Cmms.Domain.Assets;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Xunit;

namespace Cmms.Tests.Work;

public sealed class WorkOrderListTests
{
    private const string List = """
        query($first: Int!) { workOrders(first: $first) { nodes { code title asset { name location { name } } technicians { fullName } } } }
        """;

    [Theory]
    [Sqlite(1, 1), Sqlite(50, 1), Sqlite(100, 1), Sqlite(50, 20)]
    [PostgreSql(1, 1), PostgreSql(50, 1), PostgreSql(100, 1), PostgreSql(50, 20)]
    public async Task A_list_with_two_nested_levels_is_five_statements_whatever_its_length(DatabaseProvider provider, int rows, int technicians)
    {
        // First of all: EF Core remembers for a second that nobody listens.
        using StatementLog log = new();
        await using var graph = await TestGraph.StartAsync(provider);
        await FillAsync(graph.Plant, technicians);
        log.Count(graph.Plant.Database.Options.ConnectionString);
        var data = await graph.DataAsync(List, new { first = rows });

        var nodes = data.GetProperty("workOrders").GetProperty("nodes");
        Assert.Equal(rows, nodes.GetArrayLength());
        Assert.Equal(technicians, nodes[0].GetProperty("technicians").GetArrayLength());
        Assert.NotEqual("", nodes[0].GetProperty("asset").GetProperty("location").GetProperty("name").GetString());
        var beside = log.Statements.Where(s => !s.Contains("api_key", StringComparison.Ordinal)).ToList();
        Assert.True(beside.Count <= 5, string.Join("\n\n", beside));
        Assert.True(beside.Count >= 4, "The statements were not counted.");
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
            for (var i = 0; i < 100; i++)
            {
                WorkOrder order = new(await db.NextWorkOrderCode(default), $"Order {i}", WorkOrderType.Corrective, pending);
                order.WorkOn([machines[i % 20]], null, new DateOnly(2026, 3, 2));
                order.AssignTechnicians(crew);
                db.WorkOrders.Add(order);
            }
        });
    }

    /// <summary>Every statement that EF Core sends to one database, as its diagnostics tell.</summary>
    private sealed class StatementLog : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
    {
        private readonly ConcurrentQueue<string> _statements = new();
        private readonly ConcurrentBag<IDisposable> _subscriptions = [];
        private volatile string _database = "";

        public StatementLog() => _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));

        /// <summary>From now on, what is sent to this database.</summary>
        public void Count(string connectionString) => _database = connectionString;

        public IEnumerable<string> Statements => _statements;

        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == DbLoggerCategory.Name) _subscriptions.Add(value.Subscribe(this));
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value.Key == RelationalEventId.CommandExecuting.Name && value.Value is CommandEventData command && IsOurs(command)) _statements.Enqueue(command.Command.CommandText);
        }

        public void OnCompleted() { }
        public void OnError(Exception error) { }
        public void Dispose()
        {
            foreach (var subscription in _subscriptions) subscription.Dispose();
        }

        private bool IsOurs(CommandEventData command) =>
            command.Command.Connection is { } connection && (_database.Contains(connection.DataSource, StringComparison.Ordinal) || _database.Contains($"Database={connection.Database}", StringComparison.Ordinal))
            && !command.Command.CommandText.Contains("event_head", StringComparison.Ordinal);
    }
}
