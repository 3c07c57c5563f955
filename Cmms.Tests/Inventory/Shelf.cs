using Cmms.Domain;
using Cmms.Domain.Inventory;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Tests.Inventory;

/// <summary>Short words for what the inventory tests do again and again.</summary>
internal static class Shelf
{
    public static Quantity Q(decimal value) => Quantity.Of(value);

    public static Money Eur(decimal value) => Money.Cost(value);

    /// <summary>A part with stock at a unit cost, in the site's default storeroom.</summary>
    public static Task<long> AddPart(this TestPlant plant, string name, decimal onHand = 0, decimal unitCost = 0, decimal? minimum = null, decimal? desired = null) =>
        plant.WriteAsync(async db =>
        {
            var part = new Part(name, unitCost: Eur(unitCost));
            part.SetLevels(minimum is { } least ? Q(least) : null, desired is { } most ? Q(most) : null);
            db.Add(part);
            await db.SaveChangesAsync();
            if (onHand > 0) await db.Stock.Initial(part, Q(onHand), null, default);
            return part.Id;
        });

    public static Task<long> AddStoreroom(this TestPlant plant, string name) => plant.WriteAsync(async db =>
    {
        var storeroom = new Storeroom(name);
        db.Add(storeroom);
        await db.SaveChangesAsync();
        return storeroom.Id;
    });

    public static Task<StockTransaction> Move(this TestPlant plant, Func<StockLedger, Task<StockTransaction>> movement) => plant.WriteAsync(db => movement(db.Stock));

    public static Task<Part> Part(this TestPlant plant, long id) => plant.ReadAsync(db => db.Parts.SingleAsync(p => p.Id == id));
}
