using Cmms.Domain.Inventory;
using Cmms.Domain.Persistence;
using Cmms.Domain.Work;

namespace Cmms.Domain.Organization;

public static class NewSites
{
    private const string FirstStoreroom = "Main Storeroom";

    /// <summary>Opens a site with what each begins with: its work order statuses, a storeroom, and an admin. The transaction goes on in the site's scope.</summary>
    /// <param name="change">In the scope of the customer.</param>
    /// <param name="admin">Who opens it: a site that nobody has a role on would be out of everybody's reach.</param>
    /// <exception cref="Duplicate"/>
    public static async Task OpenSite(this WriteTransaction change, Site site, User admin, CancellationToken cancel)
    {
        var db = change.Db;
        db.Sites.Add(site);
        db.UserRoles.Add(new UserRole(admin, site, Role.Admin));
        await db.SaveChangesAsync(cancel);
        await change.NarrowAsync(Scope.Site(site.CustomerId, site.Id), cancel);
        db.WorkOrderStatuses.AddRange(WorkOrderStatus.Defaults());
        db.Storerooms.Add(new Storeroom(FirstStoreroom, isDefault: true));
        await db.SaveChangesAsync(cancel);
    }
}
