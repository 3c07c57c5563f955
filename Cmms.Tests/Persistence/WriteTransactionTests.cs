using Cmms.Domain;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cmms.Tests.Persistence;

public sealed class WriteTransactionTests
{
    [Theory, Sqlite, PostgreSql]
    public async Task A_saved_row_has_its_owner_its_version_and_who_made_it_when(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);

        var id = await plant.WriteAsync(async db =>
        {
            var site = new Site("Third", "THIRD", "Etc/UTC", "USD");
            db.Add(site);
            await db.SaveChangesAsync();
            return site.Id;
        }, Actor.User(7));

        await using var db = plant.Read();
        var saved = await db.Sites.SingleAsync(site => site.Id == id);
        Assert.Equal((plant.CustomerId, 1), (saved.CustomerId, saved.Version));
        Assert.Equal((Actor.User(7), plant.Now, Actor.User(7), plant.Now), (saved.CreatedBy, saved.CreatedAt, saved.UpdatedBy, saved.UpdatedAt));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Without_a_commit_nothing_is_left(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        await using (var transaction = await plant.BeginAsync())
        {
            transaction.Db.Add(new Site("Third", "THIRD", "Etc/UTC", "USD"));
            await transaction.Db.SaveChangesAsync();
        }

        await using var db = plant.Read();
        Assert.Equal(2, await db.Sites.CountAsync());
        Assert.Equal(2, await db.Events.CountAsync(e => e.SubjectType == "Site"));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Saving_outside_a_write_transaction_is_refused(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        await using var db = plant.Read();
        db.Add(new Site("Third", "THIRD", "Etc/UTC", "USD"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync());
        Assert.Throws<NotSupportedException>(() => db.SaveChanges());
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_second_site_with_the_same_code_is_a_duplicate(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        await using var transaction = await plant.BeginAsync();
        transaction.Db.Add(new Site("Third", "NORTH", "Etc/UTC", "USD"));
        var error = await Assert.ThrowsAsync<Duplicate>(() => transaction.CommitAsync());
        Assert.Equal(("Code", "NORTH"), (error.Field, error.Value));
        await Assert.ThrowsAsync<InvalidOperationException>(() => transaction.CommitAsync());
    }
}
