using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Work;
using Cmms.Graph.Access;
using Engines.GraphQL.Binding;
using Engines.GraphQL.Data;

namespace Cmms.Graph.Work;

[QueryType, Authorize(Permission.ViewRequests, Permission.SubmitRequests)]
internal static class WorkRequestQueries
{
    /// <summary>Requests for maintenance, newest first (seed 000: avisos); for those who only ask, their own.</summary>
    /// <param name="includeDeleted">Also those that were taken out of sight.</param>
    [UsePaging, UseFiltering, UseSorting, UseSearch(nameof(WorkRequest.Code), nameof(WorkRequest.Title), nameof(WorkRequest.Description), "Asset.Name", "Location.Name")]
    [OrderBy(nameof(WorkRequest.CreatedAt), Descending = true)]
    public static IQueryable<WorkRequest> WorkRequests(CmmsDb db, SiteCaller caller, bool includeDeleted = false)
    {
        var visible = OwnRequests.Rule.Visible(db.WorkRequests, caller);
        return includeDeleted ? visible : visible.Where(r => r.ArchivedAt == null);
    }

    /// <summary>What the caller has asked for, newest first.</summary>
    [UsePaging, UseFiltering, UseSorting, UseSearch(nameof(WorkRequest.Code), nameof(WorkRequest.Title), nameof(WorkRequest.Description), "Asset.Name", "Location.Name")]
    [OrderBy(nameof(WorkRequest.CreatedAt), Descending = true)]
    public static IQueryable<WorkRequest> MyWorkRequests(CmmsDb db, SiteCaller caller)
    {
        var userId = caller.UserId;
        return db.WorkRequests.Where(r => r.ArchivedAt == null && r.RequesterId == userId);
    }

    /// <summary>One request, by its id or its code; null when there is none for the caller.</summary>
    /// <param name="code">Its code, instead of the id.</param>
    [UseFirstOrDefault]
    public static IQueryable<WorkRequest> GetWorkRequest([ID<WorkRequest>] long? id, string? code, CmmsDb db, SiteCaller caller)
    {
        OneOf.Require(("id", id), ("code", code));
        var visible = OwnRequests.Rule.Visible(db.WorkRequests, caller);
        return id is { } key ? visible.Where(r => r.Id == key) : visible.Where(r => r.Code == code);
    }
}
