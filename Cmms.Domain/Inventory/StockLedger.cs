using Cmms.Domain.Events;
using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Inventory;

/// <summary>
/// Every movement of stock: one conditional update of the storeroom's level, one of the part's totals, one appended line, one event.
/// The part's row is held first, and several parts' rows in the order of their ids; whether there is enough is decided by the update itself,
/// never by something read before. Quantities and costs change nowhere else.
/// </summary>
public sealed partial class StockLedger(CmmsDb db)
{
    /// <summary>The event that each movement leaves on its part.</summary>
    public const string Changed = "StockChanged";

    /// <summary>What was there when the part was created, at its unit cost.</summary>
    public Task<StockTransaction> Initial(Part part, Quantity quantity, long? storeroomId, CancellationToken cancel) =>
        Move(part.Id, storeroomId, before => Incoming(StockTransactionKind.Initial, quantity, before.UnitCost), cancel);

    /// <summary>Bought and put on the shelf: the unit cost becomes this price, the average follows.</summary>
    /// <exception cref="NotFound"/>
    /// <exception cref="InvalidValue"/>
    /// <exception cref="NonStockPart"/>
    public Task<StockTransaction> Restock(
        long id, Quantity quantity, Money unitCost, string? note, long? storeroomId, CancellationToken cancel, PurchaseRequest? received = null) =>
        Move(id, storeroomId, _ => Incoming(StockTransactionKind.Restock, quantity, unitCost) with { Note = note, PurchaseRequestId = received?.Id }, cancel);

    /// <summary>Counted: corrects what is on hand by a difference, below what is reserved if that is what is there, never below zero.</summary>
    /// <exception cref="NotFound"/>
    /// <exception cref="InvalidValue"/>
    /// <exception cref="NegativeStock"/>
    /// <exception cref="NonStockPart"/>
    public Task<StockTransaction> Reconcile(long id, Quantity quantity, string note, long? storeroomId, CancellationToken cancel)
    {
        if (quantity == Quantity.Zero) throw new InvalidValue(nameof(quantity), "must not be zero");
        Check.Text(note, 4000);
        return Move(id, storeroomId, before =>
        {
            var value = quantity > Quantity.Zero ? Costing.Total(quantity, before.AverageUnitCost)
                : -quantity <= before.OnHand ? -Costing.Share(-quantity, before)
                : Money.Zero; // refused by the level's update
            return new Movement(StockTransactionKind.Reconcile, quantity)
            {
                OnHand = quantity, Value = value, UnitCost = before.AverageUnitCost, TotalCost = value, Note = note,
            };
        }, cancel);
    }

    /// <summary>Promises a quantity to a work order.</summary>
    /// <exception cref="NotFound"/>
    /// <exception cref="InsufficientStock"/>
    /// <exception cref="NonStockPart"/>
    public Task<StockTransaction> Reserve(long partId, Quantity quantity, long? workOrderId, long? storeroomId, CancellationToken cancel)
    {
        Check.Positive(quantity);
        return Move(partId, storeroomId,
            _ => new Movement(StockTransactionKind.Reservation, quantity) { Reserved = quantity, Needs = quantity, WorkOrderId = workOrderId }, cancel);
    }

    /// <summary>
    /// Promises as much of a quantity as there is, and keeps the rest as the part's shortage, which counts as demand. Answers what was promised.
    /// </summary>
    /// <exception cref="NotFound"/>
    /// <exception cref="NonStockPart"/>
    public async Task<Quantity> ReserveUpTo(long partId, Quantity quantity, long? workOrderId, long? storeroomId, CancellationToken cancel)
    {
        Check.Positive(quantity);
        var part = await Held(partId, cancel);
        var storeroom = await StoreroomFor(part, storeroomId, cancel);
        var there = await LevelOf(part, storeroom).Select(l => l.Available).SingleOrDefaultAsync(cancel);
        var promised = Quantity.Max(Quantity.Zero, Quantity.Min(quantity, there));
        if (promised > Quantity.Zero) await Reserve(partId, promised, workOrderId, storeroom.Id, cancel);
        if (promised < quantity) await ChangeShortage(partId, quantity - promised, cancel);
        return promised;
    }

    /// <summary>Takes a promise back.</summary>
    /// <exception cref="InvalidValue">More than is reserved there.</exception>
    public Task<StockTransaction> Release(long partId, Quantity quantity, long? workOrderId, long? storeroomId, CancellationToken cancel)
    {
        Check.Positive(quantity);
        return Move(partId, storeroomId,
            _ => new Movement(StockTransactionKind.Release, quantity) { Reserved = -quantity, WorkOrderId = workOrderId }, cancel);
    }

    /// <summary>
    /// Takes and uses a quantity, at the average cost of that moment; so much of it as was promised beforehand leaves the reservation too.
    /// A part that is not kept in stock costs a work order its unit cost, and moves nothing.
    /// </summary>
    /// <exception cref="NotFound"/>
    /// <exception cref="InsufficientStock"/>
    /// <exception cref="NonStockPart">There is no work order that it could be bought for.</exception>
    public Task<StockTransaction> Use(
        long partId, Quantity quantity, long? workOrderId, long? storeroomId, string? note, CancellationToken cancel, Quantity fromReserved = default)
    {
        Check.Positive(quantity);
        if (fromReserved < Quantity.Zero || fromReserved > quantity) throw new ArgumentOutOfRangeException(nameof(fromReserved));
        return Move(partId, storeroomId, before =>
        {
            var cost = quantity <= before.OnHand ? Costing.Share(quantity, before) : Money.Zero; // refused by the level's update
            return new Movement(StockTransactionKind.Usage, quantity)
            {
                OnHand = -quantity, Reserved = -fromReserved, Needs = quantity - fromReserved,
                Value = -cost, UnitCost = before.AverageUnitCost, TotalCost = cost, Note = note, WorkOrderId = workOrderId,
            };
        }, cancel, workOrderId is null ? null : before => new Movement(StockTransactionKind.Usage, quantity)
        {
            UnitCost = before.UnitCost, TotalCost = Costing.Total(quantity, before.UnitCost), Note = note, WorkOrderId = workOrderId,
        });
    }

    /// <summary>Brings back what was taken, at what it cost when it was taken, or else at the average.</summary>
    /// <exception cref="NotFound"/>
    /// <exception cref="NonStockPart">There is no work order that it was bought for.</exception>
    public Task<StockTransaction> Return(
        long partId, Quantity quantity, Money? unitCost, long? workOrderId, long? storeroomId, string? note, CancellationToken cancel) =>
        Move(partId, storeroomId,
            before => Incoming(StockTransactionKind.Return, quantity, unitCost ?? before.AverageUnitCost) with { Note = note, WorkOrderId = workOrderId },
            cancel,
            workOrderId is null ? null : before => Incoming(StockTransactionKind.Return, quantity, unitCost ?? before.UnitCost) with
            {
                OnHand = Quantity.Zero,
                Value = Money.Zero,
                Note = note,
                WorkOrderId = workOrderId,
            });

    /// <summary>Brings back what a work order had used, at exactly what it had cost it.</summary>
    internal Task<StockTransaction> TakeBack(long partId, Quantity quantity, Money totalCost, long workOrderId, long? storeroomId, CancellationToken cancel)
    {
        Check.Positive(quantity);
        Movement back = new(StockTransactionKind.Return, quantity)
        {
            UnitCost = Money.Round(totalCost.Value / quantity.Value), TotalCost = totalCost, WorkOrderId = workOrderId,
        };
        return Move(partId, storeroomId, _ => back with { OnHand = quantity, Value = totalCost }, cancel, _ => back);
    }

    /// <summary>Where a part is kept when nothing else is said.</summary>
    internal Task<Storeroom> StoreroomOf(Part part, CancellationToken cancel) => StoreroomFor(part, null, cancel);

    /// <summary>Moves a quantity from one storeroom to another; answers the line of the one that it left.</summary>
    /// <exception cref="NotFound"/>
    /// <exception cref="InvalidValue"/>
    /// <exception cref="InsufficientStock"/>
    /// <exception cref="NonStockPart"/>
    public async Task<StockTransaction> Transfer(
        long partId, long fromStoreroomId, long toStoreroomId, Quantity quantity, string? note, CancellationToken cancel)
    {
        Check.Positive(quantity);
        if (fromStoreroomId == toStoreroomId) throw new InvalidValue(nameof(toStoreroomId), "must be another storeroom");
        if (!await db.Storerooms.AnyAsync(s => s.Id == toStoreroomId, cancel)) throw new NotFound("Storeroom", nameof(toStoreroomId));
        var left = await Move(partId, fromStoreroomId, before => Half(before) with { OnHand = -quantity, Needs = quantity }, cancel, storeroomField: nameof(fromStoreroomId), partField: nameof(partId));
        await Move(partId, toStoreroomId, before => Half(before) with { OnHand = quantity }, cancel);
        return left;

        // The part as a whole keeps its quantity and its value.
        Movement Half(PartFigures before) => new(StockTransactionKind.Transfer, quantity)
        {
            UnitCost = before.AverageUnitCost, TotalCost = Costing.Total(quantity, before.AverageUnitCost), Note = note,
        };
    }

    /// <summary>Sets the price of the last purchase by hand.</summary>
    /// <exception cref="NotFound"/>
    public Task<StockTransaction> UpdateUnitCost(long id, Money cost, string? note, CancellationToken cancel) =>
        Revalue(id, _ => new Movement(StockTransactionKind.CostUpdate, Quantity.Zero) { UnitCost = cost, Note = note }, cancel);

    /// <summary>Sets the average cost by hand, and so what the stock is worth.</summary>
    /// <exception cref="NotFound"/>
    public Task<StockTransaction> UpdateAverageUnitCost(long id, Money cost, string? note, CancellationToken cancel) =>
        Revalue(id, before =>
        {
            var value = Costing.Total(before.OnHand, cost) - before.StockValue;
            return new Movement(StockTransactionKind.AverageCostUpdate, Quantity.Zero) { Value = value, UnitCost = cost, TotalCost = value, Note = note };
        }, cancel);

    /// <summary>Adds to, or takes from, what open work orders need beyond what could be promised to them.</summary>
    public async Task ChangeShortage(long partId, Quantity change, CancellationToken cancel)
    {
        var part = await Held(partId, cancel);
        part.RequireStock();
        var before = await FiguresOf(part, cancel);
        var changes = await Write(part, before, (before with { Shortage = Quantity.Max(Quantity.Zero, before.Shortage + change) }).Judged(), cancel);
        db.Record(nameof(Part), part.Id, Changed, changes);
    }

    /// <summary>Adds to, or takes from, what open purchase requests are still to bring.</summary>
    internal async Task ChangeOnOrder(Part part, Quantity change, CancellationToken cancel)
    {
        if (part.IsNonStock || change == Quantity.Zero) return;
        var before = part.OnOrder;
        await Written(db.Parts.Where(p => p.Id == part.Id).ExecuteUpdateAsync(set => set.SetProperty(p => p.OnOrder, p => p.OnOrder + change), cancel));
        Show(db.Entry(part), nameof(Part.OnOrder), before + change);
        db.Record(nameof(Part), part.Id, Changed, [new FieldChange("onOrder", before, before + change)]);
    }
}
