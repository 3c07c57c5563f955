using System.Globalization;
using Cmms.Domain.Events;
using Cmms.Domain.Notifications;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Policies;
using Engines.Rules;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Inventory;

/// <summary>When a part is bought at a price far from the last one, those who buy are told; once a restock.</summary>
internal sealed class PriceJumpPolicy() : Policy("price-jump", "Price jump",
    "When a part is restocked at a price that differs from its last one by the site's percentage or more (25 unless said), tells those who buy. It looks a week back.",
    "0 30 6 * * ?")
{
    private const string Percent = "percent";

    /// <summary>What is older is no news any more.</summary>
    private static readonly TimeSpan s_fresh = TimeSpan.FromDays(7);

    public override string Watches => nameof(Part);

    /// <summary>A movement that changed the price.</summary>
    public override bool Concerns(Event happened) => happened.Type == StockLedger.Changed && happened.Changes.Contains("\"unitCost\"", StringComparison.Ordinal);

    public override IReadOnlyList<PolicyNumber> Numbers { get; } = [new(Percent, 25, 1, 1000)];

    internal override RuleSet Rules { get; } = new(new PriceJumpIsTold());

    internal override async Task LoadFacts(CmmsDb db, PolicyMoment moment, IReadOnlyList<long>? subjects, RuleSession facts, CancellationToken cancel)
    {
        var (since, until) = (moment.Now - s_fresh, moment.Now);
        var restocks = db.StockTransactions.Where(t => t.Kind == StockTransactionKind.Restock && t.CreatedAt > since && t.CreatedAt <= until);
        if (subjects is not null) restocks = restocks.Where(t => subjects.Contains(t.PartId));
        var bought = await restocks.OrderBy(t => t.Id).Select(t => new
        {
            t.Id, t.PartId, t.Part.Name, t.UnitCost,
            Before = db.StockTransactions
                .Where(b => b.PartId == t.PartId && b.Id < t.Id && (b.Kind == StockTransactionKind.Initial || b.Kind == StockTransactionKind.Restock || b.Kind == StockTransactionKind.CostUpdate))
                .OrderByDescending(b => b.Id).Select(b => (Money?)b.UnitCost).FirstOrDefault(),
        }).ToListAsync(cancel);
        if (bought.Count == 0) return; // so it is after most movements of stock
        var percent = await Setting(db, Percent, cancel);
        facts.InsertAll(bought.Where(b => b.Before > Money.Zero).Select(b => new PartBought(b.PartId, b.Name, b.Id, b.Before!.Value, b.UnitCost, percent)));
    }

    internal override async Task<bool> Apply(CmmsDb db, Decision decision, PolicyMoment moment, CancellationToken cancel)
    {
        var tell = (TellOfPrice)decision;
        Notice notice = new(NotificationEvent.PartPriceJump, NotificationSeverity.Warning, $"Price of {tell.Part}", tell.Explanation, nameof(Part), tell.PartId);
        await db.Tell(Permission.ManagePurchasing, notice, $"{Key}:{tell.TransactionId}", cancel);
        return true;
    }
}

/// <summary>A restock of a part that had a price before.</summary>
internal sealed record PartBought(long PartId, string Part, long TransactionId, Money Before, Money Price, decimal Percent)
{
    /// <summary>By how many percent the price differs.</summary>
    public decimal Change => (Price.Value - Before.Value) / Before.Value * 100;
}

/// <summary>That those who buy be told of a price.</summary>
internal sealed record TellOfPrice(long PartId, string Part, long TransactionId, Claim Claim, string Explanation) : Decision(Claim, Explanation);

/// <summary>A price that jumped is told of.</summary>
internal sealed class PriceJumpIsTold : Rule
{
    public override void Define() =>
        When<PartBought>(b => Math.Abs(b.Change) >= b.Percent)
            .Then((b, decide) => decide.Insert(new TellOfPrice(b.PartId, b.Part, b.TransactionId,
                new Claim(nameof(Part), b.PartId, b.TransactionId.ToString(CultureInfo.InvariantCulture)),
                string.Create(CultureInfo.InvariantCulture, $"{b.Part} was restocked at {b.Price}, {Math.Abs(b.Change):0.#} % {(b.Change > 0 ? "more" : "less")} than the {b.Before} before; the site is told from {b.Percent} % on."))));
}
