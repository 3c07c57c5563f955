using Cmms.Domain.Assets;
using Cmms.Domain.Files;
using Cmms.Domain.Inventory;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Work;

/// <summary>Orders that become several, and several that become one (seed 000). What was done stays with the order that it was done on.</summary>
public static class WorkOrderSplitting
{
    extension(CmmsDb db)
    {
        /// <summary>
        /// Gives assets of an order orders of their own, a copy of its header and of its undone checklist each. Parts that are planned stay with
        /// the order that is split: whoever plans the new ones says what they need.
        /// </summary>
        /// <param name="assetIds">The assets that leave; none: all but the first.</param>
        /// <exception cref="NothingToSplit"/>
        /// <exception cref="InvalidTransition"/>
        public async Task<IReadOnlyList<WorkOrder>> Split(WorkOrder order, IReadOnlyList<long> assetIds, DateOnly today, CancellationToken cancel)
        {
            order.RequireOpen("split");
            await db.LoadContents(order, cancel);
            var leaving = assetIds.Count == 0 ? [.. order.Assets.Skip(1)] : assetIds.Distinct().Select((id, i) =>
                order.Assets.FirstOrDefault(a => a.Id == id) ?? throw new NotFound("Asset", $"assetIds[{i}]")).ToList();
            if (leaving.Count == 0 || leaving.Count == order.Assets.Count) throw new NothingToSplit(order.Assets.Count);

            var status = await db.DefaultStatus(WorkOrderPhase.Pending, cancel);
            var occurrences = await db.DatedOccurrences.Where(o => o.WorkOrderId == order.Id).ToListAsync(cancel);
            List<WorkOrder> created = [];
            foreach (var asset in leaving)
            {
                WorkOrder split = new(await db.NextWorkOrderCode(cancel), order.Title, order.Type, status);
                split.Describe(order.Title, order.Description, order.Priority);
                split.Schedule(order.ScheduledStartAt, order.ScheduledEndAt, order.DueAt);
                split.StopsAssets = order.StopsAssets;
                split.WorkOn([asset], order.Location, today);
                split.AssignTechnicians(order.Technicians);
                split.AssignVendors(order.Vendors);
                split.SetChecklist([.. order.Checklist.Where(c => !c.IsChecked).OrderBy(c => c.Order).Select(c => new ChecklistLine(c.Text))]);
                split.MarkSplitFrom(order);
                db.WorkOrders.Add(split);
                created.Add(split);
                foreach (var occurrence in occurrences.Where(o => o.AssetId == asset.Id)) occurrence.GoOnIn(split);
            }
            order.Detach(leaving);
            await db.SaveChangesAsync(cancel);
            return created;
        }

        /// <summary>
        /// Brings open orders of one type together in the survivor: assets, technicians, parts and checklists united, notes with their origin,
        /// due on the target date or the earliest. The others are cancelled and lead to it; nothing of them is deleted.
        /// </summary>
        /// <exception cref="NothingToMerge"/>
        public async Task<WorkOrder> Merge(IReadOnlyList<WorkOrder> orders, WorkOrder survivor, Instant? dueAt, CancellationToken cancel)
        {
            if (!orders.Contains(survivor)) throw new InvalidValue("survivorId", "must be one of the orders that are merged");
            if (orders.Distinct().Count() < 2) throw new NothingToMerge("at least two are needed");
            if (orders.FirstOrDefault(o => o.Phase.IsFinal || o.ArchivedAt is not null) is { } closed) throw new NothingToMerge($"{closed.Code} is not open");
            if (orders.FirstOrDefault(o => o.Type != survivor.Type) is { } other) throw new NothingToMerge($"{other.Code} is of another type");
            foreach (var order in orders) await db.LoadContents(order, cancel);

            var others = orders.Where(o => o != survivor).ToList();
            var cancelled = await db.DefaultStatus(WorkOrderPhase.Cancelled, cancel);
            var zone = await db.SiteZone(cancel);
            List<Asset> assets = [.. survivor.Asset is { } main ? (Asset[])[main] : [], .. survivor.Assets, .. others.SelectMany(o => o.Assets)];
            survivor.WorkOn([.. assets.Distinct()], survivor.Location, zone.Today(survivor.CreatedAt));
            var before = survivor.Technicians.Select(t => t.Id).ToList();
            survivor.Unite([.. others.SelectMany(o => o.Technicians).Distinct()], [.. others.SelectMany(o => o.Vendors).Distinct()]);
            await db.TellAssigned(survivor, before, cancel);
            survivor.Note(string.Join("\n\n", orders.Where(o => o.Notes is not null).Select(o => o == survivor ? o.Notes : $"{o.Code}: {o.Notes}")));
            survivor.SetChecklist([.. orders.OrderBy(o => o != survivor).SelectMany(o => o.Checklist.OrderBy(c => c.Order)).Select(c => new ChecklistLine(c.Text, c.IsChecked, c.CheckedAt))]);
            survivor.Schedule(survivor.ScheduledStartAt, survivor.ScheduledEndAt, dueAt ?? orders.Min(o => o.DueAt));

            var needs = others.SelectMany(o => o.Parts).OrderBy(l => l.PartId).ThenBy(l => l.WorkOrderId)
                .Select(l => (l.PartId, l.StoreroomId, Open: l.Quantity - l.Used)).ToList();
            // What schedules wait for is the survivor now, before the others end.
            var ids = others.Select(o => o.Id).ToList();
            foreach (var occurrence in await db.DatedOccurrences.Where(o => ids.Contains(o.WorkOrderId!.Value)).ToListAsync(cancel)) occurrence.GoOnIn(survivor);
            // And so are the assets that they have stopped.
            foreach (var downtime in await db.Downtimes.Where(d => ids.Contains(d.WorkOrderId!.Value) && d.Origin == DowntimeOrigin.WorkOrder && d.EndedAt == null).ToListAsync(cancel)) downtime.GoWith(survivor);
            await db.MoveAttachments(ids, survivor, cancel);
            await db.SaveChangesAsync(cancel);
            foreach (var order in others.OrderBy(o => o.Id))
            {
                await db.Move(order, cancelled, $"Merged into {survivor.Code}", cancel);
                order.MarkMergedInto(survivor);
            }
            foreach (var (partId, storeroomId, open) in needs.Where(n => n.Open > Quantity.Zero))
            {
                var part = await db.Find<Part>(partId, cancel);
                var storeroom = storeroomId is { } id ? await db.Find<Storeroom>(id, cancel) : null;
                var planned = survivor.Parts.FirstOrDefault(l => l.PartId == partId)?.Quantity ?? Quantity.Zero;
                await db.PlanPart(survivor, part, storeroom, planned + open, allowShortage: true, cancel);
            }
            await db.SaveChangesAsync(cancel);
            return survivor;
        }

        /// <summary>The next of the site's work order codes.</summary>
        public async Task<string> NextWorkOrderCode(CancellationToken cancel) => $"WO-{await db.NextNumber("work_order", cancel):D6}";

        internal async Task LoadContents(WorkOrder order, CancellationToken cancel)
        {
            await db.Entry(order).Reference(o => o.Location).LoadAsync(cancel);
            await db.Entry(order).Reference(o => o.Asset).LoadAsync(cancel);
            await db.Entry(order).Collection(o => o.Assets).LoadAsync(cancel);
            await db.Entry(order).Collection(o => o.Technicians).LoadAsync(cancel);
            await db.Entry(order).Collection(o => o.Vendors).LoadAsync(cancel);
            await db.Entry(order).Collection(o => o.Checklist).LoadAsync(cancel);
        }
    }
}
