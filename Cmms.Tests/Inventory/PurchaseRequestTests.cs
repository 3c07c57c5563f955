using Cmms.Domain;
using Cmms.Domain.Inventory;
using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Cmms.Tests.Inventory.Shelf;

namespace Cmms.Tests.Inventory;

public sealed class PurchaseRequestTests
{
    [Theory, Sqlite, PostgreSql]
    public async Task What_is_requested_is_on_order_until_it_comes(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var filter = await plant.AddPart("Air Filter", 6, 20, minimum: 5, desired: 8);
        var belt = await plant.AddPart("Belt", 0, 3);
        var id = await Raise(plant, null, new PartToBuy(filter, Q(4), Eur(26.15m)), new PartToBuy(belt, Q(2)));
        Assert.Equal((4m, 0m), ((await plant.Part(filter)).OnOrder.Value, (await plant.Part(filter)).ToReorder.Value));

        await Assert.ThrowsAsync<InvalidTransition>(() => Receive(plant, id, null));
        await plant.WriteAsync(async db => (await db.Find<PurchaseRequest>(id, default)).Approve(db.Actor, db.Now), Actor.User(7));
        await Receive(plant, id, [new Receipt(filter, Q(1))]);
        Assert.Equal((7m, 3m, 26.15m), ((await plant.Part(filter)).OnHand.Value, (await plant.Part(filter)).OnOrder.Value, (await plant.Part(filter)).UnitCost.Value));
        Assert.Equal(PurchaseRequestStatus.PartiallyReceived, (await Read(plant, id)).Status);

        Assert.Equal("receipts[0].quantity", (await Assert.ThrowsAsync<InvalidValue>(() => Receive(plant, id, [new Receipt(filter, Q(3.001m))]))).Field);
        await Receive(plant, id, null);
        var request = await Read(plant, id);
        Assert.Equal((PurchaseRequestStatus.Received, Actor.User(7), plant.Now), (request.Status, request.ApprovedBy, request.ClosedAt));
        Assert.Equal((10m, 0m, 22.46m), ((await plant.Part(filter)).OnHand.Value, (await plant.Part(filter)).OnOrder.Value, (await plant.Part(filter)).AverageUnitCost.Value));
        Assert.Equal((2m, 3m), ((await plant.Part(belt)).OnHand.Value, (await plant.Part(belt)).UnitCost.Value));
        Assert.Equal(3, await plant.ReadAsync(db => db.StockTransactions.CountAsync(t => t.PurchaseRequestId == id && t.Kind == StockTransactionKind.Restock)));
        Assert.Empty(await plant.ReadAsync(db => db.VerifyStock(default)));

        await Assert.ThrowsAsync<InvalidTransition>(() => Receive(plant, id, null));
        await Assert.ThrowsAsync<InvalidTransition>(() => Cancel(plant, id));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Giving_up_takes_the_rest_off_order_and_keeps_what_came(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var filter = await plant.AddPart("Air Filter", 6, 20);
        var id = await Raise(plant, null, new PartToBuy(filter, Q(4)));
        await plant.WriteAsync(async db => (await db.Find<PurchaseRequest>(id, default)).Approve(db.Actor, db.Now));
        await Receive(plant, id, [new Receipt(filter, Q(1))]);
        await Cancel(plant, id);
        Assert.Equal((7m, 0m), ((await plant.Part(filter)).OnHand.Value, (await plant.Part(filter)).OnOrder.Value));
        Assert.Equal(PurchaseRequestStatus.Cancelled, (await Read(plant, id)).Status);
        Assert.Empty(await plant.ReadAsync(db => db.VerifyStock(default)));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Two_open_requests_of_a_policy_for_one_thing_cannot_be(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var filter = await plant.AddPart("Air Filter", 6, 20);
        var first = await Raise(plant, "low-stock:1", new PartToBuy(filter, Q(4)));
        await Assert.ThrowsAsync<Duplicate>(() => Raise(plant, "low-stock:1", new PartToBuy(filter, Q(4))));
        Assert.Equal(4m, (await plant.Part(filter)).OnOrder.Value);
        await Raise(plant, null, new PartToBuy(filter, Q(1)));
        await Cancel(plant, first);
        await Raise(plant, "low-stock:1", new PartToBuy(filter, Q(4)));
        Assert.Equal(["PR-000001", "PR-000002", "PR-000003"], await plant.ReadAsync(db => db.PurchaseRequests.OrderBy(r => r.Id).Select(r => r.Code).ToListAsync()));
    }

    [Theory, Sqlite]
    public async Task A_request_names_what_is_wrong_with_it(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var filter = await plant.AddPart("Air Filter", 6, 20);
        Assert.Equal("lines", (await Assert.ThrowsAsync<InvalidValue>(() => Raise(plant, null))).Field);
        Assert.Equal("lines[1].partId", (await Assert.ThrowsAsync<InvalidValue>(() => Raise(plant, null, new(filter, Q(1)), new(filter, Q(2))))).Field);
        await Assert.ThrowsAsync<InvalidValue>(() => Raise(plant, null, new PartToBuy(filter, Q(0))));
        Assert.Equal("lines[0].partId", (await Assert.ThrowsAsync<NotFound>(() => Raise(plant, null, new PartToBuy(999, Q(1))))).Field);
        Assert.Equal("vendorId", (await Assert.ThrowsAsync<NotFound>(() => plant.WriteAsync(db => db.RaisePurchase(999, [new(filter, Q(1))], null, null, default)))).Field);
        Assert.Equal(0m, (await plant.Part(filter)).OnOrder.Value);
    }

    private static Task<long> Raise(TestPlant plant, string? claim, params PartToBuy[] lines) => plant.WriteAsync(async db =>
    {
        var request = await db.RaisePurchase(null, lines, null, null, default);
        if (claim is not null) request.Lines[0].ClaimKey = claim;
        await db.SaveChangesAsync();
        return request.Id;
    });

    private static Task<IReadOnlyList<StockTransaction>> Receive(TestPlant plant, long id, IReadOnlyList<Receipt>? receipts) =>
        plant.WriteAsync(async db => await db.ReceivePurchase(await db.Find<PurchaseRequest>(id, default), receipts, null, null, default));

    private static Task Cancel(TestPlant plant, long id) =>
        plant.WriteAsync(async db => await db.CancelPurchase(await db.Find<PurchaseRequest>(id, default), "No longer needed", default));

    private static Task<PurchaseRequest> Read(TestPlant plant, long id) => plant.ReadAsync(db => db.PurchaseRequests.SingleAsync(r => r.Id == id));
}
