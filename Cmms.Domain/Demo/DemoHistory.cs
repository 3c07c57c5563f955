using Cmms.Domain.Assets;
using Cmms.Domain.Inventory;
using Cmms.Domain.Persistence;
using Cmms.Domain.Policies;
using Cmms.Domain.Work;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Demo;

/// <summary>
/// Two years of work at one site, week by week: on Monday morning last week's orders are closed by those who did them and this week's are
/// planned; every fourth week what was ordered arrives, and what has become low is ordered by the policy itself.
/// </summary>
internal sealed class DemoHistory(DemoSite site, WriteTransaction transaction, IReadOnlyList<DemoRound> rounds, DateOnly firstMonday)
{
    public const int Weeks = 104;
    private readonly List<long> _open = [];
    private readonly HashSet<long> _justPlanned = [];
    private readonly int _reactive = site.Plan.Orders - rounds.Count - DemoToday.Orders(site);

    private CmmsDb Db => transaction.Db;
    private Dice Dice => site.Dice;

    /// <summary>When the week's planning happens.</summary>
    public Instant MondayOf(int week) => site.Zone.At(firstMonday.AddDays(7 * week), new TimeOnly(7, 0));

    public async Task Week(int week, CancellationToken cancel)
    {
        var at = MondayOf(week);
        await Turn(Actor.User(site.Dice.Pick(site.People.Technicians)), at, cancel);
        await Close(at, patience: week < Weeks - 4 ? 88 : 62, cancel);
        if (week % 4 == 1) await Buy(at, approve: true, cancel);
        await Turn(Actor.User(site.People.Manager), at, cancel);
        await Plan(week, cancel);
    }

    /// <summary>This week until now: what should be over is mostly over, and somebody is at work on some of the rest.</summary>
    public async Task EndAsync(Instant now, CancellationToken cancel)
    {
        await Turn(Actor.User(site.People.Technicians[0]), now - TimeSpan.FromHours(3), cancel);
        await Close(now - TimeSpan.FromHours(3), patience: 50, cancel);
        await Turn(Actor.User(site.People.Manager), now - TimeSpan.FromHours(2), cancel);
        await Db.SettlePlans(rounds, cancel);
    }

    /// <summary>What was bought arrives; what is low is bought, and those who buy are told.</summary>
    public async Task Buy(Instant at, bool approve, CancellationToken cancel)
    {
        await Turn(Actor.User(site.People.Manager), at, cancel);
        foreach (var request in await Db.PurchaseRequests.Where(r => r.Status == PurchaseRequestStatus.Approved).OrderBy(r => r.Id).ToListAsync(cancel))
            await Db.ReceivePurchase(request, null, null, null, cancel);
        foreach (var told in await Db.Notifications.Where(n => n.ReadAt == null).OrderBy(n => n.Id).ToListAsync(cancel)) told.MarkRead(at);

        var policy = PolicyCatalog.Find("low-stock-reorder");
        await Turn(Actor.Policy(policy.Key), at, cancel);
        await PolicyRunner.RunWithin(Db, policy, cancel);
        if (!approve) return;
        await Turn(Actor.User(site.People.Manager), at, cancel);
        foreach (var request in await Db.PurchaseRequests.Where(r => r.Status == PurchaseRequestStatus.Requested).OrderBy(r => r.Id).ToListAsync(cancel))
            request.Approve(Db.Actor, at);
    }

    public Task Turn(Actor by, Instant at, CancellationToken cancel) => transaction.TurnAsync(site.Scope, new Change(by, at), cancel);

    private async Task Plan(int week, CancellationToken cancel)
    {
        var due = rounds.Where(r => (r.Date.DayNumber - firstMonday.DayNumber) / 7 == week).ToList();
        var shop = await DemoShop.Load(Db, site, cancel, due);
        List<(WorkOrder Order, IReadOnlyList<(long Id, int Quantity)> Parts)> planned = [];
        foreach (var round in due) planned.Add((await shop.OrderOf(round, cancel), NeedsOf(round)));
        for (var i = _reactive * week / Weeks; i < _reactive * (week + 1) / Weeks; i++)
        {
            var (id, trade) = Dice.Pick(site.Machines);
            var start = MondayOf(week) + TimeSpan.FromDays(Dice.Below(5)) + Dice.Minutes(30, 500);
            planned.Add((await shop.OrderOf(id, trade, start, cancel), Needs(trade)));
        }
        await Db.SaveChangesAsync(cancel);
        _justPlanned.Clear();
        foreach (var (order, parts) in planned)
        {
            foreach (var (id, quantity) in parts)
                await Db.PlanPart(order, await Db.Find<Part>(id, cancel), null, Quantity.Of(quantity), allowShortage: true, cancel);
            _open.Add(order.Id);
            _justPlanned.Add(order.Id);
        }
    }

    private IReadOnlyList<(long, int)> NeedsOf(DemoRound round) => site.RoundParts.TryGetValue(round.ScheduleId, out var part) ? [part] : [];

    private IReadOnlyList<(long, int)> Needs(Trade trade)
    {
        if (!Dice.Chance(28)) return [];
        var fitting = site.Parts.Where(p => p.Trade == trade).ToList();
        if (fitting.Count == 0) return [];
        (long Id, int) first = (Dice.Pick(fitting).Id, Dice.Between(1, 3)), second = (Dice.Pick(fitting).Id, 1);
        return Dice.Chance(25) && first.Id != second.Id ? [first, second] : [first];
    }

    /// <summary>Brings open orders to an end, or leaves them waiting.</summary>
    private async Task Close(Instant at, int patience, CancellationToken cancel)
    {
        if (_open.Count == 0) return;
        var statuses = await Db.WorkOrderStatuses.AsTracking().OrderBy(s => s.Id).ToDictionaryAsync(s => s.Name, cancel);
        var ids = _open.ToArray();
        var orders = await Db.WorkOrders.Include(o => o.Parts.OrderBy(l => l.Id)).Include(o => o.Checklist.OrderBy(c => c.Id)).Include(o => o.Asset).Where(o => ids.Contains(o.Id)).OrderBy(o => o.Id).AsSplitQuery().ToListAsync(cancel);
        foreach (var order in orders)
        {
            var length = Dice.Minutes(25, 420);
            var end = _justPlanned.Contains(order.Id) ? order.ScheduledStartAt!.Value + Dice.Minutes(0, 600) + length : at - Dice.Minutes(60, 5_000);
            var fate = Dice.Below(100);
            if (end >= at || order.ScheduledStartAt >= at) continue;
            if (fate < patience) await Finish(order, end - length, end, statuses, cancel);
            else if (fate < patience + 3) await Cancel(order, end, statuses["Cancelled"], cancel);
            else if (fate % 3 > 0 && order.Phase is WorkOrderPhase.Pending) Begin(order, end - length, fate % 3 == 1 ? null : statuses["Waiting for parts"], statuses["In progress"], end);
            if (order.Phase.IsFinal) _open.Remove(order.Id);
        }
    }

    private async Task Finish(WorkOrder order, Instant start, Instant end, Dictionary<string, WorkOrderStatus> statuses, CancellationToken cancel)
    {
        if (order.Phase is WorkOrderPhase.Pending) order.Move(statuses["In progress"], start, null);
        var cure = order.Type is WorkOrderType.Preventive ? null : DemoCatalog.Troubles.Concat(DemoCatalog.Improvements).First(t => t.Title == order.Title).Cure;
        if (order is { Type: WorkOrderType.Corrective, Priority: WorkOrderPriority.Critical, Asset: { IsOperational: true } asset } && asset.StatusChangedAt < start)
        {
            await Db.ChangeStatus(asset, AssetStatus.OutOfService, Reason.Of($"{order.Code}: {order.Description}"), Db.Actor, start,
                new StatusChangeDetails(MaintenanceKind.Corrective, order.Description, WorkOrderId: order.Id), null, cancel);
            await Db.SaveChangesAsync(cancel);
            await Db.ChangeStatus(asset, AssetStatus.Operational, Reason.Of($"{order.Code}: {cure}"), Db.Actor, end,
                new StatusChangeDetails(MaintenanceKind.Corrective, WorkPerformed: cure, WorkOrderId: order.Id), null, cancel);
        }
        foreach (var item in order.Checklist) item.Tick(true, end);
        order.Note(cure);
        order.Move(statuses["Done"], end, null);
        await Db.UseParts(order, cancel);
    }

    private async Task Cancel(WorkOrder order, Instant at, WorkOrderStatus cancelled, CancellationToken cancel)
    {
        order.Move(cancelled, at, site.IsPlant ? "Not needed any more" : "Ya no es necesaria");
        await Db.ReleaseParts(order, cancel);
    }

    private static void Begin(WorkOrder order, Instant start, WorkOrderStatus? held, WorkOrderStatus begun, Instant then)
    {
        order.Move(begun, start, null);
        if (held is not null) order.Move(held, then, "Parts are on their way");
    }
}
