using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Notifications;

/// <summary>Who is told of what.</summary>
public static class Notices
{
    extension(CmmsDb db)
    {
        /// <summary>Tells everyone whose role in this site has a permission, as their preferences allow.</summary>
        /// <param name="key">Of what caused it; nobody is told twice under one key.</param>
        public async Task Tell(Permission permission, Notice notice, string key, CancellationToken cancel)
        {
            var roles = Enum.GetValues<Role>().Where(r => r.Allows(permission)).ToList();
            var siteId = db.Scope.SiteId;
            var about = notice.Event;
            var readers = await db.UserRoles
                .Where(r => r.SiteId == siteId && roles.Contains(r.Role) && r.User!.Status == UserStatus.Active)
                .Where(r => !db.NotificationPreferences.Any(p => p.UserId == r.UserId && p.Event == about && p.Channel == NotificationChannel.InApp && !p.Enabled))
                .Where(r => !db.Notifications.Any(n => n.UserId == r.UserId && n.Key == key))
                .Select(r => r.UserId).Distinct().OrderBy(id => id).ToListAsync(cancel);
            db.Notifications.AddRange(readers.Select(id => new Notification(id, notice, key)));
        }

        /// <summary>Tells these people, as their preferences allow.</summary>
        public async Task Tell(IReadOnlyList<long> userIds, Notice notice, string key, CancellationToken cancel)
        {
            if (userIds.Count == 0) return;
            var deaf = await db.NotificationPreferences
                .Where(p => userIds.Contains(p.UserId) && p.Event == notice.Event && p.Channel == NotificationChannel.InApp && !p.Enabled)
                .Select(p => p.UserId).ToListAsync(cancel);
            var told = await db.Notifications.Where(n => n.Key == key && userIds.Contains(n.UserId)).Select(n => n.UserId).ToListAsync(cancel);
            db.Notifications.AddRange(userIds.Distinct().Except(deaf).Except(told).Select(id => new Notification(id, notice, key)));
        }
    }
}
