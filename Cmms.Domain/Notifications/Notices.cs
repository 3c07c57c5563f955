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

        /// <summary>Tells those of these people who may sign in, as their preferences allow.</summary>
        public async Task Tell(IReadOnlyList<long> userIds, Notice notice, string key, CancellationToken cancel)
        {
            if (userIds.Count == 0) return;
            var about = notice.Event;
            var readers = await db.Users
                .Where(u => userIds.Contains(u.Id) && u.Status == UserStatus.Active)
                .Where(u => !db.NotificationPreferences.Any(p => p.UserId == u.Id && p.Event == about && p.Channel == NotificationChannel.InApp && !p.Enabled))
                .Where(u => !db.Notifications.Any(n => n.UserId == u.Id && n.Key == key))
                .Select(u => u.Id).OrderBy(id => id).ToListAsync(cancel);
            db.Notifications.AddRange(readers.Select(id => new Notification(id, notice, key)));
        }
    }
}
