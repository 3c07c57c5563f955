using Cmms.Domain.Inventory;
using Cmms.Domain.Persistence;
using Cmms.Domain.Policies;
using Cmms.Tests.Inventory;
using Xunit;
using Xunit.Abstractions;
using static Cmms.Tests.Inventory.Shelf;
using static Cmms.Tests.Policies.PolicyDesk;

namespace Cmms.Tests.Policies;

/// <summary>What policies cost in statements, beside the events that they write.</summary>
public sealed class PolicyCostTests(ITestOutputHelper output)
{
    [Theory, Sqlite, PostgreSql]
    public async Task A_crossing_costs_few_statements(DatabaseProvider provider)
    {
        using StatementLog log = new();
        await using var plant = await TestPlant.CreateAsync(provider);
        await plant.StaffAsync();
        var ids = new List<long>();
        for (var i = 0; i < 5; i++) ids.Add(await Low(plant, i));
        var one = await Statements([ids[0]]);
        var four = await Statements([.. ids.Skip(1)]);
        output.WriteLine($"{one.Count} for one, {four.Count} for four:\n\n{string.Join("\n\n", one)}");
        Assert.Equal(5, (await plant.Purchases()).Count);
        // Rows that one save adds travel together on PostgreSQL; on SQLite each is a statement.
        var (run, each) = provider is DatabaseProvider.Sqlite ? (4 + 1, 9) : (4, 7);
        Assert.Equal(run + each, one.Count);
        Assert.Equal(run + (4 * each), four.Count);

        async Task<IReadOnlyList<string>> Statements(IReadOnlyList<long> subjects)
        {
            log.Count(plant.Database.Options);
            Assert.Equal(subjects.Count, await plant.Runner().Run(PolicyCatalog.Find(LowStock), plant.Scope, PolicyTrigger.Event, subjects.ToDictionary(id => id, _ => 1L), default));
            return log.Statements;
        }
    }

    private static async Task<long> Low(TestPlant plant, int number)
    {
        var id = await plant.AddPart($"Part {number}", 10, 20, minimum: 5, desired: 8);
        await plant.WriteAsync(async db =>
        {
            Vendor vendor = new($"Vendor {number}");
            db.Add(vendor);
            await db.SaveChangesAsync();
            await db.SetVendorParts(await db.Find<Part>(id, default), [new VendorOffer(vendor.Id, IsPreferred: true)], default);
        });
        await plant.Move(stock => stock.Use(id, Q(6), null, null, null, default));
        return id;
    }
}
