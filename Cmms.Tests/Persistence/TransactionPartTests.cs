using Cmms.Domain;
using Cmms.Domain.Inventory;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cmms.Tests.Persistence;

/// <summary>Parts of one write transaction, each of which can be undone alone.</summary>
public sealed class TransactionPartTests
{
    [Theory, Sqlite, PostgreSql]
    public async Task What_an_undone_part_did_leaves_neither_rows_nor_events(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        await using (var transaction = await plant.BeginAsync())
        {
            await Add(transaction, plant, "One");
            await Add(transaction, plant, "Two");
            await transaction.UndoPartAsync();
            await Add(transaction, plant, "Three");
            await transaction.CommitAsync();
        }

        await using var db = plant.Read();
        Assert.Equal(["One", "Three"], await db.Storerooms.OrderBy(s => s.Id).Select(s => s.Name).ToListAsync());
        Assert.Equal(2, await db.Events.CountAsync(e => e.Type == "StoreroomCreated"));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task After_a_save_that_failed_undoing_its_part_makes_the_transaction_whole_again(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        await using (var transaction = await plant.Database.BeginAsync(Scope.Customer(plant.CustomerId)))
        {
            await Add(transaction, plant, "One");
            await transaction.BeginPartAsync(Scope.Customer(plant.CustomerId));
            transaction.Db.Add(new Site("Again", "NORTH", "Etc/UTC", "USD"));
            await Assert.ThrowsAsync<Duplicate>(() => transaction.EndPartAsync(plant.Scope));
            await transaction.UndoPartAsync();
            await Add(transaction, plant, "Two");
            await transaction.CommitAsync();
        }

        await using var db = plant.Read();
        Assert.Equal(["One", "Two"], await db.Storerooms.OrderBy(s => s.Id).Select(s => s.Name).ToListAsync());
        Assert.Equal(2, await db.Sites.CountAsync());
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Between_parts_the_context_reads_what_was_written_and_tracks_nothing(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        await using var transaction = await plant.BeginAsync();
        await Add(transaction, plant, "One");

        Assert.Equal("One", (await transaction.Db.Storerooms.SingleAsync()).Name);
        Assert.Empty(transaction.Db.ChangeTracker.Entries());
        await transaction.BeginPartAsync(plant.Scope);
        await transaction.Db.Storerooms.SingleAsync();
        Assert.Single(transaction.Db.ChangeTracker.Entries());
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_part_stays_within_the_scope_in_which_all_began(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        await using var transaction = await plant.BeginAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => transaction.BeginPartAsync(plant.Neighbour));
        await transaction.BeginPartAsync(plant.Scope);
        await Assert.ThrowsAsync<InvalidOperationException>(() => transaction.EndPartAsync(plant.Neighbour));
    }

    private static async Task Add(WriteTransaction transaction, TestPlant plant, string name)
    {
        await transaction.BeginPartAsync(plant.Scope);
        transaction.Db.Add(new Storeroom(name));
        await transaction.EndPartAsync(plant.Scope);
    }
}
