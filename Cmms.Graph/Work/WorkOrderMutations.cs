using Cmms.Domain;
using Cmms.Domain.Assets;
using Cmms.Domain.Inventory;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Work;
using Cmms.Graph.Access;
using Engines.GraphQL;
using Engines.GraphQL.Binding;

namespace Cmms.Graph.Work;

[MutationType, Authorize(Permission.ManageWorkOrders)]
internal static class WorkOrderMutations
{
    /// <summary>Makes a work order. Those assigned to it are told; its parts are reserved.</summary>
    /// <param name="title">What is to be done, in a few words.</param>
    /// <param name="assetId">The asset that it is mainly about.</param>
    /// <param name="assetIds">All assets that are worked on; without assetId the first is the main one.</param>
    /// <param name="locationId">Where; none: where the main asset stands.</param>
    /// <param name="technicianIds">Who does it.</param>
    /// <param name="vendorIds">Which companies help.</param>
    /// <param name="parts">What it needs.</param>
    /// <param name="checklist">What to do and to look at.</param>
    /// <param name="statusId">The status that it begins in; none: the site's own for pending work.</param>
    /// <param name="workRequestId">The request that it answers, which is approved by it; that needs MANAGE_REQUESTS.</param>
    /// <param name="type">Why the work is done; fixed from now on.</param>
    /// <param name="stopsAssets">Its assets stand still while it is done: capacity is planned without them from its planned start to its planned end.</param>
    [Error<NotFound, EndBeforeStart, InsufficientStock, InvalidTransition>]
    public static async Task<WorkOrder> CreateWorkOrder(
        string title, string? description, string? notes, Instant? dueAt, Instant? scheduledStartAt, Instant? scheduledEndAt,
        [ID<Asset>] long? assetId, [ID<Asset>] IReadOnlyList<long>? assetIds, [ID<Location>] long? locationId, [ID<User>] IReadOnlyList<long>? technicianIds,
        [ID<Vendor>] IReadOnlyList<long>? vendorIds, IReadOnlyList<WorkOrderPartInput>? parts, IReadOnlyList<ChecklistItemInput>? checklist,
        [ID<WorkOrderStatus>] long? statusId, [ID<WorkRequest>] long? workRequestId, CmmsDb db, SiteCaller caller, Instant now, CancellationToken cancel,
        WorkOrderType type = WorkOrderType.Corrective, WorkOrderPriority priority = WorkOrderPriority.None, bool stopsAssets = false)
    {
        if (workRequestId is not null && !caller.May(Permission.ManageRequests)) throw new GraphQLException(CallerGuard.Lacks(Permission.ManageRequests));
        var request = await db.FindOptional<WorkRequest>(workRequestId, cancel);
        var pending = await db.DefaultStatus(WorkOrderPhase.Pending, cancel);
        WorkOrder order = new(await db.NextWorkOrderCode(cancel), title, type, pending);
        order.Describe(title, description, priority);
        order.StopsAssets = stopsAssets;
        order.Note(notes);
        order.Schedule(scheduledStartAt, scheduledEndAt, dueAt);
        var location = await db.FindOptional<Location>(locationId, cancel);
        await db.SetScene(order, [.. assetId is { } main ? (long[])[main] : [], .. assetIds ?? []], location, cancel,
            i => assetId is null ? $"assetIds[{i}]" : i == 0 ? nameof(assetId) : $"assetIds[{i - 1}]");
        order.SetChecklist(ChecklistItemInput.Lines(checklist ?? [], now));
        db.WorkOrders.Add(order);
        await db.SaveChangesAsync(cancel);
        if (technicianIds is { Count: > 0 }) await db.SetTechnicians(order, technicianIds, cancel);
        if (vendorIds is { Count: > 0 }) await db.SetVendors(order, vendorIds, cancel);
        await WorkOrderPartInput.PlanAll(db, order, parts ?? [], cancel);
        if (request is not null) await db.Become(request, order, cancel);
        if (statusId is { } id) await db.Move(order, await db.Find<WorkOrderStatus>(id, cancel, nameof(statusId)), null, cancel);
        await db.SaveChangesAsync(cancel);
        return order;
    }

    /// <summary>
    /// Changes a work order; its type is fixed (seed 003). With statusId it goes the way that the action mutations go, with all their effects.
    /// </summary>
    /// <param name="version">The version that was read: the change is refused if the order has changed since.</param>
    /// <param name="assetId">The asset that it is mainly about; alone, it takes the place of the one that was.</param>
    /// <param name="assetIds">All assets that are worked on.</param>
    /// <param name="locationId">Where; null: where the main asset stands.</param>
    /// <param name="technicianIds">Who does it; those who are new to it are told.</param>
    /// <param name="vendorIds">Which companies help.</param>
    /// <param name="checklist">What to do and to look at, in the place of what was.</param>
    /// <param name="stopsAssets">Its assets stand still while it is done; what stands still already stays so.</param>
    /// <param name="statusId">The status that it goes to.</param>
    /// <param name="statusNote">Why it goes there, for the record.</param>
    [Error<NotFound, EndBeforeStart, InvalidTransition, InsufficientStock, Conflict>]
    public static async Task<WorkOrder> UpdateWorkOrder(
        [ID<WorkOrder>] long id, int? version, Optional<string> title, Optional<string?> description, Optional<WorkOrderPriority> priority, Optional<string?> notes,
        Optional<Instant?> dueAt, Optional<Instant?> scheduledStartAt, Optional<Instant?> scheduledEndAt, Optional<Instant?> actualStartAt, Optional<Instant?> actualEndAt,
        [ID<Asset>] Optional<long?> assetId, [ID<Asset>] Optional<IReadOnlyList<long>> assetIds, [ID<Location>] Optional<long?> locationId,
        [ID<User>] Optional<IReadOnlyList<long>> technicianIds, [ID<Vendor>] Optional<IReadOnlyList<long>> vendorIds,
        Optional<IReadOnlyList<ChecklistItemInput>> checklist, Optional<bool> stopsAssets, [ID<WorkOrderStatus>] long? statusId, string? statusNote,
        CmmsDb db, Instant now, CancellationToken cancel)
    {
        var order = await db.WorkOrder(id, version, cancel);
        order.RequireKept();
        Check.OptionalText(statusNote);
        var status = await db.FindOptional<WorkOrderStatus>(statusId, cancel);
        // A finished order is taken up before it is changed, an open one is finished after.
        if (status is not null && order.Phase.IsFinal) await db.Move(order, status, statusNote, cancel);

        order.Describe(title.Or(order.Title), description.Or(order.Description), priority.Or(order.Priority));
        order.Note(notes.Or(order.Notes));
        order.StopsAssets = stopsAssets.Or(order.StopsAssets);
        if (scheduledStartAt.IsSet || scheduledEndAt.IsSet || dueAt.IsSet)
            order.Schedule(scheduledStartAt.Or(order.ScheduledStartAt), scheduledEndAt.Or(order.ScheduledEndAt), dueAt.Or(order.DueAt));
        if (actualStartAt.IsSet || actualEndAt.IsSet) order.RecordActuals(actualStartAt.Or(order.ActualStartAt), actualEndAt.Or(order.ActualEndAt));
        if (assetId.IsSet || assetIds.IsSet || locationId.IsSet) await db.ChangeScene(order, assetId, assetIds, locationId, cancel);
        if (technicianIds.IsSet) await db.SetTechnicians(order, technicianIds.Value ?? [], cancel);
        if (vendorIds.IsSet) await db.SetVendors(order, vendorIds.Value ?? [], cancel);
        if (checklist.IsSet) await db.SetChecklist(order, ChecklistItemInput.Lines(checklist.Value ?? [], now), cancel);

        if (status is not null && (order.Status != status || statusNote is not null)) await db.Move(order, status, statusNote, cancel);
        await db.SaveChangesAsync(cancel);
        return order;
    }

    private static async Task ChangeScene(
        this CmmsDb db, WorkOrder order, Optional<long?> assetId, Optional<IReadOnlyList<long>> assetIds, Optional<long?> locationId, CancellationToken cancel)
    {
        await db.Entry(order).Reference(o => o.Location).LoadAsync(cancel);
        await db.Entry(order).Collection(o => o.Assets).LoadAsync(cancel);
        var current = order.Assets.OrderBy(a => a.Id != order.AssetId).Select(a => a.Id).ToList();
        var wanted = assetIds.IsSet ? (assetIds.Value ?? []) : assetId.IsSet ? current.Where(a => a != order.AssetId).ToList() : current;
        var main = assetId.IsSet ? assetId.Value : order.AssetId is { } kept && wanted.Contains(kept) ? kept : null;
        List<long> all = [.. main is { } first ? (long[])[first] : [], .. wanted.Where(a => a != main)];
        var location = locationId.IsSet ? await db.FindOptional<Location>(locationId.Value, cancel, nameof(locationId))
            : all.FirstOrDefault() == (order.AssetId ?? 0) ? order.Location : null;
        await db.SetScene(order, all, location, cancel, i => assetId.Value == all[i] ? nameof(assetId) : $"assetIds[{wanted.ToList().IndexOf(all[i])}]");
    }
}
