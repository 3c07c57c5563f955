using Cmms.Domain.Assets;
using Cmms.Domain.Files;
using Cmms.Domain.Inventory;
using Cmms.Domain.Notifications;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;

namespace Cmms.Domain.Work;

/// <summary>The life of a work request where it touches others: who is told of it, and what order it becomes.</summary>
public static class WorkRequests
{
    extension(CmmsDb db)
    {
        /// <summary>Puts a new request down and tells those who decide about requests.</summary>
        /// <param name="requester">Who asks; null where it is no person.</param>
        /// <param name="describe">Says the rest of it.</param>
        public async Task<WorkRequest> SubmitRequest(string title, User? requester, Func<WorkRequest, Task> describe, CancellationToken cancel)
        {
            WorkRequest request = new($"WR-{await db.NextNumber("work_request", cancel):D6}", title, requester);
            await describe(request);
            db.WorkRequests.Add(request);
            await db.SaveChangesAsync(cancel);
            Notice notice = new(NotificationEvent.WorkRequestSubmitted, NotificationSeverity.Info, $"{request.Code}: {request.Title}", request.Description, nameof(WorkRequest), request.Id);
            await db.Tell(Permission.ManageRequests, notice, $"work-request-submitted:{request.Id}", cancel);
            return request;
        }

        /// <summary>Replaces what it is about.</summary>
        /// <exception cref="NotFound"/>
        public async Task SetConcern(WorkRequest request, long? assetId, long? locationId, CancellationToken cancel)
        {
            var asset = await db.FindOptional<Asset>(assetId, cancel);
            if (asset is not null) await db.Entry(asset).Reference(a => a.Location).LoadAsync(cancel);
            request.Concern(asset, await db.FindOptional<Location>(locationId, cancel));
        }

        /// <summary>Replaces who should do the work.</summary>
        /// <exception cref="NotFound"/>
        /// <exception cref="InvalidValue">Someone who cannot be assigned to work.</exception>
        public async Task ProposeTechnicians(WorkRequest request, IReadOnlyList<long> technicianIds, CancellationToken cancel)
        {
            await db.Entry(request).Collection(r => r.Technicians).LoadAsync(cancel);
            request.Propose(await db.FindAll<User>(technicianIds, cancel));
        }

        /// <summary>Replaces who from outside should do the work.</summary>
        /// <exception cref="NotFound"/>
        public async Task ProposeVendors(WorkRequest request, IReadOnlyList<long> vendorIds, CancellationToken cancel)
        {
            await db.Entry(request).Collection(r => r.Vendors).LoadAsync(cancel);
            request.Propose(await db.FindAll<Vendor>(vendorIds, cancel));
        }

        /// <summary>Makes a request a work order; whoever can no longer be assigned to work is left out.</summary>
        /// <exception cref="InvalidTransition"/>
        public async Task<WorkOrder> Approve(WorkRequest request, WorkOrderType type, CancellationToken cancel)
        {
            await db.Entry(request).Reference(r => r.Location).LoadAsync(cancel);
            await db.Entry(request).Collection(r => r.Technicians).LoadAsync(cancel);
            await db.Entry(request).Collection(r => r.Vendors).LoadAsync(cancel);
            WorkOrder order = new(await db.NextWorkOrderCode(cancel), request.Title, type, await db.DefaultStatus(WorkOrderPhase.Pending, cancel));
            order.Describe(request.Title, request.Description, request.Priority);
            order.Schedule(null, null, request.DueAt);
            await db.SetScene(order, request.AssetId is { } asset ? [asset] : [], request.Location, cancel);
            db.WorkOrders.Add(order);
            await db.SaveChangesAsync(cancel);
            await db.SetTechnicians(order, [.. request.Technicians.Where(t => t.IsAssignable).Select(t => t.Id)], cancel);
            order.AssignVendors(request.Vendors);
            await db.Become(request, order, cancel);
            return order;
        }

        /// <summary>A request that an order, made for it and saved, answers.</summary>
        /// <exception cref="InvalidTransition"/>
        public async Task Become(WorkRequest request, WorkOrder order, CancellationToken cancel)
        {
            request.Approve(order);
            await db.ShowAttachments(request, order, cancel);
            await db.TellRequester(request, NotificationSeverity.Success, $"It was approved and is {order.Code}.", cancel);
        }

        /// <summary>Tells who asked what became of it; nobody is told what they did themselves.</summary>
        public Task TellRequester(WorkRequest request, NotificationSeverity severity, string what, CancellationToken cancel)
        {
            if (request.RequesterId is not { } requester || requester == db.Actor.UserId) return Task.CompletedTask;
            Notice notice = new(NotificationEvent.WorkRequestAnswered, severity, $"{request.Code}: {request.Title}", what, nameof(WorkRequest), request.Id);
            return db.Tell([requester], notice, $"work-request-answered:{request.Id}:{request.Version}", cancel);
        }
    }
}
