using System.Runtime.CompilerServices;
using Cmms.Domain.Assets;
using Cmms.Domain.Persistence;
using Cmms.Domain.Planning;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Work;

/// <summary>The life of a work order where it touches stock: completing uses what was reserved, cancelling frees it, reopening reverses it.</summary>
public static class WorkOrderFlow
{
    extension(CmmsDb db)
    {
        /// <summary>An order with what its life cycle needs loaded: status, parts and checklist, locked against others.</summary>
        /// <exception cref="NotFound"/>
        /// <exception cref="Conflict"/>
        public async Task<WorkOrder> WorkOrder(long id, int? version, CancellationToken cancel, [CallerArgumentExpression(nameof(id))] string field = "")
        {
            var order = await db.FindVersion<WorkOrder>(id, version, cancel, field);
            await db.Entry(order).Reference(o => o.Status).LoadAsync(cancel);
            await db.Entry(order).Collection(o => o.Parts).LoadAsync(cancel);
            return order;
        }

        /// <summary>The site's own status of a phase.</summary>
        public Task<WorkOrderStatus> DefaultStatus(WorkOrderPhase phase, CancellationToken cancel) =>
            db.WorkOrderStatuses.AsTracking().SingleAsync(s => s.Phase == phase && !s.IsCustom, cancel);

        /// <summary>Takes an order by one of its transitions, to the site's own status of the phase that it leads to.</summary>
        /// <exception cref="InvalidTransition"/>
        public async Task Take(WorkOrder order, WorkOrderTransition transition, string? reason, CancellationToken cancel)
        {
            if (!order.Phase.Transitions.Contains(transition))
                throw order.Cannot(transition.ToString().ToLowerInvariant());
            var to = transition switch
            {
                WorkOrderTransition.Start => WorkOrderPhase.InProgress,
                WorkOrderTransition.Hold => WorkOrderPhase.OnHold,
                WorkOrderTransition.Complete => WorkOrderPhase.Done,
                WorkOrderTransition.Cancel => WorkOrderPhase.Cancelled,
                WorkOrderTransition.Resume => WorkOrderPhase.InProgress,
                _ => order.Phase is WorkOrderPhase.Cancelled && order.ActualStartAt is null ? WorkOrderPhase.Pending : WorkOrderPhase.InProgress,
            };
            await db.Move(order, await db.DefaultStatus(to, cancel), reason, cancel);
        }

        /// <summary>Brings an order into a status, with all that this means for its parts and for the schedule that it came from.</summary>
        /// <exception cref="InvalidTransition"/>
        /// <exception cref="EndBeforeStart"/>
        public async Task Move(WorkOrder order, WorkOrderStatus to, string? reason, CancellationToken cancel)
        {
            var transition = order.Move(to, db.Now, reason);
            if (transition is WorkOrderTransition.Complete or WorkOrderTransition.Cancel) await db.ReleaseAssets(order, cancel);
            if (transition is not (WorkOrderTransition.Complete or WorkOrderTransition.Cancel or WorkOrderTransition.Reopen)) return;
            await db.Settle(order, transition.Value, cancel);
        }

        /// <summary>Takes an order out of sight that nobody has worked on: its parts are freed, and its dates of a schedule count as skipped.</summary>
        /// <exception cref="InvalidTransition"/>
        public async Task Delete(WorkOrder order, CancellationToken cancel)
        {
            var wasOpen = !order.Phase.IsFinal;
            order.Archive(db.Now);
            if (wasOpen) await db.Settle(order, WorkOrderTransition.Cancel, cancel);
        }

        /// <summary>The status of a site that is no longer wanted; its orders go to another one of the same phase, which changes nothing else of them.</summary>
        /// <exception cref="InvalidValue"/>
        /// <exception cref="InUse"/>
        public async Task Remove(WorkOrderStatus status, WorkOrderStatus? replacement, CancellationToken cancel)
        {
            if (!status.IsCustom) throw new InvalidValue("id", "names a status that every site has");
            if (replacement is not null && (replacement == status || replacement.Phase != status.Phase)) throw new InvalidValue("replacementId", "must name another status of the same phase");
            var orders = await db.Locked(db.WorkOrders.Where(o => o.StatusId == status.Id).OrderBy(o => o.Id)).ToListAsync(cancel);
            if (replacement is null && orders.Count > 0) throw new InUse(status.Name, orders.Count);
            foreach (var order in orders) order.Rename(replacement!);
            await db.SaveChangesAsync(cancel);
            db.WorkOrderStatuses.Remove(status);
        }

        /// <summary>The schedules are held before the parts, as they are when orders are generated.</summary>
        private async Task Settle(WorkOrder order, WorkOrderTransition transition, CancellationToken cancel)
        {
            var schedules = await db.SchedulesBehind(order, transition, cancel);
            await (transition switch
            {
                WorkOrderTransition.Complete => db.UseParts(order, cancel),
                WorkOrderTransition.Cancel => db.ReleaseParts(order, cancel),
                _ => db.TakeBackParts(order, cancel),
            });
            foreach (var schedule in schedules) await db.Replan(schedule, cancel);
        }
    }
}
