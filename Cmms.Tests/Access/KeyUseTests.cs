using Cmms.Domain;
using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cmms.Tests.Access;

/// <summary>When a key was last used is noted beside the requests.</summary>
public sealed class KeyUseTests
{
    [Theory, Sqlite, PostgreSql]
    public async Task It_is_noted_soon_and_then_once_a_minute(DatabaseProvider database)
    {
        await using var graph = await TestGraph.StartAsync(database);
        var plant = graph.Plant;
        var first = plant.Now;
        await graph.KnockAsync("test-admin");
        await graph.KnockAsync("nobody");
        Assert.Null(await UsedAsync(plant));
        await UntilAsync(plant, first);

        plant.Clock.MoveTo((first + TimeSpan.FromSeconds(60)).ToDateTimeOffset());
        await graph.KnockAsync("test-admin");
        plant.Clock.Advance(TimeSpan.FromSeconds(1));
        var second = plant.Now;
        await graph.KnockAsync("test-admin");
        await UntilAsync(plant, second);
        Assert.Equal(1, await plant.Database.ReadAsync(Scope.Customer(plant.CustomerId), db => db.ApiKeys.CountAsync(k => k.LastUsedAt != null)));
        Assert.Equal(0, await plant.Database.ReadAsync(Scope.Customer(plant.CustomerId), db => db.Events.CountAsync(e => e.Type == "ApiKeyChanged")));
    }

    [Fact]
    public async Task Somebody_who_writes_for_long_holds_up_no_request()
    {
        await using var graph = await TestGraph.StartAsync(DatabaseProvider.Sqlite);
        List<Task> passing = [];
        await using (await graph.Plant.Database.BeginAsync(graph.Plant.Scope))
        {
            for (var i = 0; i < 3; i++)
            {
                Assert.StartsWith("200 ", await graph.KnockAsync("test-admin").WaitAsync(TimeSpan.FromSeconds(4)), StringComparison.Ordinal);
                passing.Add(Task.Run(() => graph.Plant.Clock.Advance(TimeSpan.FromSeconds(5)))); // what waits for the clock waits for the database next, on its thread
            }
        }
        await Task.WhenAll(passing);
    }

    private static async Task UntilAsync(TestPlant plant, Instant expected)
    {
        // How soon the program waits for its clock is not to be seen from here.
        for (var i = 0; i < 50 && await UsedAsync(plant) != expected; i++)
        {
            plant.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(20);
        }
        Assert.Equal(expected, await UsedAsync(plant));
    }

    private static Task<Instant?> UsedAsync(TestPlant plant) =>
        plant.Database.ReadAsync(Scope.Customer(plant.CustomerId), db => db.ApiKeys.Where(k => k.User.Name == "Admin").Select(k => k.LastUsedAt).SingleAsync());
}
