using System.Globalization;
using System.Text.Json;
using Cmms.Domain.Assets;
using Cmms.Domain.Inventory;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Policies;
using Cmms.Domain.Projects;
using Cmms.Domain.Work;
using Cmms.Graph.Access;
using Cmms.Graph.Notifications;
using Cmms.Graph.Work;
using Engines.GraphQL.Binding;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Graph.Live;

/// <summary>
/// Live changes of the chosen site. Without 'after' the first message holds a cursor and nothing else; 'after' is the cursor of an earlier
/// message: what was missed is replayed in order, at most 10,000 events, and then it goes on live. Older: CURSOR_EXPIRED.
/// </summary>
[SubscriptionType]
internal static class LiveSubscriptions
{
    /// <summary>Notifications to the caller, as they arrive.</summary>
    /// <param name="after">The cursor of an earlier message.</param>
    [Authorize(Permission.ViewOrganization), Own<OwnNotifications>]
    public static IAsyncEnumerable<NotificationMessage> NotificationReceived(string? after, [Service] EventFeed feed, SiteCaller caller, CancellationToken cancel) =>
        feed.Follow(caller, after, new Interest(caller.Scope, [Heading.Recipient(caller.UserId)]), (cursor, e) => new NotificationMessage(cursor, e), cancel);

    /// <summary>Changes of work orders.</summary>
    /// <param name="id">Only of this one.</param>
    /// <param name="after">The cursor of an earlier message.</param>
    [Authorize(Permission.ViewWorkOrders)]
    public static IAsyncEnumerable<WorkOrderMessage> WorkOrderChanged([ID<WorkOrder>] long? id, string? after, [Service] EventFeed feed, SiteCaller caller, CancellationToken cancel) =>
        feed.Follow(caller, after, new Interest(caller.Scope, [Heading.Subject(nameof(WorkOrder), id)]), (cursor, e) => new WorkOrderMessage(cursor, e), cancel);

    /// <summary>Changes of requests for maintenance; for those who only ask, of their own.</summary>
    /// <param name="id">Only of this one.</param>
    /// <param name="after">The cursor of an earlier message.</param>
    [Authorize(Permission.ViewRequests, Permission.SubmitRequests)]
    public static IAsyncEnumerable<WorkRequestMessage> WorkRequestChanged([ID<WorkRequest>] long? id, string? after, [Service] EventFeed feed, [Service] OwnerOf owners, SiteCaller caller, CancellationToken cancel) =>
        feed.Follow(caller, after, new Interest(caller.Scope, [Heading.Subject(nameof(WorkRequest), id)]), (cursor, e) => new WorkRequestMessage(cursor, e), cancel,
            OwnRequests.Rule.SeesAll(caller) ? null : async message => message.Event is null || await owners.Find(message, caller, RequesterOf) == caller.UserId);

    /// <summary>Changes of the operational status of assets.</summary>
    /// <param name="assetId">Only of this one.</param>
    /// <param name="after">The cursor of an earlier message.</param>
    [Authorize(Permission.ViewMachines)]
    public static IAsyncEnumerable<AssetMessage> AssetStatusChanged([ID<Asset>] long? assetId, string? after, [Service] EventFeed feed, SiteCaller caller, CancellationToken cancel) =>
        feed.Follow(caller, after, new Interest(caller.Scope, [Heading.Type("AssetStatusChanged", assetId)]), (cursor, e) => new AssetMessage(cursor, e), cancel);

    /// <summary>Movements of stock, and changes of what parts cost.</summary>
    /// <param name="partId">Only of this part.</param>
    /// <param name="after">The cursor of an earlier message.</param>
    [Authorize(Permission.ViewInventory)]
    public static IAsyncEnumerable<StockMessage> StockChanged([ID<Part>] long? partId, string? after, [Service] EventFeed feed, SiteCaller caller, CancellationToken cancel) =>
        feed.Follow(caller, after, new Interest(caller.Scope, [Heading.Type("StockChanged", partId)]), (cursor, e) => new StockMessage(cursor, e), cancel);

    /// <summary>Changes of assignments of resources to projects.</summary>
    /// <param name="projectId">Only of this project.</param>
    /// <param name="after">The cursor of an earlier message.</param>
    [Authorize(Permission.ViewProjects)]
    public static IAsyncEnumerable<AssignmentMessage> ResourceAssignmentChanged([ID<Project>] long? projectId, string? after, [Service] EventFeed feed, [Service] OwnerOf owners, SiteCaller caller, CancellationToken cancel) =>
        feed.Follow(caller, after, new Interest(caller.Scope, [Heading.Subject(nameof(ResourceAssignment))]), (cursor, e) => new AssignmentMessage(cursor, e), cancel,
            projectId is { } id ? async message => message.Event is null || await owners.Find(message, caller, ProjectOf) == id : null);

    /// <summary>Decisions that policies carry out.</summary>
    /// <param name="key">Only of this policy.</param>
    /// <param name="after">The cursor of an earlier message.</param>
    [Authorize(Permission.ViewPolicies)]
    public static IAsyncEnumerable<FiringMessage> PolicyFired(string? key, string? after, [Service] EventFeed feed, SiteCaller caller, CancellationToken cancel) =>
        feed.Follow(caller, after, new Interest(caller.Scope, [Heading.Subject(nameof(PolicyFiring))], key is null ? null : e => e.Actor.Key == key, key ?? ""), (cursor, e) => new FiringMessage(cursor, e), cancel);

    /// <summary>Everything that is created, changed or archived.</summary>
    /// <param name="types">Only events of these types, such as WorkOrderStarted.</param>
    /// <param name="subjectId">Only what happens to this object.</param>
    /// <param name="after">The cursor of an earlier message.</param>
    [Authorize(Permission.ViewEvents)]
    public static IAsyncEnumerable<EventMessage> EventOccurred(IReadOnlyList<string>? types, [ID] GlobalId? subjectId, string? after, [Service] EventFeed feed, SiteCaller caller, CancellationToken cancel)
    {
        string[]? wanted = types is null ? null : [.. types.Distinct().Order(StringComparer.Ordinal)];
        return feed.Follow(caller, after, Among(wanted, subjectId, caller.Scope), (cursor, e) => new EventMessage(cursor, e), cancel);
    }

    private static Task<long?> ProjectOf(CmmsDb db, long assignment) =>
        db.ResourceAssignments.Where(a => a.Id == assignment).Select(a => (long?)a.ProjectId).SingleOrDefaultAsync();

    private static Task<long?> RequesterOf(CmmsDb db, long request) => db.WorkRequests.Where(r => r.Id == request).Select(r => r.RequesterId).SingleOrDefaultAsync();

    private static Interest Among(string[]? types, GlobalId? subject, Scope within)
    {
        if (subject is { } one)
        {
            // A key that is no number is of nothing that has events.
            var id = long.TryParse(one.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
            return new Interest(within, [Heading.Subject(one.Type, id)], types is null ? null : e => types.Contains(e.Type), types is null ? "" : JsonSerializer.Serialize(types));
        }
        return types is null ? new Interest(within, [Heading.Everything]) : types.Length == 0 ? new Interest(within, [Heading.Type("")]) : new Interest(within, [.. types.Select(t => Heading.Type(t))]);
    }
}
