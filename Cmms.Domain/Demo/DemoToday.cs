using Cmms.Domain.Assets;
using Cmms.Domain.Persistence;
using Cmms.Domain.Planning;
using Cmms.Domain.Policies;
using Cmms.Domain.Projects;
using Cmms.Domain.Work;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Demo;

/// <summary>How things stand today: what is planned for the weeks to come, the orders of the samples, the projects.</summary>
internal static class DemoToday
{
    public const string Leakage = "Fix water leakage in Freezer";

    private const int Ahead = 40, AheadAtDepot = 10, Samples = 2;

    /// <summary>How many orders this adds.</summary>
    public static int Orders(DemoSite site) => site.IsPlant ? Ahead + Samples : AheadAtDepot;

    public static async Task AddToday(this CmmsDb db, DemoSite site, Instant now, CancellationToken cancel)
    {
        var shop = await DemoShop.Load(db, site, cancel);
        for (var i = Orders(site) - (site.IsPlant ? Samples : 0); i > 0; i--)
        {
            var (id, trade) = site.Dice.Pick(site.Machines);
            await shop.OrderOf(id, trade, now + TimeSpan.FromDays(site.Dice.Between(1, 42)) + site.Dice.Minutes(0, 600), cancel);
        }
        if (!site.IsPlant) return;
        await AddLeakage(db, shop, site, now, cancel);
        await AddProjects(db, shop, site, now, cancel);
    }

    /// <summary>CONV-02 stands still, and somebody is at work on it. The last order of all, so that it is the first in a list.</summary>
    public static async Task AddConverterRepair(this CmmsDb db, DemoSite site, Instant now, CancellationToken cancel)
    {
        var shop = await DemoShop.Load(db, site, cancel);
        var converter = shop.Machine("CONV-02");
        var order = await shop.Write("Replace drive belt", WorkOrderType.Corrective, [converter], now - TimeSpan.FromMinutes(30), now + TimeSpan.FromHours(6), cancel);
        order.Describe("Replace drive belt", "The belt slips under load and squeals at start.", WorkOrderPriority.High);
        order.AssignTechnicians([shop.Technician("Lucía Muñoz")]);
        order.SetChecklist([new("Lock out and tag"), new("Replace the belt"), new("Set the tension"), new("Run for ten minutes")]);
        await db.SaveChangesAsync(cancel);
        var belt = await db.Parts.SingleAsync(p => p.Number == DemoCatalog.DriveBelt, cancel);
        await db.PlanPart(order, belt, null, Quantity.Of(2), allowShortage: true, cancel);
        await db.Take(order, WorkOrderTransition.Start, null, cancel);
        if (converter.IsOperational)
            await db.ChangeStatus(converter, AssetStatus.Maintenance, Reason.Of("Drive belt slips under load, it is being replaced"), db.Actor, now,
                new StatusChangeDetails(MaintenanceKind.Corrective, order.Description, ExpectedReturnAt: now + TimeSpan.FromHours(6), WorkOrderId: order.Id), null, cancel);
    }

    public static async Task TellOfWarranties(this CmmsDb db, CancellationToken cancel) => await PolicyRunner.RunWithin(db, PolicyCatalog.Find("warranty-expiry"), cancel);

    public static async Task TellOfSlowStock(this CmmsDb db, CancellationToken cancel) => await PolicyRunner.RunWithin(db, PolicyCatalog.Find("slow-moving-stock"), cancel);

    private static async Task AddLeakage(CmmsDb db, DemoShop shop, DemoSite site, Instant now, CancellationToken cancel)
    {
        var order = await shop.Write(Leakage, WorkOrderType.Corrective, [shop.Machine("FRZ-01")], now + TimeSpan.FromHours(20), now + TimeSpan.FromHours(30), cancel);
        order.Describe(Leakage, "Water leakage due to blocked defrost drain", WorkOrderPriority.High);
        order.AssignTechnicians([shop.Technician("John Doe")]);
        order.AssignVendors([await db.Vendors.SingleAsync(v => v.Id == site.Summit, cancel)]);
        order.SetChecklist([new("Clear the defrost drain"), new("Dry the floor"), new("Check the drain heater")]);
    }

    /// <summary>Rented out: BS-002 with its upkeep, and two wash basins. BS-001 is at its base and free.</summary>
    private static async Task AddProjects(CmmsDb db, DemoShop shop, DemoSite site, Instant now, CancellationToken cancel)
    {
        var today = site.Zone.Today(now);
        Partner peisol = new("Peisol Eventos"), river = new("Riverside Festival");
        peisol.Describe("Peisol Eventos", "0990012345001", "Gabriela Yépez", "+593 99 555 0101");
        Project camp = new("PSL-0001", "Campamento Norte", peisol, today.AddDays(-45), today.AddDays(90)), fair = new("RVF-0001", "Riverside Fair", river, today.AddDays(-120), today.AddDays(-60));
        camp.Locate("Campamento Norte, km 14", "N", "Gabriela Yépez", "+593 99 555 0101");
        fair.Locate("Riverside Park", "SE", "Sam Lee", "+1 555 0142");
        db.AddRange(peisol, river, camp, fair);
        Dictionary<string, Resource> resources = [];
        foreach (var code in new[] { "BS-001", "BS-002", "BS-003", "BS-004", "LVM-01", "LVM-02" })
        {
            Resource resource = new(shop.Machine(code), code.StartsWith("BS", StringComparison.Ordinal) ? "BTSNHM" : "LVMNOS", "BASE PEISOL");
            resources.Add(code, resource);
            db.Add(resource);
        }
        db.Add(new Resource("LIMP-01", "Limpieza y mantenimiento", "SERVIC"));
        await db.SaveChangesAsync(cancel);

        await Assign(camp, "BS-002", 35m, 10m, new Recurrence(RecurrenceFrequency.Day, today.AddDays(-40), interval: 2));
        await Assign(camp, "LVM-01", 12m, null, new Recurrence(RecurrenceFrequency.Week, today.AddDays(-40), weekdays: [1, 4]));
        var (gone, _) = (await Assign(fair, "BS-003", 40m, 12m, new Recurrence(RecurrenceFrequency.Day, today.AddDays(-110))), await Assign(fair, "LVM-02", 14m, null, null));
        await db.Release(gone[0], "Exchanged for a larger one", today.AddDays(-80), cancel);
        await db.SaveChangesAsync(cancel);
        await db.Close(fair, "The fair is over", cancel);

        Task<IReadOnlyList<ResourceAssignment>> Assign(Project project, string code, decimal cost, decimal? upkeep, Recurrence? recurrence) =>
            db.Assign(new AssignmentRequest(project.Id, resources[code].Id, Money.Cost(cost), recurrence?.StartDate ?? project.StartDate, null, null, recurrence, null,
                upkeep is { } each ? Money.Cost(each) : null, null), "assignments[0]", cancel);
    }
}
