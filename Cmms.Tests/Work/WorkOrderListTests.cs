using Cmms.Domain.Assets;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Work;
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
        using StatementLog log = new();
        await using var graph = await TestGraph.StartAsync(provider);
        await FillAsync(graph.Plant, technicians);
        log.Count(graph.Plant.Database.Options);
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
}
