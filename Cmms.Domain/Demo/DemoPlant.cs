using Cmms.Domain.Files;
using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Demo;

/// <summary>
/// A believable plant to look at and to try things on: two sites in two time zones and two years of their history, the same for the same
/// moment. It is written by the domain's own methods, in one transaction: all of it, or nothing.
/// </summary>
public static class DemoPlant
{
    private const int Days = 7 * DemoHistory.Weeks;

    /// <summary>Fills a database that nobody uses yet; where there is any customer it changes nothing.</summary>
    /// <returns>Whether it was empty.</returns>
    public static async Task<bool> SeedAsync(CmmsDbFactory factory, Instant now, CancellationToken cancel = default)
    {
        var founded = now - TimeSpan.FromDays(Days + 30);
        await using var transaction = await factory.BeginAsync(Scope.System, new Change(Actor.System, founded), cancel);
        var db = transaction.Db;
        if (await db.Customers.AnyAsync(cancel)) return false;
        try
        {
            var people = await DemoPeople.Add(transaction, cancel);
            await Fill(transaction, people, factory.Files, founded, now, cancel);
            await transaction.CommitAsync(cancel);
            return true;
        }
        catch (Duplicate)
        {
            return false; // PostgreSQL: another program was faster, and it is the one that commits.
        }
    }

    private static async Task Fill(WriteTransaction transaction, DemoPeople people, FileStore files, Instant founded, Instant now, CancellationToken cancel)
    {
        var db = transaction.Db;
        List<DemoHistory> histories = [];
        DemoSite[] sites = [new(DemoCatalog.Plant, people, seed: 1), new(DemoCatalog.Depot, people, seed: 2)];
        foreach (var site in sites)
        {
            // The Monday of this week, or of the last one while this week's planning is still to come.
            var today = site.Zone.Today(now - TimeSpan.FromHours(7));
            var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7) - (7 * (DemoHistory.Weeks - 1)));
            Task Turn() => transaction.TurnAsync(site.Scope, new Change(Actor.User(people.Manager), founded), cancel);
            await Turn();
            await site.Build(db, founded, cancel);
            await Turn();
            var filters = Quantity.Of(2 * DemoPlans.HvacRounds(site.Zone, monday, now)) + DemoStock.FiltersOnShelf;
            await db.AddStock(site, filters, cancel);
            await Turn();
            histories.Add(new DemoHistory(site, transaction, await db.AddPlans(site, monday, now, cancel), monday));
        }

        for (var week = 0; week < DemoHistory.Weeks; week++)
            foreach (var history in histories.OrderBy(h => h.MondayOf(week))) await history.Week(week, cancel);

        foreach (var (site, history) in sites.Zip(histories)) await history.EndAsync(now, cancel);
        var lately = now - TimeSpan.FromHours(1);
        foreach (var (site, history) in sites.Zip(histories))
        {
            await history.Turn(Actor.User(people.Manager), lately, cancel);
            await db.AddToday(site, lately, cancel);
            if (site.IsPlant)
            {
                await db.AddProduction(site, lately, cancel);
                await db.AddFiles(files, cancel);
                await db.AddRequests(site, files, by => history.Turn(by, lately, cancel), cancel);
                await history.Turn(Actor.User(people.Manager), lately, cancel);
                await db.AddConverterRepair(site, lately, cancel);
            }
            await history.Buy(lately, approve: false, cancel);
            await db.TellOfWarranties(cancel);
            await db.TellOfSlowStock(cancel);
        }
        await people.Invite(transaction, lately, cancel);
    }
}
