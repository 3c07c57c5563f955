using Cmms.Domain;
using Cmms.Domain.Inventory;
using Cmms.Domain.Persistence;
using Cmms.Domain.Work;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Cmms.Tests.Inventory.Shelf;

namespace Cmms.Tests.Inventory;

public sealed class StockLedgerTests
{
    [Theory, Sqlite, PostgreSql]
    public async Task Four_at_26_15_onto_six_at_20_average_22_46(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var id = await plant.AddPart("Air Filter", 6, 20);
        var line = await plant.Move(stock => stock.Restock(id, Q(4), Eur(26.15m), "From the vendor", null, default));
        Assert.Equal((StockTransactionKind.Restock, 4m, 26.15m, 104.6m, 10m), (line.Kind, line.Quantity.Value, line.UnitCost.Value, line.TotalCost.Value, line.OnHandAfter.Value));

        var part = await plant.Part(id);
        Assert.Equal((10m, 26.15m, 22.46m, 224.6m), (part.OnHand.Value, part.UnitCost.Value, part.AverageUnitCost.Value, part.StockValue.Value));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_use_costs_the_average_of_its_moment_and_leaves_the_average(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var id = await plant.AddPart("Air Filter", 6, 20);
        await plant.Move(stock => stock.Restock(id, Q(4), Eur(26.15m), null, null, default));
        var used = await plant.Move(stock => stock.Use(id, Q(2.5m), null, null, null, default));
        await plant.Move(stock => stock.Restock(id, Q(100), Eur(99), null, null, default));

        var kept = await plant.ReadAsync(db => db.StockTransactions.SingleAsync(t => t.Id == used.Id));
        Assert.Equal((22.46m, 56.15m, -2.5m), (kept.UnitCost.Value, kept.TotalCost.Value, kept.OnHandChange.Value));
        Assert.Equal(2.5m, (await plant.Part(id)).TotalUsed.Value);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task The_last_of_it_takes_all_the_value_along_and_the_next_restock_sets_the_average(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var id = await plant.AddPart("Seal", 2, 1);
        await plant.Move(stock => stock.Restock(id, Q(1), Eur(2), null, null, default)); // 4 for 3: an average that never ends
        for (var i = 0; i < 3; i++) await plant.Move(stock => stock.Use(id, Q(1), null, null, null, default));
        var empty = await plant.Part(id);
        Assert.Equal((0m, 0m, 1.3333m), (empty.OnHand.Value, empty.StockValue.Value, empty.AverageUnitCost.Value));

        await plant.Move(stock => stock.Restock(id, Q(3), Eur(7.77m), null, null, default));
        Assert.Equal(7.77m, (await plant.Part(id)).AverageUnitCost.Value);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_return_comes_back_at_what_it_cost(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var id = await plant.AddPart("Seal", 10, 5);
        var used = await plant.Move(stock => stock.Use(id, Q(4), null, null, null, default));
        await plant.Move(stock => stock.UpdateAverageUnitCost(id, Eur(10), "Stocktaking", default));
        await plant.Move(stock => stock.Return(id, Q(4), used.UnitCost, null, null, "Not needed", default));

        var part = await plant.Part(id);
        Assert.Equal((10m, 80m, 8m, 0m, 5m), (part.OnHand.Value, part.StockValue.Value, part.AverageUnitCost.Value, part.TotalUsed.Value, part.UnitCost.Value));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Costs_set_by_hand_are_lines_of_the_ledger(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var id = await plant.AddPart("Seal", 10, 5);
        var price = await plant.Move(stock => stock.UpdateUnitCost(id, Eur(6.5m), "New price list", default));
        var average = await plant.Move(stock => stock.UpdateAverageUnitCost(id, Eur(5.25m), null, default));

        var part = await plant.Part(id);
        Assert.Equal((6.5m, 5.25m, 52.5m), (part.UnitCost.Value, part.AverageUnitCost.Value, part.StockValue.Value));
        Assert.Equal((StockTransactionKind.CostUpdate, "New price list", 0m), (price.Kind, price.Note, price.ValueChange.Value));
        Assert.Equal((StockTransactionKind.AverageCostUpdate, 2.5m), (average.Kind, average.ValueChange.Value));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task What_others_have_reserved_cannot_be_taken(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var id = await plant.AddPart("Air Filter", 6, 20);
        await plant.Move(stock => stock.Reserve(id, Q(4), null, null, default));

        var reserving = await Assert.ThrowsAsync<InsufficientStock>(() => plant.Move(stock => stock.Reserve(id, Q(3), null, null, default)));
        Assert.Equal((3m, 2m, "quantity", "Only 2 of Air Filter available, 3 asked."), (reserving.Requested, reserving.Available, reserving.Field, reserving.Message));
        var using_ = await Assert.ThrowsAsync<InsufficientStock>(() => plant.Move(stock => stock.Use(id, Q(3), null, null, null, default)));
        Assert.Equal((3m, 2m), (using_.Requested, using_.Available));

        // Whoever reserved takes those four, and two more.
        await plant.Move(stock => stock.Use(id, Q(6), null, null, null, default, fromReserved: Q(4)));
        var part = await plant.Part(id);
        Assert.Equal((0m, 0m, 0m), (part.OnHand.Value, part.Reserved.Value, part.Available.Value));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_promise_can_be_taken_back_but_not_more_than_was_given(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var id = await plant.AddPart("Air Filter", 6, 20);
        await plant.Move(stock => stock.Reserve(id, Q(4), null, null, default));
        await plant.Move(stock => stock.Release(id, Q(3), null, null, default));
        await Assert.ThrowsAsync<InvalidValue>(() => plant.Move(stock => stock.Release(id, Q(2), null, null, default)));
        var part = await plant.Part(id);
        Assert.Equal((6m, 1m, 5m), (part.OnHand.Value, part.Reserved.Value, part.Available.Value));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task As_much_as_there_is_is_promised_and_the_rest_is_a_shortage(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var id = await plant.AddPart("Air Filter", 6, 20, minimum: 2, desired: 10);
        var promised = await plant.WriteAsync(db => db.Stock.ReserveUpTo(id, Q(9), null, null, default));
        Assert.Equal(6m, promised.Value);
        var part = await plant.Part(id);
        Assert.Equal((6m, 3m, true, 13m), (part.Reserved.Value, part.Shortage.Value, part.IsLow, part.ToReorder.Value));

        Assert.Equal(0m, (await plant.WriteAsync(db => db.Stock.ReserveUpTo(id, Q(1), null, null, default))).Value);
        await plant.WriteAsync(db => db.Stock.ChangeShortage(id, Q(-4), default));
        Assert.Equal(0m, (await plant.Part(id)).Shortage.Value);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_count_may_find_less_than_was_promised_but_never_less_than_nothing(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var id = await plant.AddPart("Air Filter", 6, 20);
        await plant.Move(stock => stock.Reserve(id, Q(5), null, null, default));
        await plant.Move(stock => stock.Reconcile(id, Q(-4), "Counted on Friday", null, default));
        var part = await plant.Part(id);
        Assert.Equal((2m, 5m, -3m, 40m, 20m), (part.OnHand.Value, part.Reserved.Value, part.Available.Value, part.StockValue.Value, part.AverageUnitCost.Value));

        var error = await Assert.ThrowsAsync<NegativeStock>(() => plant.Move(stock => stock.Reconcile(id, Q(-2.001m), "Counted again", null, default)));
        Assert.Equal((-2.001m, 2m), (error.Requested, error.OnHand));
        await plant.Move(stock => stock.Use(id, Q(2), null, null, null, default, fromReserved: Q(2))); // what is there may be used by those it was promised to
        await plant.Move(stock => stock.Reconcile(id, Q(1), "Found one", null, default));
        Assert.Equal((1m, 20m), ((await plant.Part(id)).OnHand.Value, (await plant.Part(id)).StockValue.Value));
    }

    [Theory, Sqlite]
    public async Task Input_that_makes_no_sense_changes_nothing(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var id = await plant.AddPart("Air Filter", 6, 20);
        var room = await plant.AddStoreroom("Annex");
        var before = await plant.ReadAsync(db => db.Events.CountAsync());

        Assert.Equal("quantity", (await Fails<InvalidValue>(stock => stock.Restock(id, Q(0), Eur(1), null, null, default))).Field);
        Assert.Equal("quantity", (await Fails<InvalidValue>(stock => stock.Restock(id, Q(-1), Eur(1), null, null, default))).Field);
        Assert.Equal("quantity", (await Fails<InvalidValue>(stock => stock.Restock(id, Q(99_999_999_999m), Eur(1), null, null, default))).Field);
        Assert.Equal("quantity", (await Fails<InvalidValue>(stock => stock.Restock(id, Q(99_999_999_999m), Eur(1000), null, null, default))).Field);
        Assert.Equal("quantity", (await Fails<InvalidValue>(stock => stock.Reconcile(id, Q(0), "Nothing", null, default))).Field);
        Assert.Equal("note", (await Fails<InvalidValue>(stock => stock.Reconcile(id, Q(1), " ", null, default))).Field);
        Assert.Equal("quantity", (await Fails<InvalidValue>(stock => stock.Use(id, Q(-1), null, null, null, default))).Field);
        Assert.Equal("id", (await Fails<NotFound>(stock => stock.Restock(999, Q(1), Eur(1), null, null, default))).Field);
        Assert.Equal("storeroomId", (await Fails<NotFound>(stock => stock.Restock(id, Q(1), Eur(1), null, 999, default))).Field);
        Assert.Equal("id", (await Fails<NotFound>(stock => stock.Use(999, Q(1), null, null, null, default))).Field);
        Assert.Equal("partId", (await Fails<NotFound>(stock => stock.Transfer(999, 1, room, Q(1), null, default))).Field);
        Assert.Equal(before, await plant.ReadAsync(db => db.Events.CountAsync()));
        Assert.Equal(6m, (await plant.Part(id)).OnHand.Value);

        Task<T> Fails<T>(Func<StockLedger, Task<StockTransaction>> movement) where T : Exception => Assert.ThrowsAsync<T>(() => plant.Move(movement));
    }

    [Theory, Sqlite]
    public async Task A_part_that_is_not_kept_in_stock_has_a_cost_but_no_quantities(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var id = await plant.WriteAsync(async db =>
        {
            var part = new Part("Crane hire", isNonStock: true, Eur(80));
            Assert.Throws<NonStockPart>(() => part.SetLevels(Q(1), null));
            db.Add(part);
            await db.SaveChangesAsync();
            return part.Id;
        });
        await Refused(stock => stock.Restock(id, Q(1), Eur(1), null, null, default));
        await Refused(stock => stock.Reserve(id, Q(1), 1, null, default));
        await Refused(stock => stock.Reconcile(id, Q(1), "Counted", null, default));
        await Refused(stock => stock.Use(id, Q(1), null, null, null, default));

        await plant.Move(stock => stock.UpdateUnitCost(id, Eur(90), null, default));
        var order = await plant.WriteAsync(async db =>
        {
            var order = new WorkOrder("WO-1", "Lift the motor", WorkOrderType.Corrective, WorkOrderStatus.Defaults()[0]);
            db.Add(order);
            await db.SaveChangesAsync();
            return order.Id;
        });
        var used = await plant.Move(stock => stock.Use(id, Q(1.5m), order, null, null, default));
        Assert.Equal((135m, 0m, null), (used.TotalCost.Value, used.OnHandAfter.Value, used.StoreroomId));

        Task Refused(Func<StockLedger, Task<StockTransaction>> movement) => Assert.ThrowsAsync<NonStockPart>(() => plant.Move(movement));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_transfer_moves_between_storerooms_and_leaves_the_part_as_a_whole(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var id = await plant.AddPart("Air Filter", 6, 20);
        var annex = await plant.AddStoreroom("Annex");
        var main = await plant.ReadAsync(db => db.Storerooms.Where(s => s.IsDefault).Select(s => s.Id).SingleAsync());

        await plant.Move(stock => stock.Transfer(id, main, annex, Q(2), null, default));
        Assert.Equal(2m, (await Assert.ThrowsAsync<InsufficientStock>(() => plant.Move(stock => stock.Transfer(id, annex, main, Q(3), null, default)))).Available);
        await Assert.ThrowsAsync<InvalidValue>(() => plant.Move(stock => stock.Transfer(id, annex, annex, Q(1), null, default)));
        Assert.Equal("toStoreroomId", (await Assert.ThrowsAsync<NotFound>(() => plant.Move(stock => stock.Transfer(id, main, 999, Q(1), null, default)))).Field);
        Assert.Equal("fromStoreroomId", (await Assert.ThrowsAsync<NotFound>(() => plant.Move(stock => stock.Transfer(id, 999, main, Q(1), null, default)))).Field);

        var levels = await plant.ReadAsync(db => db.StockLevels.OrderBy(l => l.StoreroomId).ToDictionaryAsync(l => l.StoreroomId, l => l.OnHand.Value));
        Assert.Equal((4m, 2m), (levels[main], levels[annex]));
        var part = await plant.Part(id);
        Assert.Equal((6m, 120m), (part.OnHand.Value, part.StockValue.Value));
        Assert.Equal(3, await plant.ReadAsync(db => db.Events.CountAsync(e => e.SubjectType == "Part"))); // created, initial stock, one transfer
        Assert.Equal("{}", await plant.ReadAsync(db => db.Events.Where(e => e.SubjectType == "Part").OrderBy(e => e.Position).Select(e => e.Changes).LastAsync()));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Without_a_storeroom_the_parts_own_one_is_meant_or_else_the_sites_default(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var annex = await plant.AddStoreroom("Annex");
        var id = await plant.AddPart("Air Filter", 1, 20);
        await plant.WriteAsync(async db => (await db.Find<Part>(id, default)).Storeroom = await db.Find<Storeroom>(annex, default));
        await plant.Move(stock => stock.Restock(id, Q(2), Eur(20), null, null, default));
        var other = await plant.AddStoreroom("Attic");
        await plant.WriteAsync(async db => await db.MakeDefault(await db.Find<Storeroom>(other, default), default));
        var second = await plant.AddPart("Belt", 5, 1);

        var levels = await plant.ReadAsync(db => db.StockLevels.OrderBy(l => l.Id).ToListAsync());
        Assert.Equal([(id, annex, Q(3)), (second, other, Q(5))], levels.Select(l => (l.PartId, l.StoreroomId, l.OnHand))); // the only storeroom had become the default by itself
        Assert.Equal([other], await plant.ReadAsync(db => db.Storerooms.Where(s => s.IsDefault).Select(s => s.Id).ToListAsync()));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_movement_leaves_one_event_with_figures_before_and_after_and_no_new_version(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var id = await plant.AddPart("Air Filter", 6, 20, minimum: 5);
        await plant.Move(stock => stock.Use(id, Q(1), null, null, "For line 2", default));

        await using var db = plant.Read();
        var recorded = await db.Events.OrderBy(e => e.Position).LastAsync();
        Assert.Equal(("StockChanged", "Part", id, "For line 2"), (recorded.Type, recorded.SubjectType, recorded.SubjectId, recorded.Reason));
        Assert.Equal("""{"onHand":[6,5],"available":[6,5],"stockValue":[120,100],"totalUsed":[0,1],"isLow":[false,true]}""", recorded.Changes);
        Assert.Equal(1, (await db.Parts.SingleAsync()).Version);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_part_found_in_the_same_transaction_shows_what_was_moved_and_saves_none_of_it(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var id = await plant.AddPart("Air Filter", 6, 20);
        await plant.WriteAsync(async db =>
        {
            var part = await db.Find<Part>(id, default);
            await db.Stock.Use(id, Q(2), null, null, null, default);
            await db.Stock.Reserve(id, Q(1), null, null, default);
            Assert.Equal((4m, 1m, 3m), (part.OnHand.Value, part.Reserved.Value, part.Available.Value));
            part.Area = "Filters bin";
        });
        var part = await plant.Part(id);
        Assert.Equal((4m, 1m, 3m, "Filters bin"), (part.OnHand.Value, part.Reserved.Value, part.Available.Value, part.Area));
    }
}
