using Cmms.Domain;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cmms.Tests.Persistence;

public sealed class FindTests
{
    [Theory, Sqlite, PostgreSql]
    public async Task What_is_missing_or_of_another_customer_is_not_found_and_the_field_is_named(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var other = await TestPlant.AddCustomerAsync(plant.Database, "Other");
        await using var transaction = await plant.BeginAsync();
        long siteId = 999, strangerId = other.SiteId;

        var missing = await Assert.ThrowsAsync<NotFound>(() => transaction.Db.Find<Site>(siteId, default));
        var stranger = await Assert.ThrowsAsync<NotFound>(() => transaction.Db.Find<Site>(strangerId, default));

        Assert.Equal(("siteId", "Site not found."), (missing.Field, missing.Message));
        Assert.Equal(("strangerId", missing.Message), (stranger.Field, stranger.Message));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Of_several_each_is_found_once_and_the_missing_one_is_named_by_its_place(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        await using var transaction = await plant.BeginAsync();

        var found = await transaction.Db.FindAll<Site>([plant.NeighbourId, plant.SiteId, plant.NeighbourId], default);
        long[] siteIds = [plant.SiteId, 999];
        var missing = await Assert.ThrowsAsync<NotFound>(() => transaction.Db.FindAll<Site>(siteIds, default));

        Assert.Equal([plant.NeighbourId, plant.SiteId], found.Select(site => site.Id));
        Assert.Equal("siteIds[1]", missing.Field);
        Assert.Empty(await transaction.Db.FindAll<Site>([], default));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_version_that_has_passed_is_a_conflict_with_the_row_as_it_is(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        await plant.WriteAsync(db => RenameAsync(db, plant.SiteId, "Renamed"));
        await using var transaction = await plant.BeginAsync();

        var conflict = await Assert.ThrowsAsync<Conflict>(() => transaction.Db.FindVersion<Site>(plant.SiteId, 1, default));

        Assert.Equal(("Renamed", 2), (((Site)conflict.Current!).Name, conflict.Current.Version));
        Assert.Equal(2, (await transaction.Db.FindVersion<Site>(plant.SiteId, 2, default)).Version);
        Assert.Equal(2, (await transaction.Db.FindVersion<Site>(plant.SiteId, null, default)).Version);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Sixteen_read_modify_writes_at_once_lose_nothing(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => plant.WriteAsync(async db =>
        {
            var site = await db.Find<Site>(plant.SiteId, default);
            db.Entry(site).Property(s => s.Name).CurrentValue += "+";
        }))));
        await using var db = plant.Read();
        var saved = await db.Sites.SingleAsync(site => site.Id == plant.SiteId);
        Assert.Equal(("Acme North" + new string('+', 16), 17), (saved.Name, saved.Version));
    }

    [Theory, PostgreSql]
    public async Task A_row_changed_behind_an_unlocked_read_is_a_transient_failure(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        await using var transaction = await plant.BeginAsync();
        var read = await transaction.Db.Sites.SingleAsync(site => site.Id == plant.SiteId);
        await plant.WriteAsync(db => RenameAsync(db, plant.SiteId, "First"));
        transaction.Db.Entry(read).Property(s => s.Name).CurrentValue = "Second";
        var exception = await Assert.ThrowsAnyAsync<Exception>(() => transaction.CommitAsync());
        Assert.True(exception.IsTransient);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Numbers_are_counted_by_site_and_sequence_without_gaps_or_twins(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var numbers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => plant.WriteAsync(db => db.NextNumber("work order", default)))));
        await using (var abandoned = await plant.BeginAsync()) await abandoned.Db.NextNumber("work order", default);

        Assert.Equal(Enumerable.Range(1, 20).Select(i => (long)i), numbers.Order());
        Assert.Equal(21, await plant.WriteAsync(db => db.NextNumber("work order", default)));
        Assert.Equal(1, await plant.WriteAsync(db => db.NextNumber("purchase", default)));
        Assert.Equal(1, await plant.Database.WriteAsync(plant.Neighbour, db => db.NextNumber("work order", default)));
    }

    private static async Task RenameAsync(CmmsDb db, long id, string name)
    {
        var site = await db.Find<Site>(id, default);
        db.Entry(site).Property(s => s.Name).CurrentValue = name;
    }
}
