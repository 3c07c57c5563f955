using Cmms.Domain;
using Cmms.Domain.Inventory;
using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Cmms.Tests.Inventory.Shelf;

namespace Cmms.Tests.Inventory;

public sealed class StockConcurrencyTests
{
    [Theory, Sqlite, PostgreSql]
    public async Task Sixty_four_who_reserve_the_last_units_at_once_get_what_there_is_and_figures(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var id = await plant.AddPart("Air Filter", 20, 1);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Record.ExceptionAsync(() => plant.Move(stock => stock.Reserve(id, Q(1), null, null, default)))));

        Assert.Equal(20, outcomes.Count(e => e is null));
        Assert.All(outcomes.OfType<InsufficientStock>(), e => Assert.Equal((1m, 0m), (e.Requested, e.Available)));
        Assert.Equal(44, outcomes.OfType<InsufficientStock>().Count());
        var part = await plant.Part(id);
        Assert.Equal((20m, 20m, 0m), (part.OnHand.Value, part.Reserved.Value, part.Available.Value));
        Assert.Equal(20, await plant.ReadAsync(db => db.StockTransactions.CountAsync(t => t.Kind == StockTransactionKind.Reservation)));
        Assert.Empty(await plant.ReadAsync(db => db.VerifyStock(default)));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task After_many_random_movements_at_once_the_ledger_adds_up_to_the_balances(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        long[] parts = [await plant.AddPart("A", 20, 3.33m, minimum: 10), await plant.AddPart("B", 20, 7, minimum: 5), await plant.AddPart("C", 0, 1, minimum: 3)];
        long?[] storerooms = [null, await plant.AddStoreroom("Annex"), await plant.AddStoreroom("Attic")];
        const int seed = 20260302;
        var expected = 0;

        await Task.WhenAll(Enumerable.Range(0, 6).Select(worker => Task.Run(async () =>
        {
            var random = new Random(seed + worker);
            for (var i = 0; i < 25; i++)
            {
                var (part, room, quantity) = (parts[random.Next(3)], storerooms[random.Next(3)], Q(random.Next(1, 6000) / 1000m));
                var kind = random.Next(8);
                var error = await Record.ExceptionAsync(() => plant.Move(stock => kind switch
                {
                    0 or 1 => stock.Restock(part, quantity, Eur(random.Next(1, 999) / 100m), null, room, default),
                    2 => stock.Reserve(part, quantity, null, room, default),
                    3 => stock.Release(part, quantity, null, room, default),
                    4 => stock.Use(part, quantity, null, room, null, default),
                    5 => stock.Return(part, quantity, null, null, room, null, default),
                    6 => stock.Reconcile(part, -quantity, "Counted", room, default),
                    _ => stock.Transfer(part, storerooms[1]!.Value, storerooms[2]!.Value, quantity, null, default),
                }));
                if (error is null) Interlocked.Increment(ref expected);
                else Assert.True(error is InsufficientStock or NegativeStock or InvalidValue, error.ToString());
            }
        })));

        Assert.True(expected > 40, $"seed {seed}: only {expected} movements succeeded");
        Assert.Empty(await plant.ReadAsync(db => db.VerifyStock(default)));
        var bad = await plant.ReadAsync(async db => (await db.StockLevels.ToListAsync()).Where(l => l.OnHand < Quantity.Zero || l.Reserved < Quantity.Zero).ToList());
        Assert.Empty(bad);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_balance_that_was_tampered_with_is_reported(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var id = await plant.AddPart("Air Filter", 6, 20);
        await plant.Database.ExecuteAsync("UPDATE stock_level SET on_hand = on_hand - 1000, available = available - 1000");

        var difference = Assert.Single(await plant.ReadAsync(db => db.VerifyStock(default)));
        Assert.Equal((id, "onHand", 6m, 5m), (difference.PartId, difference.Figure, difference.Ledger, difference.Kept));
        Assert.NotNull(difference.StoreroomId);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task The_database_itself_refuses_less_than_nothing(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        await plant.AddPart("Air Filter", 6, 20);
        foreach (var table in (string[])["stock_level", "part"])
        {
            await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => plant.Database.ExecuteAsync($"UPDATE {table} SET on_hand = -1, available = -1 - reserved"));
            await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => plant.Database.ExecuteAsync($"UPDATE {table} SET available = available + 1"));
        }
    }
}
