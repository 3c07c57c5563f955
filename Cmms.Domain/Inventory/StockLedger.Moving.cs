using Cmms.Domain.Events;
using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Cmms.Domain.Inventory;

/// <content>How a movement is written.</content>
public sealed partial class StockLedger
{
    private static Movement Incoming(StockTransactionKind kind, Quantity quantity, Money unitCost)
    {
        Check.Positive(quantity);
        var total = Costing.Total(quantity, unitCost);
        return new Movement(kind, quantity) { OnHand = quantity, Value = total, UnitCost = unitCost, TotalCost = total };
    }

    private async Task<StockTransaction> Move(
        long partId, long? storeroomId, Func<PartFigures, Movement> movement, CancellationToken cancel,
        Func<PartFigures, Movement>? withoutStock = null, string storeroomField = "storeroomId", string partField = "id")
    {
        var part = await db.Find<Part>(partId, cancel, partField);
        var before = await FiguresOf(part, cancel);
        if (part.IsNonStock && withoutStock is not null) return await Append(part, null, before, withoutStock(before), cancel);
        part.RequireStock();
        var storeroom = await StoreroomFor(part, storeroomId, cancel, storeroomField);
        var moved = movement(before);
        await MoveLevel(part, storeroom, moved, cancel);
        return await Append(part, storeroom, before, moved, cancel);
    }

    private async Task<StockTransaction> Revalue(long partId, Func<PartFigures, Movement> movement, CancellationToken cancel)
    {
        var part = await Held(partId, cancel);
        var before = await FiguresOf(part, cancel);
        return await Append(part, null, before, movement(before), cancel);
    }

    private async Task<StockTransaction> Append(Part part, Storeroom? storeroom, PartFigures before, Movement moved, CancellationToken cancel)
    {
        var after = before.After(moved);
        if (after.OnHand > Costing.Most) throw new InvalidValue("quantity", $"leads to more than {Costing.Most} on hand");
        var changes = await Write(part, before, after, cancel);
        // A transfer is one event of the part, whose own figures it leaves as they were.
        if (moved.Kind is not StockTransactionKind.Transfer) db.Record(nameof(Part), part.Id, Changed, changes, moved.Note);
        else if (moved.OnHand < Quantity.Zero) db.Record(nameof(Part), part.Id, Changed, [], moved.Note);
        var line = new StockTransaction(part, storeroom, moved, after);
        db.StockTransactions.Add(line);
        return line;
    }

    /// <summary>The conditional update; it alone decides whether there is enough.</summary>
    private async Task MoveLevel(Part part, Storeroom storeroom, Movement moved, CancellationToken cancel)
    {
        var isNew = moved.Kind is StockTransactionKind.Initial; // then it lies nowhere yet
        if (!isNew && await TryMoveLevel(part, storeroom, moved, cancel)) return;
        var level = isNew ? null : await LevelOf(part, storeroom).Select(l => new { l.OnHand, l.Reserved, l.Available }).SingleOrDefaultAsync(cancel);
        if (level is null && moved.OnHand > Quantity.Zero)
        {
            var first = new StockLevel(part, storeroom);
            db.StockLevels.Add(first);
            await db.SaveChangesAsync(cancel);
            db.Entry(first).State = EntityState.Detached; // from here on only updates know its figures
            if (await TryMoveLevel(part, storeroom, moved, cancel)) return;
        }
        var (onHand, reserved, available) = level is null ? default : (level.OnHand, level.Reserved, level.Available);
        throw moved.Kind switch
        {
            StockTransactionKind.Reconcile => new NegativeStock(part.Name, moved.Quantity.Value, onHand.Value),
            _ when reserved < -moved.Reserved => new InvalidValue("quantity", $"is more than the {reserved} that are reserved"),
            _ => new InsufficientStock(part.Name, moved.Quantity.Value, Quantity.Min(onHand, available + Quantity.Max(Quantity.Zero, -moved.Reserved)).Value),
        };
    }

    private async Task<bool> TryMoveLevel(Part part, Storeroom storeroom, Movement moved, CancellationToken cancel)
    {
        var (onHand, reserved, available) = (moved.OnHand, moved.Reserved, moved.OnHand - moved.Reserved);
        var (leastOnHand, leastReserved, needs) = (-moved.OnHand, -moved.Reserved, moved.Needs);
        var level = LevelOf(part, storeroom).Where(l => l.OnHand >= leastOnHand && l.Reserved >= leastReserved);
        if (needs > Quantity.Zero) level = level.Where(l => l.Available >= needs);
        return 1 == await level.ExecuteUpdateAsync(set => set
            .SetProperty(l => l.OnHand, l => l.OnHand + onHand)
            .SetProperty(l => l.Reserved, l => l.Reserved + reserved)
            .SetProperty(l => l.Available, l => l.Available + available), cancel);
    }

    /// <summary>Writes the part's figures over exactly those that they were computed from, and answers the difference.</summary>
    private async Task<List<FieldChange>> Write(Part part, PartFigures before, PartFigures after, CancellationToken cancel)
    {
        await Written(db.Parts
            .Where(p => p.Id == part.Id && p.OnHand == before.OnHand && p.Reserved == before.Reserved && p.StockValue == before.StockValue && p.Shortage == before.Shortage)
            .ExecuteUpdateAsync(set => set
                .SetProperty(p => p.OnHand, after.OnHand)
                .SetProperty(p => p.Reserved, after.Reserved)
                .SetProperty(p => p.Available, after.Available)
                .SetProperty(p => p.StockValue, after.StockValue)
                .SetProperty(p => p.UnitCost, after.UnitCost)
                .SetProperty(p => p.AverageUnitCost, after.AverageUnitCost)
                .SetProperty(p => p.Shortage, after.Shortage)
                .SetProperty(p => p.TotalUsed, after.TotalUsed)
                .SetProperty(p => p.IsLow, after.IsLow)
                .SetProperty(p => p.LowStockEpoch, after.LowStockEpoch), cancel));

        var entry = db.Entry(part);
        List<FieldChange> changes = [];
        Keep(nameof(Part.OnHand), before.OnHand, after.OnHand);
        Keep(nameof(Part.Reserved), before.Reserved, after.Reserved);
        Keep(nameof(Part.Available), before.Available, after.Available);
        Keep(nameof(Part.StockValue), before.StockValue, after.StockValue);
        Keep(nameof(Part.UnitCost), before.UnitCost, after.UnitCost);
        Keep(nameof(Part.AverageUnitCost), before.AverageUnitCost, after.AverageUnitCost);
        Keep(nameof(Part.Shortage), before.Shortage, after.Shortage);
        Keep(nameof(Part.TotalUsed), before.TotalUsed, after.TotalUsed);
        Keep(nameof(Part.IsLow), before.IsLow, after.IsLow);
        Show(entry, nameof(Part.LowStockEpoch), after.LowStockEpoch);
        return changes;

        void Keep<T>(string property, T was, T becomes)
        {
            Show(entry, property, becomes);
            if (!EqualityComparer<T>.Default.Equals(was, becomes)) changes.Add(new FieldChange(Words.Camel(property), was, becomes));
        }
    }

    /// <summary>Lets the tracked part show what the database has now, as if it had been read so.</summary>
    private static void Show<T>(EntityEntry<Part> part, string property, T value)
    {
        var shown = part.Property<T>(property);
        (shown.CurrentValue, shown.OriginalValue, shown.IsModified) = (value, value, false);
    }

    private Task<Part> Held(long id, CancellationToken cancel) => db.Find<Part>(id, cancel, "id");

    private Task<PartFigures> FiguresOf(Part part, CancellationToken cancel) => db.Parts.Where(p => p.Id == part.Id)
        .Select(p => new PartFigures(
            p.OnHand, p.Reserved, p.StockValue, p.UnitCost, p.AverageUnitCost, p.Shortage, p.TotalUsed, p.Minimum, p.IsLow, p.LowStockEpoch))
        .SingleAsync(cancel);

    private IQueryable<StockLevel> LevelOf(Part part, Storeroom storeroom)
    {
        var (partId, storeroomId) = (part.Id, storeroom.Id);
        return db.StockLevels.Where(l => l.PartId == partId && l.StoreroomId == storeroomId);
    }

    /// <summary>The one that was named, or else the part's own, or else the site's default.</summary>
    private async Task<Storeroom> StoreroomFor(Part part, long? storeroomId, CancellationToken cancel, string field = "storeroomId") =>
        (storeroomId ?? part.StoreroomId) is { } id
            ? await db.Storerooms.SingleOrDefaultAsync(s => s.Id == id, cancel) ?? throw new NotFound("Storeroom", field)
            : await db.DefaultStoreroom(cancel);

    private static async Task Written(Task<int> update)
    {
        if (await update != 1) throw new DbUpdateConcurrencyException("A part's figures changed although its row was held.");
    }
}
