using Cmms.Domain;
using Cmms.Domain.Events;
using Cmms.Domain.Persistence;
using Cmms.Domain.Policies;
using Cmms.Tests.Inventory;
using Cmms.Tests.Policies;
using Cmms.Worker;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Cmms.Tests.Inventory.Shelf;

namespace Cmms.Tests.Worker;

public sealed class EventWatchTests
{
    [Theory, Sqlite, PostgreSql]
    public async Task Many_events_of_a_subject_are_one_look_and_a_policy_is_not_called_by_itself(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var (filter, belt) = (await plant.AddPart("Air Filter", 10, 20, minimum: 5, desired: 8), await plant.AddPart("Belt", 10, 20));
        foreach (var quantity in (decimal[])[4, 1, 1]) await plant.Move(stock => stock.Use(filter, Q(quantity), null, null, null, default));
        Assert.Equal(1, await plant.Sweep(PolicyDesk.LowStock));
        var events = await plant.ReadAsync(db => db.Events.Where(e => e.CustomerId == plant.CustomerId).OrderBy(e => e.Position).ToListAsync());

        var call = Assert.Single(EventWatch.Calls(new EventBatch(plant.CustomerId, events)));
        Assert.Equal((PolicyDesk.LowStock, plant.Scope), (call.Policy.Key, call.Site));
        Assert.Equal([filter, belt], call.Subjects.Keys.Order());
        var own = events.Where(e => e.Actor == Actor.Policy(PolicyDesk.LowStock)).ToList();
        Assert.Contains(own, e => e.SubjectType == "Part");
        Assert.Empty(EventWatch.Calls(new EventBatch(plant.CustomerId, own)));
        Assert.Equal(events.Last(e => e.SubjectType == "Part" && e.SubjectId == filter && e.Actor != Actor.Policy(PolicyDesk.LowStock)).Position, call.Subjects[filter]);
    }

    [Theory, Sqlite]
    public async Task A_policy_is_called_by_what_can_concern_it_alone(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var (filter, belt) = (await plant.AddPart("Air Filter", 10, 20), await plant.AddPart("Belt", 10, 20));
        await plant.Move(stock => stock.Use(filter, Q(1), null, null, null, default));
        await plant.Move(stock => stock.Restock(filter, Q(1), Eur(20), null, null, default));
        await plant.Move(stock => stock.Restock(belt, Q(1), Eur(50), null, null, default));
        var events = await plant.ReadAsync(db => db.Events.Where(e => e.CustomerId == plant.CustomerId).OrderBy(e => e.Position).ToListAsync());
        Assert.Equal([belt], Assert.Single(EventWatch.Calls(new EventBatch(plant.CustomerId, events)), c => c.Policy.Key == "price-jump").Subjects.Keys);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task What_a_policy_does_names_the_event_that_called_for_it(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var id = await plant.AddPart("Air Filter", 10, 20, minimum: 5, desired: 8);
        await plant.AddPart("Another that is low", 0, 20, minimum: 5);
        await plant.Move(stock => stock.Use(id, Q(6), null, null, null, default));
        var cause = await plant.LastPosition();
        var policy = PolicyCatalog.Find(PolicyDesk.LowStock);
        Assert.Equal(1, await plant.Runner().Run(policy, plant.Scope, PolicyTrigger.Event, new Dictionary<long, long> { [id] = cause }, default));
        var raised = await plant.ReadAsync(db => db.Events.SingleAsync(e => e.SubjectType == "PurchaseRequest"));
        Assert.Equal(Actor.Policy(policy.Key), raised.Actor);
        // The decision led to it, and the event to the decision.
        var decided = await plant.ReadAsync(db => db.Events.SingleAsync(e => e.Position == raised.CausePosition));
        Assert.Equal(("PolicyFiringCreated", (long?)cause, raised.RequestId), (decided.Type, decided.CausePosition, decided.RequestId));
        Assert.NotNull(raised.RequestId);
    }
}
