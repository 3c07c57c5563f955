using Cmms.Domain.Inventory;
using Cmms.Domain.Persistence;

namespace Cmms.Domain.Work;

/// <summary>The parts of a work order and the stock behind them: planned is reserved, completed is used, cancelled is freed, reopened is reversed.</summary>
public static class WorkOrderParts
{
    extension(CmmsDb db)
    {
        /// <summary>Plans a quantity of a part for an order, in all; reserves it, or only what is there if a shortage is allowed.</summary>
        /// <exception cref="InsufficientStock"/>
        /// <exception cref="InvalidTransition"/>
        public async Task<WorkOrderPart> PlanPart(
            WorkOrder order, Part part, Storeroom? storeroom, Quantity quantity, bool allowShortage, CancellationToken cancel)
        {
            order.RequireOpen("changed");
            Check.Positive(quantity);
            var line = order.Line(part, storeroom);
            if (part.IsArchived && line.Quantity == Quantity.Zero) throw new InvalidValue("partId", "names a part that is archived");
            if (quantity < line.Used) throw new InvalidValue(nameof(quantity), $"must not be less than the {line.Used} already used");
            await db.Free(line, cancel);
            if (storeroom is not null && line.Used == Quantity.Zero) line.TakeFrom(storeroom);
            line.Plan(quantity);
            order.PartsChanged();
            await db.Promise(line, part, allowShortage, cancel);
            return line;
        }

        /// <summary>Takes a part off an order's list, and frees what was held back for it.</summary>
        /// <exception cref="InvalidTransition"/>
        public async Task RemovePart(WorkOrder order, WorkOrderPart line, CancellationToken cancel)
        {
            order.RequireOpen("changed");
            if (line.Used > Quantity.Zero) throw new InvalidValue("partId", $"names a part of which {line.Used} are used");
            await db.Free(line, cancel);
            order.Remove(line);
            order.PartsChanged();
            db.WorkOrderParts.Remove(line);
        }

        /// <summary>On completion: everything that could be reserved by now is taken from stock, at its cost of this moment.</summary>
        internal async Task UseParts(WorkOrder order, CancellationToken cancel)
        {
            foreach (var line in order.Parts.OrderBy(l => l.PartId))
            {
                var part = await db.Find<Part>(line.PartId, cancel);
                if (line.Shortfall > Quantity.Zero)
                {
                    await db.Free(line, cancel);
                    await db.Promise(line, part, allowShortage: true, cancel);
                    // What is still short was not there to be used; it is no longer waited for.
                    if (!part.IsNonStock && line.Shortfall > Quantity.Zero) await new StockLedger(db).ChangeShortage(part.Id, -line.Shortfall, cancel);
                }
                var quantity = part.IsNonStock ? line.Quantity - line.Used : line.Reserved;
                if (quantity <= Quantity.Zero) continue;
                var used = await new StockLedger(db).Use(part.Id, quantity, order.Id, line.StoreroomId, null, cancel, fromReserved: line.Reserved);
                line.Use(quantity, used.TotalCost);
            }
        }

        /// <summary>On cancelling and deleting: nothing is held back or waited for any longer.</summary>
        internal async Task ReleaseParts(WorkOrder order, CancellationToken cancel)
        {
            foreach (var line in order.Parts.OrderBy(l => l.PartId)) await db.Free(line, cancel);
        }

        /// <summary>On reopening: what was used returns at what it cost, and everything planned is reserved again as far as it is there.</summary>
        internal async Task TakeBackParts(WorkOrder order, CancellationToken cancel)
        {
            foreach (var line in order.Parts.OrderBy(l => l.PartId))
            {
                var part = await db.Find<Part>(line.PartId, cancel);
                if (line.Used > Quantity.Zero)
                {
                    await new StockLedger(db).TakeBack(part.Id, line.Used, line.TotalCost, order.Id, line.StoreroomId, cancel);
                    line.Unuse();
                }
                await db.Promise(line, part, allowShortage: true, cancel);
            }
        }

        /// <summary>Reserves what a line needs beyond what it has; the line is short of the rest, and the part counts it as demand.</summary>
        internal async Task Promise(WorkOrderPart line, Part part, bool allowShortage, CancellationToken cancel)
        {
            if (part.IsNonStock || line.Shortfall <= Quantity.Zero) return;
            StockLedger ledger = new(db);
            // The part's own storeroom may become another one while this is held back in the one of today.
            if (line.StoreroomId is null) line.TakeFrom(await ledger.StoreroomOf(part, cancel));
            var needed = line.Shortfall;
            if (allowShortage)
            {
                line.Reserve(await ledger.ReserveUpTo(part.Id, needed, line.WorkOrderId, line.StoreroomId, cancel));
                return;
            }
            await ledger.Reserve(part.Id, needed, line.WorkOrderId, line.StoreroomId, cancel);
            line.Reserve(needed);
        }

        /// <summary>Gives back what a line holds, and the demand that it stands for.</summary>
        internal async Task Free(WorkOrderPart line, CancellationToken cancel)
        {
            if (line.IsNonStock || line.Quantity <= Quantity.Zero) return;
            StockLedger ledger = new(db);
            if (line.Shortfall > Quantity.Zero) await ledger.ChangeShortage(line.PartId, -line.Shortfall, cancel);
            if (line.Reserved > Quantity.Zero) await ledger.Release(line.PartId, line.Reserved, line.WorkOrderId, line.StoreroomId, cancel);
            line.Reserve(-line.Reserved);
        }
    }
}
