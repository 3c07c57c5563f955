using Cmms.Domain;
using Cmms.Domain.Notifications;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Graph.Access;
using Engines.GraphQL.Binding;
using Engines.GraphQL.Data;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Graph.Notifications;

[QueryType, Authorize(Permission.ViewOrganization), Own<OwnNotifications>]
internal static class NotificationQueries
{
    /// <summary>What the caller was told of, newest first (seed 000).</summary>
    /// <param name="unreadOnly">Only what is not marked as read.</param>
    [UsePaging(DefaultPageSize = 20), UseFiltering, UseSorting, OrderBy(nameof(Notification.CreatedAt), Descending = true)]
    public static IQueryable<Notification> Notifications(CmmsDb db, SiteCaller caller, bool unreadOnly = false)
    {
        var own = OwnNotifications.Rule.Visible(db.Notifications, caller);
        return unreadOnly ? own.Where(n => n.ReadAt == null) : own;
    }

    /// <summary>How many notifications the caller has not marked as read.</summary>
    public static Task<int> UnreadNotificationCount(CmmsDb db, SiteCaller caller, CancellationToken cancel) =>
        OwnNotifications.Rule.Visible(db.Notifications, caller).CountAsync(n => n.ReadAt == null, cancel);

    /// <summary>Of what the caller is told over which channel: every event and channel, with the caller's wish or the default.</summary>
    public static async Task<IReadOnlyList<NotificationWish>> NotificationPreferences(CmmsDb db, SiteCaller caller, CancellationToken cancel)
    {
        var userId = caller.UserId;
        var said = await db.NotificationPreferences.Where(p => p.UserId == userId).ToDictionaryAsync(p => (p.Event, p.Channel), p => p.Enabled, cancel);
        return
        [
            .. from @event in Enum.GetValues<NotificationEvent>()
               from channel in Enum.GetValues<NotificationChannel>()
               select new NotificationWish(@event, channel, said.TryGetValue((@event, channel), out var enabled) ? enabled : NotificationPreference.Default(channel)),
        ];
    }
}

/// <summary>Whether somebody is told of an event over a channel.</summary>
/// <param name="Event">Of what.</param>
/// <param name="Channel">How.</param>
/// <param name="Enabled">Whether.</param>
internal sealed record NotificationWish(NotificationEvent Event, NotificationChannel Channel, bool Enabled);

/// <summary>Whether somebody is told of an event over a channel.</summary>
[ObjectType<NotificationWish>(Name = "NotificationPreference")]
internal static class NotificationWishFields;

[MutationType, Authorize(Permission.ViewOrganization), Own<OwnNotifications>]
internal static class NotificationMutations
{
    /// <summary>Marks one of the caller's notifications as read.</summary>
    [Error<NotFound>]
    public static async Task<Notification> MarkNotificationRead([ID<Notification>] long id, CmmsDb db, SiteCaller caller, CancellationToken cancel)
    {
        var notification = await db.Find<Notification>(id, cancel);
        await OwnNotifications.Rule.Require(id, caller, db, cancel);
        notification.MarkRead(db.Now);
        await db.SaveChangesAsync(cancel);
        return notification;
    }

    /// <summary>Marks all of the caller's notifications as read; answers how many were not.</summary>
    [Payload("count")]
    public static async Task<int> MarkAllNotificationsRead(CmmsDb db, SiteCaller caller, CancellationToken cancel)
    {
        var unread = await OwnNotifications.Rule.Visible(db.Notifications, caller).Where(n => n.ReadAt == null).ToListAsync(cancel);
        foreach (var notification in unread) notification.MarkRead(db.Now);
        await db.SaveChangesAsync(cancel);
        return unread.Count;
    }

    /// <summary>Sets whether the caller is told of an event over a channel.</summary>
    [Payload("notificationPreference")]
    public static async Task<NotificationWish> SetNotificationPreference(
        NotificationEvent @event, NotificationChannel channel, bool enabled, CmmsDb db, SiteCaller caller, CancellationToken cancel)
    {
        var userId = caller.UserId;
        var preference = await db.NotificationPreferences.FirstOrDefaultAsync(p => p.UserId == userId && p.Event == @event && p.Channel == channel, cancel);
        if (preference is null) db.NotificationPreferences.Add(preference = new NotificationPreference(userId, @event, channel));
        preference.Set(enabled);
        await db.SaveChangesAsync(cancel);
        return new NotificationWish(@event, channel, enabled);
    }
}
