using Cmms.Domain.Inventory;
using Cmms.Domain.Persistence;
using Xunit;
using static Cmms.Tests.Inventory.Shelf;

namespace Cmms.Tests.Inventory;

public sealed class LowStockTests
{
    [Theory, Sqlite, PostgreSql]
    public async Task Each_fall_to_the_minimum_is_one_epoch_until_the_stock_has_risen_again(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var id = await plant.AddPart("Air Filter", 10, 20, minimum: 5, desired: 8);
        var born = (await plant.Part(id)).LowStockEpoch; // an empty shelf was a fall of its own

        await Use(4, low: false, 0);
        await Use(1, low: true, 1);
        await Use(1, low: true, 1);
        await plant.Move(stock => stock.Restock(id, Q(1), Eur(20), null, null, default));
        await Expect(low: true, 1); // at the minimum is still low
        await plant.Move(stock => stock.Restock(id, Q(3), Eur(20), null, null, default));
        await Expect(low: false, 1);
        await plant.Move(stock => stock.Reserve(id, Q(3), null, null, default)); // what is promised away counts
        await Expect(low: true, 2);

        async Task Use(decimal quantity, bool low, int epoch)
        {
            await plant.Move(stock => stock.Use(id, Q(quantity), null, null, null, default));
            await Expect(low, epoch);
        }

        async Task Expect(bool low, int epoch)
        {
            var part = await plant.Part(id);
            Assert.Equal((low, born + epoch), (part.IsLow, part.LowStockEpoch));
        }
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Raising_the_minimum_over_what_is_there_is_a_fall_too(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var id = await plant.AddPart("Air Filter", 6, 20);
        Assert.False((await plant.Part(id)).IsLow);
        await SetMinimum(6);
        Assert.Equal((true, 1), ((await plant.Part(id)).IsLow, (await plant.Part(id)).LowStockEpoch));
        await SetMinimum(5);
        Assert.Equal((false, 1), ((await plant.Part(id)).IsLow, (await plant.Part(id)).LowStockEpoch));
        await SetMinimum(null);
        Assert.False((await plant.Part(id)).IsLow);

        Task SetMinimum(decimal? minimum) => plant.WriteAsync(async db => (await db.Find<Part>(id, default)).SetLevels(minimum is { } m ? Q(m) : null, null));
    }

    [Fact]
    public void What_to_reorder_leads_up_to_what_is_desired_or_else_to_the_minimum()
    {
        var part = new Part("Air Filter");
        Assert.Equal(0m, part.ToReorder.Value);
        part.SetLevels(Q(5), null);
        Assert.Equal(5m, part.ToReorder.Value);
        part.SetLevels(Q(5), Q(8));
        Assert.Equal(8m, part.ToReorder.Value);
    }
}
