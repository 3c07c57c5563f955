using Cmms.Domain.Events;
using Cmms.Domain.Persistence;
using Engines.Rules;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Policies;

/// <summary>
/// Something that the system does by itself: facts that one indexed query loads, rules that turn them into decisions, and what a decision does.
/// Evaluating changes nothing; applying runs each decision in a transaction of its own.
/// </summary>
public abstract class Policy(string key, string name, string description, string schedule)
{
    /// <summary>Stable, in kebab case.</summary>
    public string Key => key;
    public string Name => name;
    public string Description => description;
    /// <summary>When it sweeps unless the site says otherwise: a Quartz cron expression in the site's time zone.</summary>
    public string Schedule => schedule;

    /// <summary>The type of subject whose events make it look at that subject at once; null: the clock alone does.</summary>
    public virtual string? Watches => null;

    /// <summary>Whether an event of a subject that it watches can be of any concern to it.</summary>
    public virtual bool Concerns(Event happened) => true;

    /// <summary>The numbers by which a site may tune it.</summary>
    public virtual IReadOnlyList<PolicyNumber> Numbers => [];

    internal abstract RuleSet Rules { get; }

    /// <summary>Loads what the rules look at, of the site that the lease is for.</summary>
    /// <param name="subjects">Only what concerns these; null: everything.</param>
    internal abstract Task LoadFacts(CmmsDb db, PolicyMoment moment, IReadOnlyList<long>? subjects, RuleSession facts, CancellationToken cancel);

    /// <summary>The order in which decisions are carried out: that of the rules, unless one decision must wait for another.</summary>
    internal virtual IEnumerable<Decision> InOrder(IEnumerable<Decision> decisions) => decisions;

    /// <summary>Carries a decision out inside an open transaction, after looking again whether its reason still stands.</summary>
    /// <returns>False when the reason is gone and nothing was changed.</returns>
    internal abstract Task<bool> Apply(CmmsDb db, Decision decision, PolicyMoment moment, CancellationToken cancel);

    /// <summary>One of its numbers, as the site has it.</summary>
    protected async Task<decimal> Setting(CmmsDb db, string name, CancellationToken cancel) =>
        this.Tuned(await db.PolicySettings.Where(s => s.Key == Key).Select(s => s.Settings).FirstOrDefaultAsync(cancel))[name];

    /// <summary>The rows of these subjects alone; null: all.</summary>
    protected static IQueryable<T> Only<T>(IQueryable<T> rows, IReadOnlyList<long>? subjects) where T : Entity =>
        subjects is null ? rows : rows.Where(row => subjects.Contains(row.Id));
}

/// <summary>What a policy wants done: pure data.</summary>
/// <param name="Claim">Makes it unique.</param>
/// <param name="Explanation">Why, as a sentence with its figures.</param>
public abstract record Decision(Claim Claim, string Explanation);

/// <summary>The moment that a policy judges by, and its date in the site's time zone.</summary>
public sealed record PolicyMoment(Instant Now, SiteZone Zone)
{
    public DateOnly Today { get; } = Zone.Today(Now);
}
