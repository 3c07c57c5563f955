using System.Runtime.CompilerServices;
using System.Text.Json;
using Cmms.Domain.Assets;
using Cmms.Domain.Events;
using Cmms.Domain.Inventory;
using Cmms.Domain.Organization;
using Cmms.Domain.Policies;
using Cmms.Domain.Projects;
using Cmms.Domain.Work;
using Cmms.Graph.Access;
using Cmms.Graph.Notifications;
using Engines.GraphQL.Binding;

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
        Messages(feed, caller, after, e => e.Type == "NotificationCreated" && IsFor(e, caller.UserId), (cursor, e) => new NotificationMessage(cursor, e), cancel);

    /// <summary>Changes of work orders.</summary>
    /// <param name="id">Only of this one.</param>
    /// <param name="after">The cursor of an earlier message.</param>
    [Authorize(Permission.ViewWorkOrders)]
    public static IAsyncEnumerable<WorkOrderMessage> WorkOrderChanged([ID<WorkOrder>] long? id, string? after, [Service] EventFeed feed, SiteCaller caller, CancellationToken cancel) =>
        Messages(feed, caller, after, e => e.SubjectType == nameof(WorkOrder) && (id is null || e.SubjectId == id), (cursor, e) => new WorkOrderMessage(cursor, e), cancel);

    /// <summary>Changes of the operational status of assets.</summary>
    /// <param name="assetId">Only of this one.</param>
    /// <param name="after">The cursor of an earlier message.</param>
    [Authorize(Permission.ViewMachines)]
    public static IAsyncEnumerable<AssetMessage> AssetStatusChanged([ID<Asset>] long? assetId, string? after, [Service] EventFeed feed, SiteCaller caller, CancellationToken cancel) =>
        Messages(feed, caller, after, e => e.Type == "AssetStatusChanged" && (assetId is null || e.SubjectId == assetId), (cursor, e) => new AssetMessage(cursor, e), cancel);

    /// <summary>Movements of stock, and changes of what parts cost.</summary>
    /// <param name="partId">Only of this part.</param>
    /// <param name="after">The cursor of an earlier message.</param>
    [Authorize(Permission.ViewInventory)]
    public static IAsyncEnumerable<StockMessage> StockChanged([ID<Part>] long? partId, string? after, [Service] EventFeed feed, SiteCaller caller, CancellationToken cancel) =>
        Messages(feed, caller, after, e => e.Type == "StockChanged" && (partId is null || e.SubjectId == partId), (cursor, e) => new StockMessage(cursor, e), cancel);

    /// <summary>Changes of assignments of resources to projects.</summary>
    /// <param name="projectId">Only of this project.</param>
    /// <param name="after">The cursor of an earlier message.</param>
    [Authorize(Permission.ViewProjects)]
    public static IAsyncEnumerable<AssignmentMessage> ResourceAssignmentChanged([ID<Project>] long? projectId, string? after, [Service] EventFeed feed, [Service] ProjectOf projects, SiteCaller caller, CancellationToken cancel) =>
        Messages(feed, caller, after, e => e.SubjectType == nameof(ResourceAssignment), (cursor, e) => new AssignmentMessage(cursor, e), cancel,
            projectId is { } id ? e => projects.Holds(caller, id, e.SubjectId, cancel) : null);

    /// <summary>Decisions that policies carry out.</summary>
    /// <param name="key">Only of this policy.</param>
    /// <param name="after">The cursor of an earlier message.</param>
    [Authorize(Permission.ViewPolicies)]
    public static IAsyncEnumerable<FiringMessage> PolicyFired(string? key, string? after, [Service] EventFeed feed, SiteCaller caller, CancellationToken cancel) =>
        Messages(feed, caller, after, e => e.SubjectType == nameof(PolicyFiring) && (key is null || e.Actor.Key == key), (cursor, e) => new FiringMessage(cursor, e), cancel);

    /// <summary>Everything that is created, changed or archived.</summary>
    /// <param name="types">Only events of these types, such as WorkOrderStarted.</param>
    /// <param name="subjectId">Only what happens to this object.</param>
    /// <param name="after">The cursor of an earlier message.</param>
    [Authorize(Permission.ViewEvents)]
    public static IAsyncEnumerable<EventMessage> EventOccurred(IReadOnlyList<string>? types, [ID] GlobalId? subjectId, string? after, [Service] EventFeed feed, SiteCaller caller, CancellationToken cancel) =>
        Messages(feed, caller, after,
            e => (types is null || types.Contains(e.Type)) && (subjectId is not { } id || (e.SubjectType == id.Type && e.SubjectId.ToString(System.Globalization.CultureInfo.InvariantCulture) == id.Key)),
            (cursor, e) => new EventMessage(cursor, e), cancel);

    private static async IAsyncEnumerable<T> Messages<T>(
        EventFeed feed, SiteCaller caller, string? after, Func<Event, bool> matches, Func<string, Event?, T> message,
        [EnumeratorCancellation] CancellationToken cancel, Func<Event, Task<bool>>? also = null)
    {
        var from = after is null ? (long?)null : EventCursor.Decode(after, caller.CustomerId);
        await foreach (var (position, happened) in feed.Follow(caller, from, cancel))
        {
            if (happened is not null && !(matches(happened) && (also is null || await also(happened)))) continue;
            yield return message(EventCursor.Encode(caller.CustomerId, position), happened);
        }
    }

    /// <summary>Whose notification it is stands in the event of its creation.</summary>
    private static bool IsFor(Event created, long userId)
    {
        using var changes = JsonDocument.Parse(created.Changes);
        return changes.RootElement.TryGetProperty("user", out var user) && user[1].TryGetInt64(out var id) && id == userId;
    }
}
