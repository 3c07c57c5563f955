using Cmms.Domain;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Production;
using Cmms.Graph.Access;
using Engines.GraphQL.Binding;
using Engines.GraphQL.Data;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Graph.Production;

[QueryType, Authorize(Permission.ViewProduction)]
internal static class ProductionQueries
{
    /// <summary>The steps of production, in their order (seed 001: procesos).</summary>
    /// <param name="includeArchived">Also those that were put away.</param>
    [UsePaging, UseFiltering, UseSorting]
    public static IQueryable<Process> Processes(CmmsDb db, bool includeArchived = false) =>
        includeArchived ? db.Processes : db.Processes.Where(p => !p.IsArchived);

    /// <summary>One step of production; null when there is none.</summary>
    [UseFirstOrDefault]
    public static IQueryable<Process> GetProcess([ID<Process>] long id, CmmsDb db) => db.Processes.Where(p => p.Id == id);

    /// <summary>What is to be made and was, the newest first.</summary>
    [UsePaging, UseFiltering, UseSorting]
    public static IQueryable<ProductionOrder> ProductionOrders(CmmsDb db) => db.ProductionOrders;

    /// <summary>One production order, by its id or its code; null when there is none.</summary>
    /// <param name="code">Its code, instead of the id.</param>
    [UseFirstOrDefault]
    public static IQueryable<ProductionOrder> GetProductionOrder([ID<ProductionOrder>] long? id, string? code, CmmsDb db)
    {
        OneOf.Require(("id", id), ("code", code));
        return id is { } key ? db.ProductionOrders.Where(o => o.Id == key) : db.ProductionOrders.Where(o => o.Code == code);
    }

    /// <summary>What machines made, the latest first.</summary>
    [UsePaging, UseFiltering, UseSorting]
    public static IQueryable<ProductionRecord> ProductionRecords(CmmsDb db) => db.ProductionRecords;

    /// <summary>The shifts that the site works in, by their beginning.</summary>
    /// <param name="includeArchived">Also those that were put away.</param>
    [UsePaging, UseFiltering, UseSorting]
    public static IQueryable<Shift> Shifts(CmmsDb db, bool includeArchived = false) =>
        includeArchived ? db.Shifts : db.Shifts.Where(s => !s.IsArchived);

    /// <summary>What machines can make in a week, from what each can make in an hour and the hours in which it is there to do so (seed 001); null when there is no such process.</summary>
    /// <param name="weekOf">Any day of the week; none: this week.</param>
    /// <param name="processId">Only the machines of this process.</param>
    public static async Task<WeeklyCapacity?> GetWeeklyCapacity(DateOnly? weekOf, [ID<Process>] long? processId, CmmsDb db, Instant now, CancellationToken cancel)
    {
        if (processId is { } id && !await db.Processes.AnyAsync(p => p.Id == id, cancel)) return null;
        var day = weekOf ?? (await db.SiteZone(cancel)).Today(now);
        return await BadInput.RefusedAsync(() => db.WeeklyCapacity(day, processId, now, cancel));
    }

    /// <summary>What happened in a shift: what was made, what stood still, which machines changed their status (seed 001); null when there is no such shift.</summary>
    /// <param name="date">The day on which the shift began; none: today.</param>
    /// <param name="shiftId">None: the whole day.</param>
    public static async Task<ShiftLog?> GetShiftLog(DateOnly? date, [ID<Shift>] long? shiftId, CmmsDb db, Instant now, CancellationToken cancel)
    {
        var shift = shiftId is { } id ? await db.Shifts.FirstOrDefaultAsync(s => s.Id == id, cancel) : null;
        if (shiftId is not null && shift is null) return null;
        var day = date ?? (await db.SiteZone(cancel)).Today(now);
        return await BadInput.RefusedAsync(() => db.ShiftLog(day, shift, now, cancel));
    }
}
