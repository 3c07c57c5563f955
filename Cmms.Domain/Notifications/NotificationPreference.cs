using Cmms.Domain.Organization;

namespace Cmms.Domain.Notifications;

/// <summary>A person's wish to be told, or not, of one kind of event over one channel. Without a wish: in the application yes, elsewhere no.</summary>
public sealed class NotificationPreference : SiteEntity
{
    private NotificationPreference() { } // EF Core

    public NotificationPreference(long userId, NotificationEvent @event, NotificationChannel channel) =>
        (UserId, Event, Channel) = (userId, @event, channel);

    public long UserId { get; private set; }
    public User? User { get; private set; }
    public NotificationEvent Event { get; private set; }
    public NotificationChannel Channel { get; private set; }
    public bool Enabled { get; private set; }

    public void Set(bool enabled) => Enabled = enabled;

    public static bool Default(NotificationChannel channel) => channel is NotificationChannel.InApp;
}
