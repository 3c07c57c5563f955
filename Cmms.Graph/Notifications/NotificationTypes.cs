using Cmms.Domain.Notifications;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Graph.Access;
using Cmms.Graph.Live;
using Engines.GraphQL.Binding;

namespace Cmms.Graph.Notifications;

/// <summary>Tells one person of something that happened.</summary>
[ObjectType<Notification>, Authorize(Permission.ViewOrganization), Hide(nameof(Notification.Key), nameof(Notification.SubjectType), nameof(Notification.SubjectId), nameof(Notification.User))]
internal static class NotificationFields
{
    /// <summary>What it is about, as it is now; null once it is gone, or where it is not the caller's to see.</summary>
    [GraphQLType("Node")]
    public static Task<IReadOnlyList<object?>> Subject(IReadOnlyList<Notification> notifications, CmmsDb db, SiteCaller caller, CancellationToken cancel) =>
        Subjects.Of([.. notifications.Select(n => (n.SubjectType, n.SubjectId))], db, caller, cancel);
}
