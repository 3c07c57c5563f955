using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Organization;

/// <summary>The costs recorded in a site's currency; once there are any, it is fixed.</summary>
public static class SiteCosts
{
    /// <summary>How many there are, whatever the scope: a customer's owner changes a site from outside it.</summary>
    public static async Task<int> CountCosts(this CmmsDb db, Site site, CancellationToken cancel) =>
        await db.StockTransactions.IgnoreQueryFilters().CountAsync(t => t.SiteId == site.Id && (t.TotalCost != Money.Zero || t.UnitCost != Money.Zero), cancel)
        + await db.Parts.IgnoreQueryFilters().CountAsync(p => p.SiteId == site.Id && p.UnitCost != Money.Zero, cancel)
        + await db.PurchaseLines.IgnoreQueryFilters().CountAsync(l => l.SiteId == site.Id && l.UnitCost != null, cancel)
        + await db.Vendors.IgnoreQueryFilters().CountAsync(v => v.SiteId == site.Id && v.HourlyRate != null, cancel)
        + await db.Assets.IgnoreQueryFilters()
            .CountAsync(a => a.SiteId == site.Id && (a.PurchaseCost != null || a.ReplacementCost != null || a.SalvageValue != null), cancel);
}
