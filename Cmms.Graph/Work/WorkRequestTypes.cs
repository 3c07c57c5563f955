using Cmms.Domain;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Work;
using Cmms.Graph.Access;
using Engines.GraphQL.Binding;
using Engines.GraphQL.Data;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Graph.Work;

/// <summary>That somebody, or a policy, asks for maintenance.</summary>
[ObjectType<WorkRequest>, Authorize(Permission.ViewRequests, Permission.SubmitRequests), Plain(nameof(WorkRequest.Technicians), nameof(WorkRequest.Vendors))]
[UseSearch(nameof(WorkRequest.Code), nameof(WorkRequest.Title)), OrderBy(nameof(WorkRequest.CreatedAt), Descending = true)]
internal static class WorkRequestFields
{
    /// <summary>When the order that it became was declared done.</summary>
    public static async Task<IReadOnlyList<Instant?>> CompletedAt(IReadOnlyList<WorkRequest> requests, CmmsDb db, CancellationToken cancel)
    {
        var ids = requests.Select(r => r.WorkOrderId).OfType<long>().Distinct().ToList();
        var done = ids.Count == 0 ? [] : await db.WorkOrders.Where(o => ids.Contains(o.Id)).Select(o => new { o.Id, o.CompletedAt }).ToDictionaryAsync(o => o.Id, o => o.CompletedAt, cancel);
        return [.. requests.Select(r => r.WorkOrderId is { } id ? done.GetValueOrDefault(id) : null)];
    }

    /// <summary>What the caller may decide about it next.</summary>
    public static IReadOnlyList<WorkRequestTransition> AvailableTransitions([Parent] WorkRequest request, SiteCaller caller) =>
        caller.May(Permission.ManageRequests) ? request.Transitions() : [];

    /// <summary>Whether the caller can change or delete it now: who asked, until somebody looks at it; those who decide, until it is decided.</summary>
    public static bool ViewerCanUpdate([Parent] WorkRequest request, SiteCaller caller) =>
        request.IsOpen && (caller.May(Permission.ManageRequests)
            || (caller.May(Permission.SubmitRequests) && request.RequesterId == caller.UserId && request.Status is WorkRequestStatus.Pending));
}

/// <summary>What a work order answers.</summary>
[ObjectType<WorkOrder>]
internal static class RequestedOrderFields
{
    /// <summary>The request that it was made for (seed 003: work_order_request).</summary>
    public static Task<Dictionary<long, WorkRequest>> WorkRequest(IReadOnlyList<long> workOrderIds, SiteCaller caller, CmmsDb db, CancellationToken cancel) =>
        OwnRequests.Rule.Visible(db.WorkRequests, caller).Where(r => r.WorkOrderId != null && workOrderIds.Contains(r.WorkOrderId.Value)).ToDictionaryAsync(r => r.WorkOrderId!.Value, cancel);
}
