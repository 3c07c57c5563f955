using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Cmms.Domain;
using Cmms.Domain.Inventory;
using Cmms.Domain.Persistence;
using Engines.GraphQL.Binding;
using Microsoft.EntityFrameworkCore;
using Xunit;
using Xunit.Abstractions;
using static Cmms.Tests.Inventory.Shelf;

namespace Cmms.Tests.Faults;

/// <summary>
/// Sixty-four people move stock of twenty parts by every way there is, for half a minute where the long tests are asked for, and in the middle of it a Graph is killed: the ledger adds up to the
/// balances, nothing falls below nothing, what was acknowledged is there, and nobody hears of another's lock.
/// </summary>
public sealed class StockSoakTests(ITestOutputHelper output)
{
    private const int Clients = 64, Parts = 20, Orders = 12;
    private static readonly TimeSpan s_length = TimeSpan.FromSeconds(Requirements.Soak ? 30 : 5);

    /// <summary>What is refused because others were faster, or because it makes no sense any more.</summary>
    private static readonly string[] s_usual = ["INSUFFICIENT_STOCK", "NEGATIVE_STOCK", "INVALID_VALUE", "INVALID_TRANSITION", "NOT_FOUND"];

    private static readonly (string Mutation, Func<World, Random, object> Input)[] s_moves =
    [
        ("restockPart", (w, r) => new { id = w.Part(r), quantity = r.Next(1, 5), unitCost = r.Next(1, 9_00) / 100m }),
        ("issuePart", (w, r) => new { id = w.Part(r), quantity = r.Next(1, 40) / 10m }),
        ("returnPart", (w, r) => new { id = w.Part(r), quantity = 1 }),
        ("reconcilePart", (w, r) => new { id = w.Part(r), quantity = r.Next(2) == 0 ? -2 : 2.5m, note = "Counted" }),
        ("transferStock", (w, r) => r.Next(2) is var way && way == 0 ? new { partId = w.Part(r), fromStoreroomId = w.Main, toStoreroomId = w.Van, quantity = 1 } : new { partId = w.Part(r), fromStoreroomId = w.Van, toStoreroomId = w.Main, quantity = 1 }),
        ("updatePartUnitCost", (w, r) => new { id = w.Part(r), cost = r.Next(1, 9_00) / 100m }),
        ("updatePartAverageUnitCost", (w, r) => new { id = w.Part(r), cost = r.Next(1, 9_00) / 100m }),
        ("addWorkOrderPart", (w, r) => new { workOrderId = w.Order(r), partId = w.Part(r), quantity = r.Next(1, 4) }),
        ("setWorkOrderPart", (w, r) => new { workOrderId = w.Order(r), partId = w.Part(r), quantity = r.Next(1, 4), allowShortage = r.Next(2) == 0 }),
        ("removeWorkOrderPart", (w, r) => new { workOrderId = w.Order(r), partId = w.Part(r) }),
        ("startWorkOrder", (w, r) => new { id = w.Order(r) }),
        ("completeWorkOrder", (w, r) => new { id = w.Order(r) }),
        ("reopenWorkOrder", (w, r) => new { id = w.Order(r) }),
        ("cancelWorkOrder", (w, r) => new { id = w.Order(r) }),
    ];

    [Theory, Sqlite, PostgreSql]
    public async Task Whatever_is_moved_at_once_the_ledger_adds_up(DatabaseProvider provider)
    {
        await using var machinery = await Machinery.CreateAsync(provider, graphs: provider is DatabaseProvider.PostgreSql ? 2 : 1);
        var world = await World.CreateAsync(machinery.Plant);
        await Task.WhenAll(Enumerable.Range(0, machinery.Graphs).Select(machinery.StartGraphAsync));
        using GraphClient client = new();
        ConcurrentBag<string> surprises = [];
        ConcurrentDictionary<string, int> done = [];
        var since = Stopwatch.StartNew();
        var restarted = false;
        var moving = Enumerable.Range(0, Clients).Select(i => Task.Run(async () =>
        {
            Random random = new(i);
            while (!(Volatile.Read(ref restarted) && since.Elapsed > s_length && done.GetValueOrDefault("done") > Clients) && since.Elapsed < Machinery.Patience)
            {
                var (mutation, input) = s_moves[random.Next(s_moves.Length)];
                var answer = await MoveAsync(client, machinery, mutation, input(world, random), surprises);
                if (answer is "") await Task.Delay(50, CancellationToken.None); // nobody was there
                else done.AddOrUpdate(answer, 1, (_, n) => n + 1);
            }
        })).ToList();
        await Task.Delay(s_length / 3, CancellationToken.None);
        await machinery.KillGraphAsync();
        await machinery.StartGraphAsync();
        Volatile.Write(ref restarted, true);
        await Task.WhenAll(moving);
        output.WriteLine(string.Join(", ", done.OrderByDescending(d => d.Value).Select(d => $"{d.Key} {d.Value}")));

        Assert.True(surprises.IsEmpty, $"{string.Join('\n', surprises.Distinct().Take(5))}\n{machinery.Said}");
        Assert.True(done.GetValueOrDefault("done") > Clients, machinery.Said);
        await using var db = machinery.Plant.Read();
        Assert.Empty(await db.VerifyStock(default));
        Assert.All(await db.StockLevels.ToListAsync(), level => Assert.True(level.OnHand >= Quantity.Zero && level.Reserved >= Quantity.Zero && level.Available == level.OnHand - level.Reserved));
        // What is reserved is what the lines of open orders hold.
        var held = (await db.WorkOrderParts.Select(l => new { l.PartId, l.Reserved }).ToListAsync()).ToLookup(l => l.PartId, l => l.Reserved);
        Assert.All(await db.Parts.ToListAsync(), part => Assert.Equal(part.Reserved, held[part.Id].Aggregate(Quantity.Zero, (sum, q) => sum + q)));
    }

    /// <returns>"done", the code of the refusal, or nothing where no program answered.</returns>
    private static async Task<string> MoveAsync(GraphClient client, Machinery machinery, string mutation, object input, ConcurrentBag<string> surprises)
    {
        if (machinery.AnyGraph() is not { } graph) return "";
        JsonElement answer;
        try
        {
            var type = char.ToUpperInvariant(mutation[0]) + mutation[1..];
            answer = await client.AskAsync(graph, $"mutation($input: {type}Input!) {{ {mutation}(input: $input) {{ errors {{ ... on Error {{ code message }} }} }} }}", new { input });
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException or TaskCanceledException or JsonException)
        {
            return "";
        }
        if (answer.TryGetProperty("errors", out var errors))
        {
            surprises.Add($"{mutation}: {errors}");
            return "error";
        }
        if (answer.GetProperty("data").GetProperty(mutation).GetProperty("errors") is not { ValueKind: JsonValueKind.Array } refused) return "done";
        var code = refused[0].GetProperty("code").GetString()!;
        if (!s_usual.Contains(code)) surprises.Add($"{mutation}: {refused}");
        return code;
    }

    private sealed record World(IReadOnlyList<string> PartIds, IReadOnlyList<string> OrderIds, string Main, string Van)
    {
        public string Part(Random random) => PartIds[random.Next(PartIds.Count)];

        public string Order(Random random) => OrderIds[random.Next(OrderIds.Count)];

        public static async Task<World> CreateAsync(TestPlant plant)
        {
            List<long> parts = [], orders = [];
            for (var i = 0; i < StockSoakTests.Parts; i++) parts.Add(await plant.AddPart($"Part {i}", 12, 3));
            var van = await plant.AddStoreroom("Van");
            for (var i = 0; i < Orders; i++) orders.Add(await Work.Shop.AddOrder(plant, $"Order {i}"));
            var main = await plant.ReadAsync(db => db.Storerooms.Where(s => s.Name == "Main Warehouse").Select(s => s.Id).SingleAsync());
            return new World(parts.ConvertAll(p => Id(nameof(Part), p)), orders.ConvertAll(o => Id("WorkOrder", o)), Id(nameof(Storeroom), main), Id(nameof(Storeroom), van));
        }

        private static string Id(string type, long id) => new GlobalId(type, id).ToString();
    }
}
