using Cmms.Domain;
using Cmms.Domain.Assets;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Production;
using Cmms.Graph.Access;
using Engines.GraphQL.Binding;

namespace Cmms.Graph.Production;

[MutationType, Authorize(Permission.ManageProduction)]
internal static class ProductionOrderMutations
{
    /// <summary>Plans something to be made.</summary>
    /// <param name="product">What is made.</param>
    /// <param name="quantity">How much of it is wanted, at most three decimal places.</param>
    /// <param name="unit">What it is counted in: kg, m, units.</param>
    /// <param name="processId">The process that it goes through.</param>
    /// <param name="assetId">The machine that makes it, operational now; none: it is assigned later.</param>
    [Error<NotFound, AssetNotOperational>]
    public static async Task<ProductionOrder> CreateProductionOrder(
        string product, Quantity quantity, string unit, Instant? dueAt, string? notes, [ID<Process>] long? processId, [ID<Asset>] long? assetId, CmmsDb db, CancellationToken cancel)
    {
        ProductionOrder order = new($"PO-{await db.NextNumber("production_order", cancel):D6}", product, quantity, unit);
        order.Describe(product, quantity, unit, dueAt, notes);
        order.GoThrough(await db.FindOptional<Process>(processId, cancel));
        if (await db.FindOptional<Asset>(assetId, cancel) is { } asset) order.AssignTo(asset);
        db.ProductionOrders.Add(order);
        await db.SaveChangesAsync(cancel);
        return order;
    }

    /// <summary>Changes what is to be made, while it is neither done nor given up.</summary>
    /// <param name="version">The version that was read: the change is refused if the order has changed since.</param>
    /// <param name="product">What is made.</param>
    /// <param name="quantity">How much of it is wanted.</param>
    /// <param name="unit">What it is counted in.</param>
    /// <param name="processId">The process that it goes through.</param>
    [Error<NotFound, InvalidTransition, Conflict>]
    public static async Task<ProductionOrder> UpdateProductionOrder(
        [ID<ProductionOrder>] long id, int? version, Optional<string> product, Optional<Quantity> quantity, Optional<string> unit, Optional<Instant?> dueAt, Optional<string?> notes,
        [ID<Process>] Optional<long?> processId, CmmsDb db, CancellationToken cancel)
    {
        var order = await db.FindVersion<ProductionOrder>(id, version, cancel);
        order.RequireOpen("changed");
        order.Describe(product.Or(order.Product), quantity.Or(order.Quantity), unit.Or(order.Unit), dueAt.Or(order.DueAt), notes.Or(order.Notes));
        if (processId.IsSet)
        {
            await db.Entry(order).Reference(o => o.Asset).LoadAsync(cancel);
            order.GoThrough(await db.FindOptional<Process>(processId.Value, cancel, nameof(processId)));
        }
        await db.SaveChangesAsync(cancel);
        return order;
    }

    /// <summary>Gives an order to a machine that is operational, also in the place of another (seed 001).</summary>
    /// <param name="version">The version that was read: the change is refused if the order has changed since.</param>
    /// <param name="assetId">A machine of the order's process.</param>
    [Error<NotFound, AssetNotOperational, InvalidTransition, Conflict>]
    public static async Task<ProductionOrder> AssignProductionOrder([ID<ProductionOrder>] long id, int? version, [ID<Asset>] long assetId, CmmsDb db, CancellationToken cancel)
    {
        var order = await db.FindVersion<ProductionOrder>(id, version, cancel);
        order.AssignTo(await db.Find<Asset>(assetId, cancel));
        await db.SaveChangesAsync(cancel);
        return order;
    }

    /// <summary>Lets an order wait, as while its machine stands still.</summary>
    /// <param name="reason">What it waits for, for the record.</param>
    [Error<NotFound, InvalidTransition>]
    public static async Task<ProductionOrder> PauseProductionOrder([ID<ProductionOrder>] long id, string? reason, CmmsDb db, CancellationToken cancel)
    {
        var order = await db.Find<ProductionOrder>(id, cancel);
        order.Pause(reason);
        await db.SaveChangesAsync(cancel);
        return order;
    }

    /// <summary>Goes on with an order that waits; its machine is operational again.</summary>
    [Error<NotFound, AssetNotOperational, InvalidTransition>]
    public static async Task<ProductionOrder> ResumeProductionOrder([ID<ProductionOrder>] long id, CmmsDb db, CancellationToken cancel)
    {
        var order = await db.Find<ProductionOrder>(id, cancel);
        order.Resume(await db.FindOptional<Asset>(order.AssetId, cancel));
        await db.SaveChangesAsync(cancel);
        return order;
    }

    /// <summary>Declares an order done, be it less or more than was wanted.</summary>
    [Error<NotFound, InvalidTransition>]
    public static async Task<ProductionOrder> CompleteProductionOrder([ID<ProductionOrder>] long id, CmmsDb db, Instant now, CancellationToken cancel)
    {
        var order = await db.Find<ProductionOrder>(id, cancel);
        order.Complete(now);
        await db.SaveChangesAsync(cancel);
        return order;
    }

    /// <summary>Gives an order up; what was made of it stays on record.</summary>
    /// <param name="reason">Why, for the record.</param>
    [Error<NotFound, InvalidTransition>]
    public static async Task<ProductionOrder> CancelProductionOrder([ID<ProductionOrder>] long id, string? reason, CmmsDb db, Instant now, CancellationToken cancel)
    {
        var order = await db.Find<ProductionOrder>(id, cancel);
        order.Cancel(reason, now);
        await db.SaveChangesAsync(cancel);
        return order;
    }

    /// <summary>Puts on record what a machine made while it was operational (seed 001). It is never changed: what was wrong is put right by another record, below zero and with a note.</summary>
    /// <param name="productionOrderId">The order that it was made for.</param>
    /// <param name="assetId">The machine; with an order, it may be left out.</param>
    /// <param name="quantity">How much is good, at most three decimal places.</param>
    /// <param name="rejected">How much was thrown away.</param>
    /// <param name="unit">What it is counted in; none: that of the order, else that of the machine's capacity.</param>
    /// <param name="startedAt">When the machine began with it; none: at its end.</param>
    /// <param name="endedAt">When it was made, not in the future; none: now.</param>
    [Error<NotFound, AssetNotOperational, InvalidTransition, EndBeforeStart>]
    public static async Task<ProductionRecord> RecordProduction(
        [ID<ProductionOrder>] long? productionOrderId, [ID<Asset>] long? assetId, Quantity quantity, Quantity? rejected, string? unit, Instant? startedAt, Instant? endedAt, string? note,
        CmmsDb db, Instant now, CancellationToken cancel)
    {
        var order = await db.FindOptional<ProductionOrder>(productionOrderId, cancel);
        var machine = assetId ?? order?.AssetId ?? throw new InvalidValue(nameof(assetId), order is null ? "must say which machine made it" : "must be given: the order is assigned to no machine");
        var end = endedAt ?? now;
        Output made = new(quantity, rejected ?? Quantity.Zero, unit, startedAt ?? end, end, note);
        var record = await db.RecordProduction(await db.Find<Asset>(machine, cancel, nameof(assetId)), order, made, cancel);
        await db.SaveChangesAsync(cancel);
        return record;
    }
}
