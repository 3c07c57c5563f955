using Cmms.Domain;
using Cmms.Domain.Assets;
using Cmms.Domain.Inventory;
using Cmms.Domain.Persistence;
using Cmms.Domain.Work;
using Cmms.Tests.Inventory;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Tests.Work;

/// <summary>Short words for what the tests of work orders do again and again.</summary>
internal static class Shop
{
    public static async Task<TestPlant> OpenAsync(DatabaseProvider provider)
    {
        var plant = await TestPlant.CreateAsync(provider);
        await plant.StaffAsync();
        return plant;
    }

    public static Task<long> AddAsset(this TestPlant plant, string name) => plant.WriteAsync(async db =>
    {
        Asset asset = new(name, db.Now) { Code = name };
        db.Add(asset);
        await db.SaveChangesAsync();
        return asset.Id;
    });

    public static Task<long> AddOrder(this TestPlant plant, string title, params long[] assetIds) => plant.WriteAsync(async db =>
    {
        WorkOrder order = new(await db.NextWorkOrderCode(default), title, WorkOrderType.Corrective, await db.DefaultStatus(WorkOrderPhase.Pending, default));
        await db.SetScene(order, assetIds, null, default);
        db.Add(order);
        await db.SaveChangesAsync();
        return order.Id;
    });

    /// <summary>Does something to an order in a transaction of its own.</summary>
    public static Task On(this TestPlant plant, long orderId, Func<CmmsDb, WorkOrder, Task> act, Actor by = default) =>
        plant.WriteAsync(async db => await act(db, await db.WorkOrder(orderId, null, default)), by);

    public static Task Take(this TestPlant plant, long orderId, WorkOrderTransition transition) =>
        plant.On(orderId, (db, order) => db.Take(order, transition, null, default));

    public static Task Plan(this TestPlant plant, long orderId, long partId, decimal quantity, bool allowShortage = false) =>
        plant.On(orderId, async (db, order) => await db.PlanPart(order, await db.Find<Part>(partId, default), null, Shelf.Q(quantity), allowShortage, default));

    public static Task<WorkOrder> Order(this TestPlant plant, long id) => plant.ReadAsync(db =>
        db.WorkOrders.Include(o => o.Parts).Include(o => o.Assets).Include(o => o.Checklist).Include(o => o.Technicians).Include(o => o.Status).SingleAsync(o => o.Id == id));

    public static Task<long> Technician(this TestPlant plant) => plant.ReadAsync(db => db.Users.Where(u => u.Name == "Technician").Select(u => u.Id).SingleAsync());

    /// <summary>On hand, reserved, available and short of a part.</summary>
    public static async Task<(decimal OnHand, decimal Reserved, decimal Available, decimal Shortage)> Stock(this TestPlant plant, long partId)
    {
        var part = await plant.Part(partId);
        return (part.OnHand.Value, part.Reserved.Value, part.Available.Value, part.Shortage.Value);
    }
}
