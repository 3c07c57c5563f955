using Cmms.Domain;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cmms.Tests.Persistence;

public sealed class ScopeTests
{
    [Theory, Sqlite, PostgreSql]
    public async Task A_pooled_context_never_keeps_a_scope(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var (first, id) = await LeaseAsync(plant.Scope);
        Assert.Throws<InvalidOperationException>(() => first.Scope);

        var (second, sameId) = await LeaseAsync(plant.Neighbour);
        Assert.Same(first, second); // the very context, from the pool
        Assert.NotEqual(id, sameId);

        async Task<(CmmsDb Context, long? SiteId)> LeaseAsync(Scope scope)
        {
            await using var db = plant.Database.For(scope);
            return (db, db.Scope.SiteId);
        }
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_context_that_is_not_leased_sees_nothing_and_says_so(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        await using var leased = plant.Read();
        await using var unleased = new CmmsDb((DbContextOptions<CmmsDb>)leased.GetService<IDbContextOptions>());
        var exception = await Assert.ThrowsAnyAsync<Exception>(() => unleased.Sites.ToListAsync());
        Assert.Contains("no scope", exception.GetBaseException().Message, StringComparison.Ordinal);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_write_transaction_ends_with_its_scope_its_change_and_its_tracking(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        CmmsDb used;
        await using (var transaction = await plant.BeginAsync(Actor.User(1))) used = transaction.Db;
        await using var db = plant.Read();
        Assert.Same(used, db);
        Assert.Throws<InvalidOperationException>(() => db.Change);
        Assert.Throws<InvalidOperationException>(() => db.Now);
        await db.Sites.ToListAsync();
        Assert.Empty(db.ChangeTracker.Entries());
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_scope_can_be_narrowed_but_never_widened_or_moved(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        await using var transaction = await plant.Database.BeginAsync(Scope.Customer(plant.CustomerId));
        await transaction.NarrowAsync(plant.Scope);
        foreach (var wider in (Scope[])[Scope.System, Scope.Customer(plant.CustomerId), plant.Neighbour, Scope.Customer(99)])
            await Assert.ThrowsAsync<InvalidOperationException>(() => transaction.NarrowAsync(wider));
    }

    [Fact]
    public void Whoever_knows_of_some_sites_alone_is_never_led_to_others()
    {
        var all = Scope.Customer(1);
        Assert.True(all.Knowing([1, 2]).Knows(2));
        Assert.False(all.Knowing([1, 2]).Knows(3));
        Assert.True(all.Contains(Scope.Site(1, 1).Knowing([1])));
        Assert.True(all.Knowing([1, 2]).Contains(Scope.Site(1, 1).Knowing([1])));
        foreach (var wider in (Scope[])[Scope.Site(1, 1), Scope.Site(1, 1).Knowing([1, 3])]) Assert.False(all.Knowing([1, 2]).Contains(wider));
    }

    [Fact]
    public void The_services_offer_the_factory_and_never_a_raw_context()
    {
        using var services = new ServiceCollection().AddLogging().AddCmmsPersistence(new DatabaseOptions { ConnectionString = "Data Source=:memory:" }).BuildServiceProvider();
        Assert.NotNull(services.GetRequiredService<CmmsDbFactory>());
        Assert.Null(services.GetService<CmmsDb>());
        Assert.Null(services.GetService<IDbContextFactory<CmmsDb>>());
    }

    /// <summary>A condition such as "@all or customer_id = @customer" would read every customer's rows.</summary>
    [Theory, Sqlite, PostgreSql]
    public async Task Filters_leave_the_indexes_usable(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        await using (var site = plant.Read())
        {
            Assert.DoesNotContain(" OR ", Where(site.Sites), StringComparison.Ordinal);
            Assert.Matches(@"^WHERE e\.customer_id = @\w+ AND \(e\.site_id IS NULL OR e\.site_id = @\w+ OR e\.subject_type IN \('Site', 'UserRole'\)\)$", Where(site.Events));
        }
        await using var system = plant.Database.For(Scope.System);
        Assert.Equal("", Where(system.Sites));

        static string Where<T>(IQueryable<T> rows) where T : class =>
            rows.ToQueryString() is var sql && sql.IndexOf("WHERE", StringComparison.Ordinal) is >= 0 and var start ? sql[start..].ReplaceLineEndings(" ").Replace("\"", "").Trim() : "";
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_site_of_another_customer_cannot_be_made_from_here(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var other = await TestPlant.AddCustomerAsync(plant.Database, "Other");
        await using var transaction = await plant.BeginAsync();
        var site = new Site("Third", "THIRD", "Etc/UTC", "USD") { CustomerId = other.CustomerId };
        transaction.Db.Add(site);
        await Assert.ThrowsAsync<ScopeViolation>(() => transaction.CommitAsync());
    }
}
