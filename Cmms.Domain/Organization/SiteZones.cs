using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Organization;

public static class SiteZones
{
    /// <summary>The time zone of the site that the lease is for: "today" and "overdue" are its own.</summary>
    public static async Task<SiteZone> SiteZone(this CmmsDb db, CancellationToken cancel)
    {
        var id = db.Scope.SiteId;
        return Domain.SiteZone.Of(await db.Sites.Where(s => s.Id == id).Select(s => s.TimeZone).SingleAsync(cancel));
    }
}
