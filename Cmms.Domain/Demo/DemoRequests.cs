using Cmms.Domain.Files;
using Cmms.Domain.Persistence;
using Cmms.Domain.Work;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Demo;

/// <summary>What the shift asked for, and what became of it.</summary>
internal static class DemoRequests
{
    private static readonly (string Title, string Description, string Machine, WorkOrderPriority Priority)[] s_asked =
    [
        ("Freezer drips on the floor", "There is a puddle in front of the freezer every morning.", "FRZ-01", WorkOrderPriority.High),
        ("La convertidora huele a quemado", "Desde el turno de noche, sobre todo al arrancar.", "CONV-02", WorkOrderPriority.Critical),
        ("Ruido en el telar", "Golpea cada pocos segundos; el tejido sale bien.", "TEL-01", WorkOrderPriority.Medium),
        ("Paint the guard rail", "It is rusty where the forklifts pass.", "CONV-02", WorkOrderPriority.Low),
    ];

    /// <summary>The first became the order about the freezer; one waits, one is declined, one is new.</summary>
    public static async Task AddRequests(this CmmsDb db, DemoSite site, FileStore files, Func<Actor, Task> turn, CancellationToken cancel)
    {
        List<long> ids = [];
        await turn(Actor.User(site.People.Requester));
        var (shop, requester) = (await DemoShop.Load(db, site, cancel), await db.Users.SingleAsync(u => u.Id == site.People.Requester, cancel));
        foreach (var (title, description, machine, priority) in s_asked)
        {
            var request = await db.SubmitRequest(title, requester, request =>
            {
                request.Describe(title, description, priority, null, notify: true);
                request.Concern(shop.Machine(machine), null);
                return Task.CompletedTask;
            }, cancel);
            ids.Add(request.Id);
        }
        await db.Attach(await db.Find<WorkRequest>(ids[0], cancel), [await DemoFiles.Arrive(files, "In front of the freezer.png", "image/png", DemoPicture.Puddle())], cancel);

        await turn(Actor.User(site.People.Manager));
        var leakage = await db.WorkOrders.OrderByDescending(o => o.Id).FirstAsync(o => o.Title == DemoToday.Leakage, cancel);
        await db.Become(await db.Find<WorkRequest>(ids[0], cancel), leakage, cancel);
        (await db.Find<WorkRequest>(ids[2], cancel)).Hold("Until the loom stops for cleaning on Saturday");
        (await db.Find<WorkRequest>(ids[3], cancel)).Decline("The rail is replaced with the new floor next month");
        await db.SaveChangesAsync(cancel);
    }
}
