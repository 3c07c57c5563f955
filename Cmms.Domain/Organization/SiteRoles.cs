using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Organization;

/// <summary>What users are on sites: one role a user and site.</summary>
public static class SiteRoles
{
    /// <summary>Gives a user a role on a site, in the place of the one there may be.</summary>
    /// <exception cref="NotFound"/>
    public static async Task<UserRole> GrantRole(this CmmsDb db, long userId, long siteId, Role role, CancellationToken cancel)
    {
        // The user's row is held, so that two grants at once become one role.
        var user = await db.Find<User>(userId, cancel);
        var site = await db.Find<Site>(siteId, cancel);
        var granted = await db.UserRoles.SingleOrDefaultAsync(r => r.UserId == userId && r.SiteId == siteId, cancel);
        if (granted is null) db.UserRoles.Add(granted = new UserRole(user, site, role));
        else granted.ChangeTo(role);
        return granted;
    }

    /// <summary>Takes a user's role on a site away; answers it as it was.</summary>
    /// <exception cref="NotFound"/>
    public static async Task<UserRole> RevokeRole(this CmmsDb db, long userId, long siteId, CancellationToken cancel)
    {
        await db.Find<User>(userId, cancel);
        await db.Find<Site>(siteId, cancel);
        var granted = await db.UserRoles.SingleOrDefaultAsync(r => r.UserId == userId && r.SiteId == siteId, cancel)
            ?? throw new NotFound("Role of the user on the site", nameof(siteId));
        db.Remove(granted);
        return granted;
    }
}
