using System.Text.Json;
using Cmms.Domain.Assets;
using Cmms.Domain.Events;
using Cmms.Domain.Inventory;
using Cmms.Domain.Persistence;
using Cmms.Tests.Worker;
using Engines.GraphQL.Binding;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Cmms.Tests.Inventory.Shelf;

namespace Cmms.Tests.Faults;

/// <summary>
/// Graph and Worker are killed at random, again and again, while people write and listen; on PostgreSQL there are two Graphs, and the server itself
/// crashes too. Twenty times where the long tests are asked for, else three.
/// </summary>
internal static class KilledWhileWritingStory
{
    private const int Writers = 4, Parts = 4, Minimum = 100_000;
    private static readonly int s_kills = Requirements.Soak ? 20 : 3;

    public static async Task TellAsync(DatabaseProvider provider)
    {
        await using var machinery = await Machinery.CreateAsync(provider, graphs: provider is DatabaseProvider.PostgreSql ? 2 : 1);
        var plant = machinery.Plant;
        var partIds = await FillShelfAsync(plant);
        await machinery.StartAllAsync();
        List<EventSubscriber> subscribers = [];
        List<Writer> writers = [];
        try
        {
            foreach (var role in (string[])["admin", "manager"]) subscribers.Add(await EventSubscriber.StartAsync(() => machinery.AnyGraph() ?? throw new IOException("No Graph runs."), plant.CustomerId, role));
            using CancellationTokenSource enough = new();
            for (var i = 0; i < Writers; i++) writers.Add(new Writer(machinery, $"W{i}", partIds));
            var writing = writers.Select(w => Task.Run(() => w.RunAsync(enough.Token))).ToList();
            for (var kill = 1; kill <= s_kills; kill++)
            {
                await KillSomethingAsync(machinery, kill);
                await GoOnAsync(writers, machinery);
            }
            await enough.CancelAsync();
            await Task.WhenAll(writing);

            await AssertNothingIsMissingAsync(plant, writers);
            await AssertOrderedOnceAsync(plant, machinery);
            foreach (var subscriber in subscribers) await AssertHeardAsync(plant, subscriber);
        }
        finally
        {
            foreach (var writer in writers) writer.Dispose();
            foreach (var subscriber in subscribers) await subscriber.DisposeAsync();
        }
    }

    /// <summary>Parts that are just above their minimum: the first that is taken of each makes the Worker order.</summary>
    private static Task<List<string>> FillShelfAsync(TestPlant plant) => plant.WriteAsync(async db =>
    {
        List<Part> parts = [];
        for (var i = 0; i < Parts; i++)
        {
            Part part = new($"Part {i}", unitCost: Eur(20));
            part.SetLevels(Q(Minimum), Q(2 * Minimum));
            parts.Add(part);
        }
        db.AddRange(parts);
        await db.SaveChangesAsync();
        foreach (var part in parts) await db.Stock.Initial(part, Q(Minimum + 1), null, default);
        return parts.ConvertAll(p => new GlobalId(nameof(Part), p.Id).ToString());
    });

    private static async Task KillSomethingAsync(Machinery machinery, int kill)
    {
        await Task.Delay(Random.Shared.Next(50, 500));
        var graph = kill % machinery.Graphs; // so that nobody keeps the line for ever
        // Each kind comes up in any three in a row; the rest is chance.
        var (killsGraph, killsWorker) = (kill % 3) switch { 0 => (true, false), 1 => (false, true), _ => (true, true) };
        if (killsGraph) await machinery.KillGraphAsync(graph);
        if (killsWorker) await machinery.KillWorkerAsync();
        if (machinery.HasServer && kill % 3 == 2) await machinery.CrashServerAsync();
        await Task.WhenAll(killsGraph ? machinery.StartGraphAsync(graph) : Task.CompletedTask, killsWorker ? machinery.StartWorkerAsync() : Task.CompletedTask);
    }

    /// <summary>Until every writer has got something done since.</summary>
    private static async Task GoOnAsync(IReadOnlyList<Writer> writers, Machinery machinery)
    {
        var before = writers.Select(w => w.Acknowledged).ToList();
        Assert.True(await WorkerPlant.Until(Machinery.Patience, () => Task.FromResult(writers.Index().All(w => w.Item.Acknowledged > before[w.Index] + 1))), machinery.Said);
    }

    /// <summary>What was acknowledged is there with its event, and each event has its change: as many as the versions of what it happened to.</summary>
    private static async Task AssertNothingIsMissingAsync(TestPlant plant, IReadOnlyList<Writer> writers)
    {
        await using var db = plant.Read();
        var assets = await db.Assets.Select(a => new { a.Id, a.Name, a.Description, a.Version }).ToDictionaryAsync(a => new GlobalId(nameof(Asset), a.Id).ToString());
        var events = (await db.Events.Where(e => e.SubjectType == nameof(Asset)).OrderBy(e => e.Position).ToListAsync()).ToLookup(e => new GlobalId(nameof(Asset), e.SubjectId).ToString());
        foreach (var writer in writers)
        {
            Assert.All(writer.Made, made => Assert.Equal(made.Value, assets[made.Key].Name));
            Assert.All(writer.Changed, change => Assert.Contains(change.Description, events[change.Id].Select(Description)));
        }
        Assert.Equal(assets.Keys.Order(), events.Select(e => e.Key).Order());
        Assert.All(assets, asset =>
        {
            Assert.Equal(["AssetCreated", .. Enumerable.Repeat("AssetChanged", asset.Value.Version - 1)], events[asset.Key].Select(e => e.Type));
            Assert.Equal(asset.Value.Description, events[asset.Key].Select(Description).LastOrDefault(d => d is not null));
        });

        var movements = await db.StockTransactions.Where(t => t.Kind == StockTransactionKind.Usage).Select(t => t.Id).ToListAsync();
        var taken = writers.SelectMany(w => w.Taken).ToList();
        Assert.Subset(movements.Select(id => new GlobalId(nameof(StockTransaction), id).ToString()).ToHashSet(), taken.ToHashSet());
        Assert.Equal(Q((Parts * (Minimum + 1)) - movements.Count), (await db.Parts.Select(p => p.OnHand).ToListAsync()).Aggregate((sum, q) => sum + q));

        // A position is lost with what did not happen, so there is no gap in them.
        var positions = await plant.Database.ReadAsync(Scope.System, all => all.Events.Where(e => e.CustomerId == plant.CustomerId).OrderBy(e => e.Position).Select(e => e.Position).ToListAsync());
        Assert.Equal(Enumerable.Range(1, positions.Count).Select(i => (long)i), positions);
    }

    /// <summary>Each part that was taken from is ordered, and no part twice.</summary>
    private static async Task AssertOrderedOnceAsync(TestPlant plant, Machinery machinery)
    {
        async Task<bool> AllOrdered() => await plant.ReadAsync(async db =>
            await db.Parts.CountAsync(p => p.OnHand <= Q(Minimum)) == await db.PurchaseLines.Select(l => l.PartId).Distinct().CountAsync());
        Assert.True(await WorkerPlant.Until(Machinery.Patience, AllOrdered), machinery.Said);
        await using var db = plant.Read();
        var lines = await db.PurchaseLines.Select(l => l.PartId).ToListAsync();
        Assert.Equal(lines.Count, lines.Distinct().Count());
        Assert.NotEmpty(lines);
    }

    private static async Task AssertHeardAsync(TestPlant plant, EventSubscriber subscriber)
    {
        var log = await plant.Database.ReadAsync(Scope.System, db => db.Events
            .Where(e => e.CustomerId == plant.CustomerId && e.Position > subscriber.Start && (e.SiteId == null || e.SiteId == plant.SiteId)).OrderBy(e => e.Position).Select(e => e.Position).ToListAsync());
        await WorkerPlant.Until(Machinery.Patience, () => Task.FromResult(subscriber.Heard.Count >= log.Count));
        await Task.Delay(100); // what is sent twice would come now
        await subscriber.EndAsync();
        Assert.Equal(log, subscriber.Heard.Take(log.Count));
        Assert.True(subscriber.Returns >= s_kills / 3, $"It came back only {subscriber.Returns} times: this shows nothing.");
    }

    private static string? Description(Event happened)
    {
        using var changes = JsonDocument.Parse(happened.Changes);
        return changes.RootElement.TryGetProperty("description", out var description) ? description[1].GetString() : null;
    }
}
