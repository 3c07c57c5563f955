using System.Linq.Expressions;
using Cmms.Domain.Notifications;
using Cmms.Graph.Access;

namespace Cmms.Graph.Notifications;

/// <summary>What one person is told is nobody else's, whatever the role.</summary>
internal sealed class OwnNotifications : RowRule<Notification>
{
    public static readonly OwnNotifications Rule = new();

    public override bool IsFree(SiteCaller caller) => false;

    protected override Expression<Func<Notification, bool>> IsOwn(SiteCaller caller)
    {
        var userId = caller.UserId;
        return notification => notification.UserId == userId;
    }
}
