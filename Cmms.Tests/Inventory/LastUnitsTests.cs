using System.Text.Json;
using Cmms.Domain.Persistence;
using Cmms.Tests.Work;
using Xunit;

namespace Cmms.Tests.Inventory;

/// <summary>Many clients over HTTP want the last units of one part at once.</summary>
public sealed class LastUnitsTests
{
    private const int Clients = 64;
    private const string Reserve = """
        mutation($input: AddWorkOrderPartInput!) { addWorkOrderPart(input: $input) {
          workOrderPart { reserved shortfall } errors { ... on InsufficientStockError { code requested available path } } } }
        """;

    /// <param name="wanted">How much each of them asks for of the twenty that are there.</param>
    [Theory]
    [Sqlite(1), Sqlite(3), PostgreSql(1), PostgreSql(3)]
    public async Task Exactly_what_is_there_is_reserved_and_the_others_learn_the_figures(DatabaseProvider provider, int wanted)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        var part = await graph.Plant.AddPart("Air Filter", 20, 1);
        var orders = new long[Clients];
        for (var i = 0; i < Clients; i++) orders[i] = await graph.Plant.AddOrder($"Order {i}");
        var partId = Doors.GlobalId("Part", part);

        using CancellationTokenSource done = new();
        var watched = WatchAsync(graph, partId, done.Token);
        var answers = await Task.WhenAll(orders.Select(order => Task.Run(() =>
            graph.PayloadAsync(Reserve, new { input = new { workOrderId = Doors.GlobalId("WorkOrder", order), partId, quantity = wanted } }, "manager"))));
        await done.CancelAsync();

        var (served, left) = (20 / wanted, 20 % wanted);
        Assert.All(await watched, seen => Assert.InRange(seen, left, 20));
        var refused = answers.Where(a => a.GetProperty("errors").ValueKind is JsonValueKind.Array).Select(a => a.GetProperty("errors")[0]).ToList();
        Assert.Equal((served, Clients - served), (answers.Length - refused.Count, refused.Count));
        Assert.All(refused, e => Assert.Equal(("INSUFFICIENT_STOCK", wanted, left, """["input","quantity"]"""),
            (e.GetProperty("code").GetString(), e.GetProperty("requested").GetInt32(), e.GetProperty("available").GetInt32(), e.GetProperty("path").GetRawText())));
        Assert.All(answers.Where(a => a.GetProperty("errors").ValueKind is JsonValueKind.Null), a => Assert.Equal($$"""{"reserved":{{wanted}},"shortfall":0}""", a.GetProperty("workOrderPart").GetRawText()));
        var after = await graph.DataAsync("query($id: ID!) { part(id: $id) { onHand reserved available } verifyStock { figure } }", new { id = partId });
        Assert.Equal($$"""{"part":{"onHand":20,"reserved":{{served * wanted}},"available":{{left}}},"verifyStock":[]}""", after.GetRawText());
    }

    /// <summary>What others read meanwhile.</summary>
    private static async Task<IReadOnlyList<decimal>> WatchAsync(TestGraph graph, string partId, CancellationToken done)
    {
        List<decimal> seen = [];
        do
        {
            var data = await graph.DataAsync("query($id: ID!) { part(id: $id) { available } }", new { id = partId }, "viewer");
            seen.Add(data.GetProperty("part").GetProperty("available").GetDecimal());
        }
        while (!done.IsCancellationRequested);
        return seen;
    }
}
