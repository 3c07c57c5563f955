using System.Globalization;
using Cmms.Domain.Notifications;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Policies;
using Engines.Rules;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Inventory;

/// <summary>What lies on the shelf and is not used: those who keep stock are told of all of it together, once a month.</summary>
internal sealed class SlowStockPolicy() : Policy("slow-moving-stock", "Slow-moving stock",
    "Once a month tells those who keep stock which parts have not been used for the site's number of days (180 unless said), and which never were, with what they are worth.",
    "0 0 7 1 * ?")
{
    public const int UsualDays = 180;
    private const string Days = "days";

    public override IReadOnlyList<PolicyNumber> Numbers { get; } = [new(Days, UsualDays, 1, 3650)];

    internal override RuleSet Rules { get; } = new(new SlowStockIsReported());

    internal override async Task LoadFacts(CmmsDb db, PolicyMoment moment, IReadOnlyList<long>? subjects, RuleSession facts, CancellationToken cancel)
    {
        var (days, site) = ((int)await Setting(db, Days, cancel), db.Scope.SiteId!.Value);
        var idle = await db.SlowMoving(moment.Now, days).OrderBy(p => p.Id)
            .Select(p => new { p.Id, p.Name, p.StockValue, WasUsed = db.StockTransactions.Any(t => t.PartId == p.Id && t.Kind == StockTransactionKind.Usage && t.CreatedAt <= moment.Now) }).ToListAsync(cancel);
        facts.InsertAll(idle.Select(p => new IdlePart(p.Id, p.Name, p.StockValue, p.WasUsed, site, days, moment.Today)));
    }

    internal override async Task<bool> Apply(CmmsDb db, Decision decision, PolicyMoment moment, CancellationToken cancel)
    {
        var report = (ReportSlowStock)decision;
        Notice notice = new(NotificationEvent.SlowMovingStock, NotificationSeverity.Info, "Slow-moving stock", report.Explanation, nameof(Site), report.SiteId);
        await db.Tell(Permission.ManageInventory, notice, $"{Key}:{report.SiteId}:{report.Claim.Epoch}", cancel);
        return true;
    }
}

/// <summary>Reading what is not used.</summary>
public static class SlowStock
{
    extension(CmmsDb db)
    {
        /// <summary>Parts in stock, known for that long, of which nothing was used in so many days before a moment.</summary>
        public IQueryable<Part> SlowMoving(Instant now, int days)
        {
            var since = now - TimeSpan.FromDays(days);
            var zero = Quantity.Zero;
            return db.Parts.Where(p => p.OnHand > zero && !p.IsArchived && !p.IsNonStock && p.CreatedAt <= since)
                .Where(p => !db.StockTransactions.Any(t => t.PartId == p.Id && t.Kind == StockTransactionKind.Usage && t.CreatedAt > since && t.CreatedAt <= now));
        }
    }
}

/// <summary>A part in stock that has not been used for long.</summary>
internal sealed record IdlePart(long PartId, string Part, Money StockValue, bool WasUsed, long SiteId, int Days, DateOnly Today);

/// <summary>That those who keep stock be told of all that is not used.</summary>
internal sealed record ReportSlowStock(long SiteId, int Parts, Money Worth, Claim Claim, string Explanation) : Decision(Claim, Explanation);

/// <summary>All that is not used is reported together, what is worth most by name.</summary>
internal sealed class SlowStockIsReported : Rule
{
    private const int Named = 3;

    public override void Define() =>
        When<IdlePart>()
            .GroupBy(p => p.SiteId)
            .Then((idle, decide) => decide.Insert(Report(idle)));

    private static ReportSlowStock Report(Group<long, IdlePart> idle)
    {
        var worth = idle.Aggregate(Money.Zero, (sum, p) => sum + p.StockValue);
        var (never, most) = (idle.Count(p => !p.WasUsed), idle.OrderByDescending(p => p.StockValue).ThenBy(p => p.Part, StringComparer.Ordinal).Take(Named).Select(p => $"{p.Part} ({p.StockValue})"));
        return new ReportSlowStock(idle.Key, idle.Count, worth, new Claim(nameof(Site), idle.Key, idle[0].Today.ToString("yyyy-MM", CultureInfo.InvariantCulture)),
            string.Create(CultureInfo.InvariantCulture, $"{idle.Count} parts worth {worth} have not been used for {idle[0].Days} days or more, {never} of them never; the most is in {string.Join(", ", most)}."));
    }
}
