using Cmms.Domain.Persistence;
using Cmms.Domain.Policies;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cmms.Tests.Policies;

public sealed class PolicyRehearsalTests
{
    [Theory, Sqlite, PostgreSql]
    public async Task Nothing_of_a_rehearsal_stays(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var before = await State(plant);
        await new PolicyRehearsal(plant.Database.Options, plant.Database.Factory, plant.Clock).PlayAsync(default);
        Assert.Equal(before, await State(plant));
    }

    /// <summary>Nobody else's plant is locked meanwhile, and two that rehearse do not wait for each other.</summary>
    [Theory, Sqlite, PostgreSql]
    public async Task Others_go_on_meanwhile(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        await using var writing = await plant.BeginAsync();
        writing.Db.Add(new Cmms.Domain.Inventory.Part("Air Filter"));
        await writing.Db.SaveChangesAsync();
        var rehearsals = Enumerable.Range(0, 2).Select(_ => new PolicyRehearsal(plant.Database.Options, plant.Database.Factory, plant.Clock).PlayAsync(default));
        await Task.WhenAll(rehearsals);
        await writing.CommitAsync();
        Assert.Single(await plant.ReadAsync(db => db.Parts.ToListAsync()));
    }

    private static Task<(int, int, int)> State(TestPlant plant) => plant.Database.ReadAsync(Scope.System, async db =>
        (await db.Customers.CountAsync(), await db.Parts.IgnoreQueryFilters().CountAsync(), await db.Events.CountAsync()));
}
