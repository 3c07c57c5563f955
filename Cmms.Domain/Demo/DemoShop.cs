using Cmms.Domain.Assets;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Planning;
using Cmms.Domain.Work;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Demo;

/// <summary>Writes work orders, with what they refer to at hand.</summary>
internal sealed class DemoShop
{
    private readonly CmmsDb _db;
    private readonly DemoSite _site;
    private readonly Dictionary<long, Asset> _assets;
    private readonly List<User> _technicians;
    private readonly WorkOrderStatus _pending;
    private readonly Dictionary<long, PmSchedule> _schedules;

    private DemoShop(CmmsDb db, DemoSite site, Dictionary<long, Asset> assets, List<User> technicians, WorkOrderStatus pending, Dictionary<long, PmSchedule> schedules) =>
        (_db, _site, _assets, _technicians, _pending, _schedules) = (db, site, assets, technicians, pending, schedules);

    public static async Task<DemoShop> Load(CmmsDb db, DemoSite site, CancellationToken cancel, IReadOnlyList<DemoRound>? rounds = null)
    {
        var due = (rounds ?? []).Select(r => r.ScheduleId).Distinct().ToArray();
        var schedules = due.Length == 0 ? [] : await db.PmSchedules.Include(s => s.Assets.OrderBy(a => a.Id)).Include(s => s.Technicians.OrderBy(t => t.Id)).Include(s => s.Checklist.OrderBy(c => c.Id))
            .Where(s => due.Contains(s.Id)).OrderBy(s => s.Id).AsSplitQuery().ToDictionaryAsync(s => s.Id, cancel);
        await db.Locations.OrderBy(l => l.Id).LoadAsync(cancel);
        var assets = await db.Assets.OrderBy(a => a.Id).ToDictionaryAsync(a => a.Id, cancel);
        var technicians = await db.Users.Where(u => site.People.Technicians.Contains(u.Id)).OrderBy(u => u.Id).ToListAsync(cancel);
        return new DemoShop(db, site, assets, technicians, await db.DefaultStatus(WorkOrderPhase.Pending, cancel), schedules);
    }

    /// <summary>An order of a schedule, as the policy would make it.</summary>
    public async Task<WorkOrder> OrderOf(DemoRound round, CancellationToken cancel)
    {
        var schedule = _schedules[round.ScheduleId];
        var order = await Write(schedule.Title, WorkOrderType.Preventive, schedule.Assets, round.At, round.At + schedule.TimeToComplete!.Value, cancel);
        order.Describe(schedule.Title, schedule.Description, schedule.Priority);
        order.AssignTechnicians(schedule.Technicians);
        order.SetChecklist([.. schedule.Checklist.OrderBy(c => c.Order).Select(c => new ChecklistLine(c.Text))]);
        order.ComeFrom(schedule, round.Date);
        _db.DatedOccurrences.AddRange(schedule.Assets.Select(asset => new DatedOccurrence(schedule, round.Date, asset, OccurrenceOutcome.Generated, order)));
        return order;
    }

    /// <summary>An order for what happens to a machine of a trade.</summary>
    public async Task<WorkOrder> OrderOf(long assetId, Trade trade, Instant start, CancellationToken cancel)
    {
        var dice = _site.Dice;
        var improves = dice.Chance(6);
        var trouble = improves ? dice.Pick(DemoCatalog.Improvements) : dice.Pick([.. DemoCatalog.Troubles.Where(t => t.Trade == trade)]);
        var type = improves ? WorkOrderType.Improvement : dice.Chance(12) ? WorkOrderType.Inspection : WorkOrderType.Corrective;
        var order = await Write(trouble.Title, type, [_assets[assetId]], start, start + TimeSpan.FromHours(dice.Pick([8, 24, 48, 72])), cancel);
        order.Describe(trouble.Title, trouble.Description, improves ? WorkOrderPriority.Low : dice.Pick([WorkOrderPriority.Low, WorkOrderPriority.Medium, WorkOrderPriority.Medium, WorkOrderPriority.High, WorkOrderPriority.Critical]));
        order.AssignTechnicians(dice.Chance(20) ? [dice.Pick(_technicians), dice.Pick(_technicians)] : [dice.Pick(_technicians)]);
        return order;
    }

    /// <summary>A plain order on one machine.</summary>
    public async Task<WorkOrder> Write(string title, WorkOrderType type, IReadOnlyList<Asset> assets, Instant start, Instant due, CancellationToken cancel)
    {
        WorkOrder order = new(await _db.NextWorkOrderCode(cancel), title, type, _pending);
        order.Schedule(start, start + TimeSpan.FromHours(2), due);
        order.WorkOn(assets, null, _site.Zone.Today(_db.Now));
        _db.WorkOrders.Add(order);
        return order;
    }

    public Asset Machine(string code) => _assets[_site.AssetsByCode[code]];

    public User Technician(string name) => _technicians.Single(t => t.FullName == name);
}
