using Cmms.Domain.Assets;
using Cmms.Domain.Inventory;
using Cmms.Domain.Notifications;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;

namespace Cmms.Domain.Work;

/// <summary>What a work order is about and who does it.</summary>
public static class WorkOrderStaffing
{
    extension(CmmsDb db)
    {
        /// <summary>Replaces what is worked on; the first asset is the main one. Without a location of its own the order is where that asset stands.</summary>
        /// <exception cref="NotFound"/>
        /// <param name="field">Where the id at a position was given; none: in assetIds.</param>
        public async Task SetScene(WorkOrder order, IReadOnlyList<long> assetIds, Location? location, CancellationToken cancel, Func<int, string>? field = null)
        {
            if (order.Id != 0)
            {
                await db.Entry(order).Reference(o => o.Asset).LoadAsync(cancel);
                await db.Entry(order).Reference(o => o.Location).LoadAsync(cancel);
                await db.Entry(order).Collection(o => o.Assets).LoadAsync(cancel);
            }
            var assets = await db.FindAll<Asset>(assetIds, field ?? (i => $"assetIds[{i}]"), cancel);
            foreach (var asset in assets.Take(1)) await db.Entry(asset).Reference(a => a.Location).LoadAsync(cancel);
            var made = order.Id == 0 ? db.Now : order.CreatedAt;
            order.WorkOn(assets, location, (await db.SiteZone(cancel)).Today(made));
        }

        /// <summary>Replaces who does it, and tells those who are new to it. The order is saved before.</summary>
        /// <exception cref="NotFound"/>
        /// <exception cref="InvalidValue">Someone who cannot be assigned to work.</exception>
        public async Task SetTechnicians(WorkOrder order, IReadOnlyList<long> technicianIds, CancellationToken cancel)
        {
            await db.Entry(order).Collection(o => o.Technicians).LoadAsync(cancel);
            var before = order.Technicians.Select(t => t.Id).ToList();
            order.AssignTechnicians(await db.FindAll<User>(technicianIds, cancel));
            await db.TellAssigned(order, before, cancel);
        }

        /// <exception cref="NotFound"/>
        public async Task SetVendors(WorkOrder order, IReadOnlyList<long> vendorIds, CancellationToken cancel)
        {
            await db.Entry(order).Collection(o => o.Vendors).LoadAsync(cancel);
            order.AssignVendors(await db.FindAll<Vendor>(vendorIds, cancel));
        }

        /// <summary>Replaces the checklist of an open order.</summary>
        /// <exception cref="InvalidTransition"/>
        public async Task SetChecklist(WorkOrder order, IReadOnlyList<ChecklistLine> lines, CancellationToken cancel)
        {
            order.RequireOpen("changed");
            await db.Entry(order).Collection(o => o.Checklist).LoadAsync(cancel);
            order.SetChecklist(lines);
        }

        /// <summary>Tells those who were not on the order before; nobody is told what they did themselves.</summary>
        internal Task TellAssigned(WorkOrder order, IReadOnlyCollection<long> before, CancellationToken cancel)
        {
            var told = order.Technicians.Select(t => t.Id).Except(before).Where(id => id != db.Actor.UserId).ToList();
            Notice notice = new(NotificationEvent.WorkOrderAssigned, NotificationSeverity.Info, $"{order.Code}: {order.Title}", "The work order was assigned to you.", nameof(WorkOrder), order.Id);
            return told.Count == 0 ? Task.CompletedTask : db.Tell(told, notice, $"work-order-assigned:{order.Id}:{db.Now.Microseconds}", cancel);
        }
    }
}
