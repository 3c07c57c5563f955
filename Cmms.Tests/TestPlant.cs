using Cmms.Domain;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;

namespace Cmms.Tests;

/// <summary>A database with a customer and two sites. Tests work on the first; the second is the neighbour who must not notice.</summary>
public sealed class TestPlant : IAsyncDisposable
{
    private TestPlant(TestDatabase database) => Database = database;

    public TestDatabase Database { get; }
    public TestClock Clock => Database.Clock;
    public Instant Now => Clock.Now;
    public long CustomerId { get; private set; }
    public long SiteId { get; private set; }
    public long NeighbourId { get; private set; }
    public Scope Scope => Scope.Site(CustomerId, SiteId);
    public Scope Neighbour => Scope.Site(CustomerId, NeighbourId);

    public static async Task<TestPlant> CreateAsync(DatabaseProvider provider, string? folder = null) => await CreateAsync(await TestDatabase.CreateAsync(provider, folder));

    public static async Task<TestPlant> CreateAsync(TestDatabase database)
    {
        var plant = new TestPlant(database);
        (plant.CustomerId, plant.SiteId, plant.NeighbourId) = await AddCustomerAsync(plant.Database, "Acme");
        return plant;
    }

    /// <summary>Another customer with two sites, in the same database.</summary>
    public static async Task<(long CustomerId, long SiteId, long NeighbourId)> AddCustomerAsync(TestDatabase database, string name)
    {
        await using var transaction = await database.BeginAsync(Scope.System);
        var customer = new Customer(name, name.ToLowerInvariant());
        transaction.Db.Add(customer);
        await transaction.NarrowAsync(Scope.System);
        await transaction.NarrowAsync(Scope.Customer(customer.Id));
        var (site, neighbour) = (new Site($"{name} North", "NORTH", "America/Bogota", "USD"), new Site($"{name} South", "SOUTH", "Europe/Madrid", "EUR"));
        transaction.Db.AddRange(site, neighbour);
        await transaction.CommitAsync();
        return (customer.Id, site.Id, neighbour.Id);
    }

    public CmmsDb Read() => Database.For(Scope);

    public Task<WriteTransaction> BeginAsync(Actor by = default) => Database.BeginAsync(Scope, by);

    public Task<T> WriteAsync<T>(Func<CmmsDb, Task<T>> write, Actor by = default) => Database.WriteAsync(Scope, write, by);

    public Task WriteAsync(Func<CmmsDb, Task> write, Actor by = default) => Database.WriteAsync(Scope, write, by);

    public Task<T> ReadAsync<T>(Func<CmmsDb, Task<T>> read) => Database.ReadAsync(Scope, read);

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
