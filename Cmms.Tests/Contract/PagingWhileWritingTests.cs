using System.Globalization;
using Cmms.Domain;
using Cmms.Domain.Inventory;
using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;
using Xunit;
using Xunit.Abstractions;

namespace Cmms.Tests.Contract;

/// <summary>A list is read page by page while others add to it and change what it holds: what was there all the time comes exactly once.</summary>
public sealed class PagingWhileWritingTests(ITestOutputHelper output)
{
    private const int Parts = 40, Walks = 12;

    [Theory, Sqlite, PostgreSql]
    public async Task Nothing_comes_twice_and_nothing_is_skipped(DatabaseProvider provider)
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"Seed {seed}");
        Random random = new(seed);
        await using var graph = await TestGraph.StartAsync(provider);
        await AddAsync(graph.Plant, random, Parts);
        for (var walk = 0; walk < Walks; walk++)
        {
            var there = await graph.Plant.ReadAsync(db => db.Parts.Select(p => p.Number!).ToListAsync());
            var seen = await WalkAsync(graph, random);
            Assert.Empty(seen.GroupBy(n => n).Where(g => g.Count() > 1).Select(g => g.Key));
            Assert.Empty(there.Except(seen));
        }
    }

    /// <summary>The numbers of all parts in a random order, from a random end, in pages of random size, with a write between any two pages.</summary>
    private static async Task<List<string>> WalkAsync(TestGraph graph, Random random)
    {
        var orders = (string[])["", "order: [{ name: ASC }]", "order: [{ name: DESC }]", "order: [{ minimum: ASC }, { name: DESC }]", "order: [{ area: DESC }]", "order: [{ createdAt: ASC }]"];
        var order = orders[random.Next(orders.Length)];
        var (size, cursor, more, end) = random.Next(2) == 0 ? ("first", "after", "hasNextPage", "endCursor") : ("last", "before", "hasPreviousPage", "startCursor");
        List<string> seen = [];
        string? at = null;
        while (true)
        {
            var page = (await graph.DataAsync(
                $"query ($size: Int!, $at: String) {{ parts({size}: $size, {cursor}: $at, {order}) {{ nodes {{ number }} pageInfo {{ {more} {end} }} }} }}",
                new { size = random.Next(1, 9), at })).GetProperty("parts");
            seen.AddRange(page.GetProperty("nodes").EnumerateArray().Select(n => n.GetProperty("number").GetString()!));
            if (!page.GetProperty("pageInfo").GetProperty(more).GetBoolean()) return seen;
            at = page.GetProperty("pageInfo").GetProperty(end).GetString();
            await AddAsync(graph.Plant, random, random.Next(3));
            await graph.Plant.WriteAsync(async db =>
            {
                // Not what the list is ordered by.
                foreach (var part in await db.Parts.OrderBy(p => p.Id).Skip(random.Next(Parts)).Take(3).ToListAsync()) part.Description = $"Changed {random.Next()}";
            });
        }
    }

    /// <summary>Few names, areas and minimums, so that order is often decided by the id alone.</summary>
    private static Task AddAsync(TestPlant plant, Random random, int count) => plant.WriteAsync(db =>
    {
        for (var i = 0; i < count; i++)
        {
            Part part = new($"Part {(char)('A' + random.Next(4))}") { Number = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture), Area = random.Next(3) == 0 ? null : $"Área {random.Next(3)}" };
            if (random.Next(3) > 0) part.SetLevels(Quantity.Of(random.Next(3), ""), null);
            db.Parts.Add(part);
        }
        return Task.CompletedTask;
    });
}
