using Cmms.Domain;
using Cmms.Domain.Assets;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Planning;
using Cmms.Domain.Work;
using Cmms.Graph.Access;
using Engines.GraphQL.Binding;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Graph.Planning;

/// <summary>Single dates of a schedule.</summary>
[MutationType, Authorize(Permission.ManagePlanning)]
internal static class OccurrenceMutations
{
    /// <summary>
    /// Makes the order of a date now, for those assets that have none yet (seed 000: proyeccion-generar). It has the same key as what the worker makes: a
    /// second call returns the order that is there.
    /// </summary>
    /// <param name="date">The date of the series, before any shift.</param>
    /// <param name="assetIds">Some of the schedule's assets; none: all.</param>
    [Error<NotFound, InvalidTransition>]
    public static async Task<GeneratedOrder> GenerateWorkOrder(
        [ID<PmSchedule>] long scheduleId, DateOnly date, [ID<Asset>] IReadOnlyList<long>? assetIds, CmmsDb db, CancellationToken cancel)
    {
        var schedule = await db.Find<PmSchedule>(scheduleId, cancel);
        var (order, isNew) = await db.Generate(schedule, date, assetIds, cancel);
        await db.Replan(schedule, cancel);
        await db.SaveChangesAsync(cancel);
        var all = await db.DatedOccurrences.Where(o => o.PmScheduleId == scheduleId && o.ScheduledFor == date && o.WorkOrderId != null)
            .Where(o => assetIds == null || assetIds.Count == 0 || assetIds.Contains(o.AssetId!.Value)).OrderBy(o => o.Id).Select(o => o.WorkOrder!).ToListAsync(cancel);
        return new GeneratedOrder(order, [.. all.DistinctBy(o => o.Id)], isNew, schedule);
    }

    /// <summary>Executes a date on another day, from today on; the series stays as it is. A date cannot be moved past the one before or after it.</summary>
    /// <param name="scheduledFor">The date of the series.</param>
    /// <param name="date">The day on which it is executed.</param>
    /// <param name="reason">Why, for the record.</param>
    [Error<NotFound, InvalidTransition>]
    public static async Task<PmSchedule> RescheduleOccurrence(
        [ID<PmSchedule>] long scheduleId, DateOnly scheduledFor, DateOnly date, string? reason, CmmsDb db, CancellationToken cancel)
    {
        var schedule = await db.Find<PmSchedule>(scheduleId, cancel);
        await db.Reschedule(schedule, scheduledFor, date, reason, cancel);
        await db.SaveChangesAsync(cancel);
        return schedule;
    }

    /// <summary>Skips a date that has no order yet; what follows it comes as it would have.</summary>
    /// <param name="scheduledFor">The date of the series.</param>
    /// <param name="reason">Why, for the record.</param>
    [Error<NotFound, InvalidTransition>]
    public static async Task<PmSchedule> SkipOccurrence([ID<PmSchedule>] long scheduleId, DateOnly scheduledFor, string? reason, CmmsDb db, CancellationToken cancel)
    {
        var schedule = await db.Find<PmSchedule>(scheduleId, cancel);
        await db.Skip(schedule, scheduledFor, reason, cancel);
        await db.SaveChangesAsync(cancel);
        return schedule;
    }
}

/// <summary>The order of a date.</summary>
/// <param name="WorkOrder">The order that was made, or that was there already.</param>
/// <param name="WorkOrders">All orders of that date for the assets that were asked for.</param>
/// <param name="IsNew">Whether one was made just now.</param>
/// <param name="PmSchedule">The schedule, with what it waits for now.</param>
[Payload]
internal sealed record GeneratedOrder(WorkOrder WorkOrder, IReadOnlyList<WorkOrder> WorkOrders, bool IsNew, PmSchedule PmSchedule);
