using System.Collections.Concurrent;
using Cmms.Domain;
using Cmms.Domain.Demo;
using Cmms.Domain.Persistence;
using Xunit;

namespace Cmms.Tests.Demo;

/// <summary>A demo plant on each database, seeded once for all tests that only look at it: it takes seconds.</summary>
public sealed class DemoPlants : IAsyncLifetime
{
    public static readonly Instant Now = Instant.From(new DateTimeOffset(2026, 2, 19, 15, 0, 0, TimeSpan.Zero));
    private readonly ConcurrentDictionary<DatabaseProvider, Lazy<Task<TestDatabase>>> _plants = new();

    public Task<TestDatabase> On(DatabaseProvider provider) => _plants.GetOrAdd(provider, _ => new Lazy<Task<TestDatabase>>(() => SeedAsync(provider))).Value;

    public static async Task<TestDatabase> SeedAsync(DatabaseProvider provider)
    {
        var database = await TestDatabase.CreateAsync(provider);
        Assert.True(await DemoPlant.SeedAsync(database.Factory, Now));
        return database;
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var plant in _plants.Values) await (await plant.Value).DisposeAsync();
    }
}
