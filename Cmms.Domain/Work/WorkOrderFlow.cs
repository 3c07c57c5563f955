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
        public async Task<WorkOrder> WorkOrder(long id, int? version, CancellationToken cancel)
        {
            var order = await db.FindVersion<WorkOrder>(id, version, cancel);
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

        /// <summary>Brings an order into a status, with all that this means for its parts.</summary>
        /// <exception cref="InvalidTransition"/>
        public async Task Move(WorkOrder order, WorkOrderStatus to, string? reason, CancellationToken cancel)
        {
            switch (order.Move(to, db.Now, reason))
            {
                case WorkOrderTransition.Complete:
                    await db.UseParts(order, cancel);
                    break;
                case WorkOrderTransition.Cancel:
                    await db.ReleaseParts(order, cancel);
                    break;
                case WorkOrderTransition.Reopen:
                    await db.TakeBackParts(order, cancel);
                    break;
                default:
                    return;
            }
            await db.FollowSchedule(order, cancel);
        }
    }
}
