using Cmms.Domain;
using Cmms.Domain.Assets;
using Cmms.Domain.Inventory;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Planning;
using Cmms.Domain.Work;
using Cmms.Graph.Access;
using Engines.GraphQL.Binding;

namespace Cmms.Graph.Planning;

[MutationType, Authorize(Permission.ManagePlanning)]
internal static class PmScheduleMutations
{
    /// <summary>Plans maintenance that comes round again. Each of its orders is a copy of what is said here.</summary>
    /// <param name="recurrence">When it comes round.</param>
    /// <param name="timeToComplete">From the order to its due time, in elapsed time; none: the orders have no due time.</param>
    /// <param name="assetIds">What is maintained.</param>
    /// <param name="locationId">Where; none: where the first asset stands.</param>
    /// <param name="technicianIds">Who does it.</param>
    /// <param name="vendorIds">Which companies help.</param>
    /// <param name="parts">What each order needs.</param>
    /// <param name="checklist">What to do and to look at, in its order.</param>
    /// <param name="stopsAssets">The assets stand still while an order of it is done.</param>
    [Error<NotFound, InvalidRecurrence, EndBeforeStart>]
    public static async Task<PmSchedule> CreatePmSchedule(
        string title, RecurrenceInput recurrence, string? description, TimeSpan? timeToComplete, [ID<Asset>] IReadOnlyList<long>? assetIds, [ID<Location>] long? locationId,
        [ID<User>] IReadOnlyList<long>? technicianIds, [ID<Vendor>] IReadOnlyList<long>? vendorIds, IReadOnlyList<PmPartInput>? parts, IReadOnlyList<string>? checklist,
        CmmsDb db, CancellationToken cancel,
        PmKind kind = PmKind.Persistent, CatchUp catchUp = CatchUp.Coalesce, WorkOrderPriority priority = WorkOrderPriority.None, bool stopsAssets = false)
    {
        var rhythm = recurrence.ToRecurrence();
        PmSchedule schedule = new(await db.NextPmCode(cancel), title, kind, rhythm)
        {
            Description = description, TimeToComplete = timeToComplete, CatchUp = catchUp, Priority = priority, StopsAssets = stopsAssets,
        };
        schedule.StandAt(await db.FindOptional<Location>(locationId, cancel));
        db.PmSchedules.Add(schedule);
        await db.SaveChangesAsync(cancel);
        await db.SetAssets(schedule, assetIds ?? [], cancel);
        await db.SetTechnicians(schedule, technicianIds ?? [], cancel);
        await db.SetVendors(schedule, vendorIds ?? [], cancel);
        await db.SetParts(schedule, PmPartInput.Lines(parts), cancel);
        await db.SetChecklist(schedule, checklist ?? [], cancel);
        await db.Replan(schedule, cancel);
        await db.SaveChangesAsync(cancel);
        return schedule;
    }

    /// <summary>Changes a schedule. Orders that it has made already stay as they are.</summary>
    /// <param name="version">The version that was read: the change is refused if the schedule has changed since.</param>
    /// <param name="recurrence">When it comes round, in the place of what was: nothing of the old rhythm remains.</param>
    /// <param name="locationId">Where; null: where the first asset stands.</param>
    /// <param name="assetIds">What is maintained.</param>
    /// <param name="technicianIds">Who does it.</param>
    /// <param name="vendorIds">Which companies help.</param>
    /// <param name="parts">What each order needs.</param>
    /// <param name="checklist">What to do and to look at, in its order.</param>
    /// <param name="stopsAssets">The assets stand still while an order of it is done.</param>
    [Error<NotFound, InvalidRecurrence, EndBeforeStart, InvalidTransition, Conflict>]
    public static async Task<PmSchedule> UpdatePmSchedule(
        [ID<PmSchedule>] long id, int? version, Optional<string> title, Optional<PmKind> kind, Optional<RecurrenceInput> recurrence, Optional<CatchUp> catchUp,
        Optional<string?> description, Optional<WorkOrderPriority> priority, Optional<TimeSpan?> timeToComplete, [ID<Asset>] Optional<IReadOnlyList<long>> assetIds,
        [ID<Location>] Optional<long?> locationId, [ID<User>] Optional<IReadOnlyList<long>> technicianIds, [ID<Vendor>] Optional<IReadOnlyList<long>> vendorIds,
        Optional<IReadOnlyList<PmPartInput>> parts, Optional<IReadOnlyList<string>> checklist, Optional<bool> stopsAssets, CmmsDb db, CancellationToken cancel)
    {
        var schedule = await db.FindVersion<PmSchedule>(id, version, cancel);
        schedule.RequireKept();
        schedule.Title = title.Or(schedule.Title);
        schedule.Description = description.Or(schedule.Description);
        schedule.Priority = priority.Or(schedule.Priority);
        schedule.CatchUp = catchUp.Or(schedule.CatchUp);
        schedule.StopsAssets = stopsAssets.Or(schedule.StopsAssets);
        schedule.TimeToComplete = timeToComplete.Or(schedule.TimeToComplete);
        if (kind.IsSet || recurrence.IsSet) schedule.Repeat(kind.Or(schedule.Kind), recurrence.Value?.ToRecurrence() ?? schedule.Recurrence);
        if (locationId.IsSet)
        {
            await db.Entry(schedule).Reference(s => s.Location).LoadAsync(cancel);
            schedule.StandAt(await db.FindOptional<Location>(locationId.Value, cancel, nameof(locationId)));
        }
        if (assetIds.IsSet) await db.SetAssets(schedule, assetIds.Value ?? [], cancel);
        if (technicianIds.IsSet) await db.SetTechnicians(schedule, technicianIds.Value ?? [], cancel);
        if (vendorIds.IsSet) await db.SetVendors(schedule, vendorIds.Value ?? [], cancel);
        if (parts.IsSet) await db.SetParts(schedule, PmPartInput.Lines(parts.Value), cancel);
        if (checklist.IsSet) await db.SetChecklist(schedule, checklist.Value ?? [], cancel);
        await db.Replan(schedule, cancel);
        await db.SaveChangesAsync(cancel);
        return schedule;
    }

    /// <summary>Holds a schedule: it makes no order until it is resumed.</summary>
    [Error<NotFound, InvalidTransition>]
    public static async Task<PmSchedule> PausePmSchedule([ID<PmSchedule>] long id, CmmsDb db, CancellationToken cancel)
    {
        var schedule = await db.Find<PmSchedule>(id, cancel);
        schedule.Pause();
        await db.SaveChangesAsync(cancel);
        return schedule;
    }

    /// <summary>Lets a paused or suspended schedule go on. What passed meanwhile is dealt with as its catch-up says.</summary>
    [Error<NotFound, InvalidTransition>]
    public static async Task<PmSchedule> ResumePmSchedule([ID<PmSchedule>] long id, CmmsDb db, CancellationToken cancel)
    {
        var schedule = await db.Find<PmSchedule>(id, cancel);
        schedule.Resume();
        await db.Replan(schedule, cancel);
        await db.SaveChangesAsync(cancel);
        return schedule;
    }

    /// <summary>Takes a schedule out of sight; the orders that it has made stay.</summary>
    [Error<NotFound, InvalidTransition>]
    public static async Task<PmSchedule> DeletePmSchedule([ID<PmSchedule>] long id, CmmsDb db, CancellationToken cancel)
    {
        var schedule = await db.Find<PmSchedule>(id, cancel);
        schedule.Archive(db.Now);
        await db.SaveChangesAsync(cancel);
        return schedule;
    }
}

/// <summary>A part that each order of a schedule needs.</summary>
/// <param name="PartId">Which.</param>
/// <param name="Quantity">How much, at most three decimal places.</param>
internal sealed record PmPartInput([ID<Part>] long PartId, Quantity Quantity)
{
    public static IReadOnlyCollection<PartToBuy> Lines(IReadOnlyList<PmPartInput>? parts) => [.. (parts ?? []).Select(p => new PartToBuy(p.PartId, p.Quantity))];
}
