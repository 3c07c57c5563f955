using Cmms.Domain;
using Cmms.Domain.Inventory;
using Cmms.Domain.Persistence;
using Cmms.Tests.Demo;
using Xunit;
using Xunit.Abstractions;
using static Cmms.Tests.Inventory.Shelf;

namespace Cmms.Tests.Worker;

/// <summary>Tests that measure how long something takes, and so run with nothing beside them.</summary>
[CollectionDefinition(nameof(Measured), DisableParallelization = true)]
public sealed class Measured;

/// <summary>
/// Graph and Worker as two processes, fresh from their start, and a public client: 200 parts fall below their minimum, one 40 ms after the
/// answer to the one before, and the client never waits for what it is told.
/// </summary>
[Collection(nameof(Measured))]
public sealed class CrossingTests(ITestOutputHelper output)
{
    private const int Parts = 200, PaceInMilliseconds = 40, MostMilliseconds = 1000;

    private const int TooSlow = 3;

    /// <summary>Where the machine did something else meanwhile, it is measured a second time, from the start.</summary>
    [NodeTheory, Sqlite(false), PostgreSql(false), PostgreSql(true)]
    public async Task A_buyer_is_told_within_a_second_of_the_answer_and_what_is_missing_is_ordered(DatabaseProvider provider, bool besideAForeignTransaction)
    {
        var outcome = await MeasureAsync(provider, besideAForeignTransaction);
        if (outcome == TooSlow) outcome = await MeasureAsync(provider, besideAForeignTransaction);
        Assert.Equal(0, outcome);
    }

    private async Task<int> MeasureAsync(DatabaseProvider provider, bool besideAForeignTransaction)
    {
        await using var plant = await WorkerPlant.CreateAsync(provider);
        await FillAsync(plant);
        await using var foreign = besideAForeignTransaction ? await ForeignTransaction.BeginAsync(plant) : null;
        Dictionary<string, string> settings = new()
        {
            ["Database__Provider"] = provider.ToString(),
            ["Database__ConnectionString"] = plant.Database.Options.ConnectionString, ["Database__Files"] = plant.Database.Options.Files!,
            ["Database__Migrate"] = "false",
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
        };
        await using var graph = Programs.Start("Cmms.Graph", settings);
        await using var worker = WorkerProcess.Start(plant.Database.Options, ("Worker__Sweeps", "false"));
        var address = await graph.SaysAsync("Now listening on: ");
        Assert.True(await worker.Says("Following", TimeSpan.FromMinutes(2)), worker.Said);

        var outcome = await NodeClients.RunAsync(output, "crossings.mjs", address + "/graphql", $"{PaceInMilliseconds}", $"{MostMilliseconds}");
        if (outcome != 0) output.WriteLine(worker.Said);
        if (foreign is not null) await foreign.CommitAsync();
        return outcome;
    }

    /// <summary>Parts above their minimum, each with figures of its own; of some of them something is on order already.</summary>
    private static Task FillAsync(TestPlant plant) => plant.WriteAsync(async db =>
    {
        List<Part> parts = [];
        for (var i = 0; i < Parts; i++)
        {
            Part part = new($"Part {i}", unitCost: Eur(20));
            part.SetLevels(Q(5 + (i % 3)), Q(12 + (i % 7)));
            parts.Add(part);
        }
        db.AddRange(parts);
        await db.SaveChangesAsync();
        foreach (var part in parts) await db.Stock.Initial(part, Q(10), null, default);
        await db.RaisePurchase(null, [.. parts.Where((_, i) => i % 4 == 0).Select(p => new PartToBuy(p.Id, Q(2)))], null, null, default);
    }, Actor.System);
}

/// <summary>A theory that needs Node.js, as <see cref="NodeFactAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeTheoryAttribute : TheoryAttribute
{
    public NodeTheoryAttribute() => Skip = new NodeFactAttribute().Skip;
}
