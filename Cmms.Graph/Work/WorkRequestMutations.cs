using Cmms.Domain;
using Cmms.Domain.Assets;
using Cmms.Domain.Inventory;
using Cmms.Domain.Notifications;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Work;
using Cmms.Graph.Access;
using Engines.GraphQL.Binding;

namespace Cmms.Graph.Work;

/// <summary>What those who ask do.</summary>
[MutationType]
internal static class WorkRequestMutations
{
    /// <summary>Asks for maintenance (seed 000: aviso). Those who decide about requests are told.</summary>
    /// <param name="title">What is wrong or wanted, in one line.</param>
    /// <param name="locationId">Where; none: where the asset stands.</param>
    /// <param name="technicianIds">Who should do it.</param>
    /// <param name="vendorIds">Which companies should help.</param>
    /// <param name="notify">Whether you want an e-mail about what becomes of it.</param>
    [Authorize(Permission.SubmitRequests), Error<NotFound>]
    public static async Task<WorkRequest> CreateWorkRequest(
        string title, string? description, Instant? dueAt, [ID<Asset>] long? assetId, [ID<Location>] long? locationId, [ID<User>] IReadOnlyList<long>? technicianIds,
        [ID<Vendor>] IReadOnlyList<long>? vendorIds, CmmsDb db, SiteCaller caller, CancellationToken cancel,
        WorkOrderPriority priority = WorkOrderPriority.None, bool notify = false)
    {
        var requester = await db.Find<User>(caller.UserId, cancel);
        var request = await db.SubmitRequest(title, requester, async request =>
        {
            request.Describe(title, description, priority, dueAt, notify);
            await db.SetConcern(request, assetId, locationId, cancel);
        }, cancel);
        if (technicianIds is { Count: > 0 }) await db.ProposeTechnicians(request, technicianIds, cancel);
        if (vendorIds is { Count: > 0 }) await db.ProposeVendors(request, vendorIds, cancel);
        await db.SaveChangesAsync(cancel);
        return request;
    }

    /// <summary>Changes a request: who asked, until somebody looks at it; those who decide, until it is decided.</summary>
    /// <param name="version">The version that was read: the change is refused if the request has changed since.</param>
    /// <param name="locationId">Where; null: where the asset stands.</param>
    /// <param name="technicianIds">Who should do it.</param>
    /// <param name="vendorIds">Which companies should help.</param>
    [Authorize(Permission.SubmitRequests), Own<OwnRequests>, Error<NotFound, InvalidTransition, Conflict>]
    public static async Task<WorkRequest> UpdateWorkRequest(
        [ID<WorkRequest>] long id, int? version, Optional<string> title, Optional<string?> description, Optional<WorkOrderPriority> priority, Optional<Instant?> dueAt, Optional<bool> notify,
        [ID<Asset>] Optional<long?> assetId, [ID<Location>] Optional<long?> locationId, [ID<User>] Optional<IReadOnlyList<long>> technicianIds,
        [ID<Vendor>] Optional<IReadOnlyList<long>> vendorIds, CmmsDb db, SiteCaller caller, CancellationToken cancel)
    {
        var request = await db.RequestToChange(id, version, caller, cancel);
        request.Describe(title.Or(request.Title), description.Or(request.Description), priority.Or(request.Priority), dueAt.Or(request.DueAt), notify.Or(request.Notify));
        if (assetId.IsSet || locationId.IsSet)
        {
            var moves = assetId.IsSet && assetId.Value != request.AssetId;
            await db.SetConcern(request, assetId.Or(request.AssetId), locationId.IsSet ? locationId.Value : moves ? null : request.LocationId, cancel);
        }
        if (technicianIds.IsSet) await db.ProposeTechnicians(request, technicianIds.Value ?? [], cancel);
        if (vendorIds.IsSet) await db.ProposeVendors(request, vendorIds.Value ?? [], cancel);
        await db.SaveChangesAsync(cancel);
        return request;
    }

    /// <summary>Takes a request out of sight: who asked, until somebody looks at it; those who decide, until it is decided.</summary>
    [Authorize(Permission.SubmitRequests), Own<OwnRequests>, Error<NotFound, InvalidTransition>]
    public static async Task<WorkRequest> DeleteWorkRequest([ID<WorkRequest>] long id, CmmsDb db, SiteCaller caller, Instant now, CancellationToken cancel)
    {
        var request = await db.RequestToChange(id, null, caller, cancel);
        request.Archive(now);
        await db.SaveChangesAsync(cancel);
        return request;
    }
}

/// <summary>What those who decide do.</summary>
[MutationType, Authorize(Permission.ManageRequests)]
internal static class WorkRequestDecisions
{
    /// <summary>Makes a request a work order, which carries everything over. Who asked is told.</summary>
    /// <param name="type">Why the work is done; fixed from now on.</param>
    [Error<NotFound, InvalidTransition>]
    public static async Task<ApprovedRequest> ApproveWorkRequest([ID<WorkRequest>] long id, CmmsDb db, CancellationToken cancel, WorkOrderType type = WorkOrderType.Corrective)
    {
        var request = await db.Find<WorkRequest>(id, cancel);
        var order = await db.Approve(request, type, cancel);
        await db.SaveChangesAsync(cancel);
        return new ApprovedRequest(request, order);
    }

    /// <summary>Refuses a request. Who asked is told why.</summary>
    /// <param name="reason">Why.</param>
    [Error<NotFound, InvalidTransition>]
    public static Task<WorkRequest> DeclineWorkRequest([ID<WorkRequest>] long id, string reason, CmmsDb db, CancellationToken cancel) =>
        Decide(db, id, request => request.Decline(reason), NotificationSeverity.Warning, "It was declined", cancel);

    /// <summary>Lets a request wait. Who asked is told.</summary>
    /// <param name="reason">What it waits for.</param>
    [Error<NotFound, InvalidTransition>]
    public static Task<WorkRequest> HoldWorkRequest([ID<WorkRequest>] long id, string? reason, CmmsDb db, CancellationToken cancel) =>
        Decide(db, id, request => request.Hold(reason), NotificationSeverity.Info, "It waits", cancel);

    /// <summary>Takes a request up again that waited or was declined. Who asked is told.</summary>
    /// <param name="reason">Why, for the record.</param>
    [Error<NotFound, InvalidTransition>]
    public static Task<WorkRequest> ReopenWorkRequest([ID<WorkRequest>] long id, string? reason, CmmsDb db, CancellationToken cancel) =>
        Decide(db, id, request => request.Reopen(reason), NotificationSeverity.Info, "It was taken up again", cancel);

    private static async Task<WorkRequest> Decide(CmmsDb db, long id, Action<WorkRequest> decide, NotificationSeverity severity, string what, CancellationToken cancel)
    {
        var request = await db.Find<WorkRequest>(id, cancel);
        decide(request);
        await db.TellRequester(request, severity, request.StatusReason is { } why ? $"{what}: {why}" : $"{what}.", cancel);
        await db.SaveChangesAsync(cancel);
        return request;
    }
}

/// <summary>What an approval led to.</summary>
/// <param name="WorkRequest">The request.</param>
/// <param name="WorkOrder">The order that it became.</param>
[Payload]
internal sealed record ApprovedRequest(WorkRequest WorkRequest, WorkOrder WorkOrder);
