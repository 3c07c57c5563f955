using Cmms.Domain;
using Cmms.Domain.Inventory;
using Cmms.Domain.Persistence;
using Cmms.Domain.Work;
using Cmms.Tests.Inventory;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Cmms.Tests.Inventory.Shelf;

namespace Cmms.Tests.Work;

public sealed class WorkOrderPartsTests
{
    [Theory, Sqlite, PostgreSql]
    public async Task Planned_is_reserved_completed_is_used_and_reopened_is_reversed(DatabaseProvider provider)
    {
        await using var plant = await Shop.OpenAsync(provider);
        var (filter, order) = (await plant.AddPart("Air Filter", 6, 20), await plant.AddOrder("Change the filter"));

        await plant.Plan(order, filter, 4);
        Assert.Equal((6, 4, 2, 0), await plant.Stock(filter));

        await plant.Take(order, WorkOrderTransition.Complete);
        Assert.Equal((2, 0, 2, 0), await plant.Stock(filter));
        var line = Assert.Single((await plant.Order(order)).Parts);
        Assert.Equal((4m, 0m, 80m), (line.Used.Value, line.Reserved.Value, line.TotalCost.Value));

        // A dearer delivery does not change what the work has cost, nor what comes back.
        await plant.Move(stock => stock.Restock(filter, Q(2), Eur(40), null, null, default));
        await plant.Take(order, WorkOrderTransition.Reopen);
        Assert.Equal((8, 4, 4, 0), await plant.Stock(filter));
        Assert.Equal(200m, (await plant.Part(filter)).StockValue.Value);
        Assert.Equal((0m, 4m), ((await plant.Order(order)).Parts[0].Used.Value, (await plant.Order(order)).Parts[0].Reserved.Value));
        Assert.Equal(
            [StockTransactionKind.Initial, StockTransactionKind.Reservation, StockTransactionKind.Usage, StockTransactionKind.Restock, StockTransactionKind.Return, StockTransactionKind.Reservation],
            await plant.ReadAsync(db => db.StockTransactions.OrderBy(t => t.Id).Select(t => t.Kind).ToListAsync()));

        await plant.Take(order, WorkOrderTransition.Cancel);
        Assert.Equal((8, 0, 8, 0), await plant.Stock(filter));
        Assert.Empty(await plant.ReadAsync(db => db.VerifyStock(default)));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task What_is_used_at_an_uneven_price_comes_back_to_the_last_digit(DatabaseProvider provider)
    {
        await using var plant = await Shop.OpenAsync(provider);
        var (seal, order) = (await plant.AddPart("Seal", 1, 10), await plant.AddOrder("Seal it"));
        await plant.Move(stock => stock.Restock(seal, Q(2), Eur(10.01m), null, null, default));
        var worth = (await plant.Part(seal)).StockValue;

        await plant.Plan(order, seal, 3);
        await plant.Take(order, WorkOrderTransition.Complete);
        Assert.Equal(Money.Zero, (await plant.Part(seal)).StockValue);
        await plant.Take(order, WorkOrderTransition.Reopen);

        Assert.Equal(worth, (await plant.Part(seal)).StockValue);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_shortage_must_be_allowed_counts_as_demand_and_ends_with_the_order(DatabaseProvider provider)
    {
        await using var plant = await Shop.OpenAsync(provider);
        var (belt, order, other) = (await plant.AddPart("Belt", 3, 5, minimum: 0, desired: 5), await plant.AddOrder("Change the belts"), await plant.AddOrder("Change others"));

        var refused = await Assert.ThrowsAsync<InsufficientStock>(() => plant.Plan(order, belt, 5));
        Assert.Equal((5m, 3m), (refused.Requested, refused.Available));
        Assert.Equal((3, 0, 3, 0), await plant.Stock(belt));

        await plant.Plan(order, belt, 5, allowShortage: true);
        await plant.Plan(other, belt, 1, allowShortage: true);
        Assert.Equal((3, 3, 0, 3), await plant.Stock(belt));
        Assert.True((await plant.Part(belt)).IsLow);

        // One more has come by the time it is done: four are used, and nothing is waited for any longer.
        await plant.Move(stock => stock.Restock(belt, Q(1), Eur(5), null, null, default));
        await plant.Take(order, WorkOrderTransition.Complete);
        Assert.Equal((0, 0, 0, 1), await plant.Stock(belt));
        Assert.Equal(4m, (await plant.Order(order)).Parts[0].Used.Value);

        // Deleting what is finished frees nothing twice.
        await plant.Take(other, WorkOrderTransition.Cancel);
        Assert.Equal((0, 0, 0, 0), await plant.Stock(belt));
        await plant.Take(order, WorkOrderTransition.Reopen);
        Assert.Equal((4, 4, 0, 1), await plant.Stock(belt));
        await plant.On(other, (db, o) => db.Delete(o, default));
        Assert.Equal((4, 4, 0, 1), await plant.Stock(belt));
        Assert.Empty(await plant.ReadAsync(db => db.VerifyStock(default)));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task What_is_held_back_stays_in_its_storeroom_when_the_part_moves_to_another(DatabaseProvider provider)
    {
        await using var plant = await Shop.OpenAsync(provider);
        var (pump, annex, order) = (await plant.AddPart("Pump", 2, 100), await plant.AddStoreroom("Annex"), await plant.AddOrder("Change the pump"));
        await plant.Plan(order, pump, 2);
        await plant.WriteAsync(async db => (await db.Find<Part>(pump, default)).Storeroom = await db.Find<Storeroom>(annex, default));

        await plant.Take(order, WorkOrderTransition.Complete);

        Assert.Equal((0, 0, 0, 0), await plant.Stock(pump));
        Assert.Empty(await plant.ReadAsync(db => db.VerifyStock(default)));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_line_is_replaced_by_its_difference_and_removed_whole(DatabaseProvider provider)
    {
        await using var plant = await Shop.OpenAsync(provider);
        var (oil, order) = (await plant.AddPart("Oil", 10, 3), await plant.AddOrder("Oil it"));
        await plant.Plan(order, oil, 8);
        await plant.Plan(order, oil, 2.5m);
        Assert.Equal((10, 2.5m, 7.5m, 0), await plant.Stock(oil));
        Assert.Contains("WorkOrderPartsChanged", await plant.ReadAsync(db => db.Events.Where(e => e.SubjectType == "WorkOrder" && e.SubjectId == order).Select(e => e.Type).ToListAsync()));

        await plant.On(order, (db, o) => db.RemovePart(o, o.Parts.Single(), default));
        Assert.Equal((10, 0, 10, 0), await plant.Stock(oil));
        Assert.Empty((await plant.Order(order)).Parts);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Parts_that_are_not_kept_in_stock_cost_and_move_nothing(DatabaseProvider provider)
    {
        await using var plant = await Shop.OpenAsync(provider);
        var order = await plant.AddOrder("Rent a crane");
        var crane = await plant.WriteAsync(async db =>
        {
            Part part = new("Crane day", isNonStock: true, unitCost: Eur(150));
            db.Add(part);
            await db.SaveChangesAsync();
            return part.Id;
        });
        await plant.Plan(order, crane, 2);
        await plant.Take(order, WorkOrderTransition.Complete);

        var line = (await plant.Order(order)).Parts.Single();
        Assert.Equal((2m, 300m), (line.Used.Value, line.TotalCost.Value));
        Assert.Equal((0, 0, 0, 0), await plant.Stock(crane));
        await plant.Take(order, WorkOrderTransition.Reopen);
        Assert.Equal((0m, 0m), ((await plant.Order(order)).Parts.Single().Used.Value, (await plant.Part(crane)).TotalUsed.Value));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Orders_that_complete_at_once_use_what_was_theirs(DatabaseProvider provider)
    {
        await using var plant = await Shop.OpenAsync(provider);
        var bolt = await plant.AddPart("Bolt", 12, 1);
        List<long> orders = [];
        for (var i = 0; i < 6; i++) orders.Add(await plant.AddOrder($"Bolt {i}"));
        await Task.WhenAll(orders.Select(o => plant.Plan(o, bolt, 2)));

        var outcomes = await Task.WhenAll(orders.Concat(orders).Select(o => Record.ExceptionAsync(() => plant.Take(o, WorkOrderTransition.Complete))));

        Assert.Equal(6, outcomes.Count(e => e is null));
        Assert.All(outcomes.Where(e => e is not null), e => Assert.IsType<InvalidTransition>(e));
        Assert.Equal((0, 0, 0, 0), await plant.Stock(bolt));
        Assert.Equal(12m, (await plant.Part(bolt)).TotalUsed.Value);
    }
}
