using Cmms.Domain;
using Cmms.Domain.Assets;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Production;
using Cmms.Graph.Access;
using Engines.GraphQL.Binding;
using Engines.GraphQL.Data;

namespace Cmms.Graph.Production;

/// <summary>A step of production that machines belong to.</summary>
[ObjectType<Process>, Authorize(Permission.ViewProduction), OrderBy(nameof(Process.Position)), UseSearch(nameof(Process.Name), nameof(Process.Code))]
internal static class ProcessFields;

/// <summary>Something to be made on a machine.</summary>
[ObjectType<ProductionOrder>, Authorize(Permission.ViewProduction), OrderBy(nameof(ProductionOrder.CreatedAt), Descending = true)]
[UseSearch(nameof(ProductionOrder.Code), nameof(ProductionOrder.Product), "Asset.Name", "Asset.Code", "Process.Name")]
internal static class ProductionOrderFields
{
    /// <summary>What is still to be made.</summary>
    public static Quantity Remaining([Parent] ProductionOrder order) => order.Remaining();

    /// <summary>Past its due time and neither done nor given up.</summary>
    public static bool IsOverdue([Parent] ProductionOrder order, Instant now) => order.IsOpen && order.DueAt < now;
}

/// <summary>What a machine made in a span of time.</summary>
[ObjectType<ProductionRecord>, Authorize(Permission.ViewProduction), OrderBy(nameof(ProductionRecord.EndedAt), Descending = true)]
[UseSearch(nameof(ProductionRecord.Note), "Asset.Name", "Asset.Code", "ProductionOrder.Code", "ProductionOrder.Product")]
internal static class ProductionRecordFields;

/// <summary>A part of the day in which people work together.</summary>
[ObjectType<Shift>, Authorize(Permission.ViewProduction), OrderBy(nameof(Shift.From)), UseSearch(nameof(Shift.Name))]
internal static class ShiftFields;

/// <summary>What happened in a shift of a day, or on the whole day.</summary>
[ObjectType<ShiftLog>, Alone, Hide(nameof(ShiftLog.Down))]
internal static class ShiftLogFields
{
    /// <summary>Hours that machines stood still within it, added up, until now; what nobody needed does not count.</summary>
    public static decimal DowntimeHours([Parent] ShiftLog log) => Hours.Of(log.Down);

    /// <summary>What was made and ended in it, the latest first.</summary>
    [UsePaging, UseFiltering, UseSorting]
    public static IQueryable<ProductionRecord> Records([Parent] ShiftLog log, CmmsDb db) => log.Records(db);

    /// <summary>What stood still at some time of it, open ones too, the latest first.</summary>
    [Authorize(Permission.ViewMachines), UsePaging, UseFiltering, UseSorting]
    public static IQueryable<Downtime> Downtimes([Parent] ShiftLog log, CmmsDb db) => log.Downtimes(db);

    /// <summary>Which machines changed their status, the latest first.</summary>
    [Authorize(Permission.ViewMachines), UsePaging, UseFiltering, UseSorting]
    public static IQueryable<StatusChange> StatusChanges([Parent] ShiftLog log, CmmsDb db) => log.StatusChanges(db);
}

/// <summary>What was made, of one unit.</summary>
[ObjectType<Produced>]
internal static class ProducedFields;

/// <summary>What machines can make in a week.</summary>
[ObjectType<WeeklyCapacity>, Hide(nameof(WeeklyCapacity.Monday))]
internal static class WeeklyCapacityFields
{
    /// <summary>The Monday on which the week begins.</summary>
    public static DateOnly WeekOf([Parent] WeeklyCapacity week) => week.Monday;

    /// <summary>All machines of one unit together, a line for each unit.</summary>
    public static IReadOnlyList<CapacityTotal> Totals([Parent] WeeklyCapacity week) =>
    [
        .. week.Machines.GroupBy(m => m.Asset.CapacityUnit).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new CapacityTotal(g.Key, g.Count(), g.Sum(m => m.Capacity), g.Aggregate(Quantity.Zero, (sum, m) => sum + m.Produced))),
    ];
}

/// <summary>What machines of one unit can make in a week, together.</summary>
[ObjectType<CapacityTotal>]
internal static class CapacityTotalFields;

/// <summary>What machines of one unit can make in a week, together.</summary>
/// <param name="CapacityUnit">What they make in an hour is counted in it: kg/h, m/h, units/h.</param>
/// <param name="Machines">How many they are.</param>
/// <param name="Capacity">What they can make in the week.</param>
/// <param name="Produced">What they made in it.</param>
internal sealed record CapacityTotal(string? CapacityUnit, int Machines, decimal Capacity, Quantity Produced);

/// <summary>What a machine can make in a week: what it can make in an hour, times the hours in which it is there to do so.</summary>
[ObjectType<MachineCapacity>, Hide(nameof(MachineCapacity.Scheduled), nameof(MachineCapacity.Down), nameof(MachineCapacity.Planned), nameof(MachineCapacity.Available))]
internal static class MachineCapacityFields
{
    /// <summary>Hours in which the site works: in its shifts; without any, in its working hours; without those, always.</summary>
    public static decimal ScheduledHours([Parent] MachineCapacity machine) => Hours.Of(machine.Scheduled);

    /// <summary>Of those, hours in which the machine stood still, or stands still until it is expected back; without such a date, until the end of the week.</summary>
    public static decimal DowntimeHours([Parent] MachineCapacity machine) => Hours.Of(machine.Down);

    /// <summary>Of the rest, hours for which open work orders that stop the machine are planned.</summary>
    public static decimal PlannedDowntimeHours([Parent] MachineCapacity machine) => Hours.Of(machine.Planned);

    /// <summary>What is left of them.</summary>
    public static decimal AvailableHours([Parent] MachineCapacity machine) => Hours.Of(machine.Available);
}
