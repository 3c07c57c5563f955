using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cmms.Domain.Notifications;

internal sealed class NotificationMapping : IEntityTypeConfiguration<Notification>
{
    public void Configure(EntityTypeBuilder<Notification> notification)
    {
        notification.Property(n => n.Severity).HasConversion<int>(); // sorted by weight, not by name
        notification.LoggedAs(n => n.SubjectId, "subject");
        notification.BelongsTo(n => n.User, n => n.UserId);
        notification.Unique(n => new { n.UserId, n.Key });
        notification.Indexed(n => new { n.UserId, n.ReadAt });
    }
}

internal sealed class NotificationPreferenceMapping : IEntityTypeConfiguration<NotificationPreference>
{
    public void Configure(EntityTypeBuilder<NotificationPreference> preference)
    {
        preference.BelongsTo(p => p.User, p => p.UserId);
        preference.Unique(p => new { p.UserId, p.Event, p.Channel });
    }
}
