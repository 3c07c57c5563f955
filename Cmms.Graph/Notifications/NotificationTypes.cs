using Cmms.Domain.Notifications;
using Engines.GraphQL.Binding;

namespace Cmms.Graph.Notifications;

/// <summary>Tells one person of something that happened.</summary>
[ObjectType<Notification>, Hide(nameof(Notification.Key), nameof(Notification.SubjectType), nameof(Notification.SubjectId))]
internal static class NotificationFields;

/// <summary>A person's wish to be told, or not, of one kind of event over one channel.</summary>
[ObjectType<NotificationPreference>]
internal static class NotificationPreferenceFields;
