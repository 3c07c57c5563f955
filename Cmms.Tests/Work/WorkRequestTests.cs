using Cmms.Domain;
using Cmms.Domain.Assets;
using Cmms.Domain.Notifications;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Work;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cmms.Tests.Work;

public sealed class WorkRequestTests
{
    [Theory, Sqlite, PostgreSql]
    public async Task An_approved_request_becomes_an_order_that_carries_everything_over(DatabaseProvider provider)
    {
        await using var plant = await Shop.OpenAsync(provider);
        var (technician, requester) = (await plant.Technician(), await Person(plant, "Requester"));
        var (due, id) = (plant.Now + TimeSpan.FromDays(3), await Submit(plant, requester));
        var vendor = await plant.WriteAsync(async db =>
        {
            var acme = new Domain.Inventory.Vendor("Acme");
            db.Add(acme);
            await db.SaveChangesAsync();
            var request = await db.Find<WorkRequest>(id, default);
            request.Describe("The pump drips", "Since Monday", WorkOrderPriority.High, due, notify: true);
            await db.ProposeTechnicians(request, [technician], default);
            await db.ProposeVendors(request, [acme.Id], default);
            return acme.Id;
        });

        var orderId = await plant.WriteAsync(async db => (await db.Approve(await db.Find<WorkRequest>(id, default), WorkOrderType.Inspection, default)).Id, Actor.User(await Person(plant, "Manager")));
        var order = await plant.ReadAsync(db => db.WorkOrders.Include(o => o.Assets).Include(o => o.Technicians).Include(o => o.Vendors).Include(o => o.Location).SingleAsync(o => o.Id == orderId));
        Assert.Equal(("The pump drips", "Since Monday", WorkOrderPriority.High, WorkOrderType.Inspection, WorkOrderPhase.Pending, due),
            (order.Title, order.Description, order.Priority, order.Type, order.Phase, order.DueAt));
        Assert.Equal(("Pump", "Hall", technician, vendor), (order.Assets.Single().Name, order.Location?.Name, order.Technicians.Single().Id, order.Vendors.Single().Id));

        var request = await Read(plant, id);
        Assert.Equal((WorkRequestStatus.Approved, orderId, "WR-000001"), (request.Status, request.WorkOrderId, request.Code));
        var told = await plant.ReadAsync(db => db.Notifications.Where(n => n.UserId == requester).SingleAsync());
        Assert.Equal((NotificationEvent.WorkRequestAnswered, "It was approved and is WO-000001."), (told.Event, told.Body));
        await Assert.ThrowsAsync<InvalidTransition>(() => On(plant, id, r => r.RequireChangeable(byThoseWhoDecide: true)));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Those_who_decide_are_told_of_a_request_once(DatabaseProvider provider)
    {
        await using var plant = await Shop.OpenAsync(provider);
        await Submit(plant, await Person(plant, "Requester"));
        var told = await plant.ReadAsync(db => db.Notifications.OrderBy(n => n.Id).Select(n => new { n.User!.Name, n.Event, n.Title }).ToListAsync());
        Assert.Equal(["Admin", "Manager"], told.Select(t => t.Name).Order());
        Assert.All(told, t => Assert.Equal((NotificationEvent.WorkRequestSubmitted, "WR-000001: It drips"), (t.Event, t.Title)));
    }

    [Fact]
    public void It_goes_only_the_ways_that_there_are()
    {
        foreach (var (from, ways) in new (WorkRequest From, string Ways)[]
        {
            (New(), "Approve Hold Decline"), (Held(), "Approve Decline Reopen"), (Declined(), "Reopen"), (Archived(), ""),
        })
        {
            Assert.Equal(ways, string.Join(' ', from.Transitions()));
            if (!ways.Contains("Hold", StringComparison.Ordinal)) Assert.Throws<InvalidTransition>(() => from.Hold("Later"));
            if (!ways.Contains("Decline", StringComparison.Ordinal)) Assert.Throws<InvalidTransition>(() => from.Decline("No"));
            if (!ways.Contains("Reopen", StringComparison.Ordinal)) Assert.Throws<InvalidTransition>(() => from.Reopen(null));
        }
        var declined = Declined();
        Assert.Equal("Too dear", declined.StatusReason);
        declined.Reopen("There is money now");
        Assert.Equal((WorkRequestStatus.Pending, null), (declined.Status, declined.StatusReason));
        Assert.Equal("reason", Assert.Throws<InvalidValue>(() => New().Decline(" ")).Field);

        static WorkRequest New() => new("WR-000001", "It drips", null);
        static WorkRequest Held() => After(r => r.Hold("Until the line stops"));
        static WorkRequest Declined() => After(r => r.Decline("Too dear"));
        static WorkRequest Archived() => After(r => r.Archive(default));
        static WorkRequest After(Action<WorkRequest> act)
        {
            var request = New();
            act(request);
            return request;
        }
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Who_cannot_be_assigned_is_not_proposed_and_who_no_longer_can_is_left_out(DatabaseProvider provider)
    {
        await using var plant = await Shop.OpenAsync(provider);
        var technician = await plant.Technician();
        var id = await Submit(plant, null);
        var viewer = await Person(plant, "Viewer");
        Assert.Equal("technicianIds[0]", (await Assert.ThrowsAsync<InvalidValue>(() => plant.WriteAsync(async db => await db.ProposeTechnicians(await db.Find<WorkRequest>(id, default), [viewer], default)))).Field);
        await plant.WriteAsync(async db => await db.ProposeTechnicians(await db.Find<WorkRequest>(id, default), [technician], default));
        await plant.Database.WriteAsync(Scope.Customer(plant.CustomerId), async db => (await db.Find<User>(technician, default)).CanBeAssignedToWorkOrders = false);
        var order = await plant.WriteAsync(async db => await db.Approve(await db.Find<WorkRequest>(id, default), WorkOrderType.Corrective, default));
        Assert.Empty(order.Technicians);
    }

    private static Task<long> Submit(TestPlant plant, long? requester) => plant.WriteAsync(async db =>
    {
        Location hall = new("Hall");
        db.Add(hall);
        await db.SaveChangesAsync();
        Asset pump = new("Pump", db.Now);
        pump.StandAt(hall);
        db.Add(pump);
        await db.SaveChangesAsync();
        return (await db.SubmitRequest("It drips", await db.FindOptional<User>(requester, default), request => db.SetConcern(request, pump.Id, null, default), default)).Id;
    });

    private static Task On(TestPlant plant, long id, Action<WorkRequest> act) => plant.WriteAsync(async db => act(await db.Find<WorkRequest>(id, default)));

    private static Task<long> Person(TestPlant plant, string name) => plant.ReadAsync(db => db.Users.Where(u => u.Name == name).Select(u => u.Id).SingleAsync());

    private static Task<WorkRequest> Read(TestPlant plant, long id) => plant.ReadAsync(db => db.WorkRequests.SingleAsync(r => r.Id == id));
}
