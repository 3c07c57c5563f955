using System.Data.Common;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Cmms.Domain.Policies;

/// <summary>Evaluates policies and applies what they decide, each decision in a transaction of its own, once, whoever runs it.</summary>
public sealed partial class PolicyRunner(CmmsDbFactory factory, TimeProvider clock, ILogger<PolicyRunner> logger)
{
    /// <summary>The most decisions that one run carries out; the rest stay due.</summary>
    private const int Cap = 500;
    private const int Attempts = 3;

    /// <summary>Called between a decision's claim and its commit; tests stop the process there.</summary>
    public Func<Task>? BeforeCommit { get; init; }

    /// <summary>What a policy would do, and why. Changes nothing.</summary>
    public static async Task<PolicyEvaluation> Evaluate(CmmsDb db, Policy policy, Instant asOf, long? subjectId, CancellationToken cancel) =>
        await EvaluateThese(db, policy, new PolicyMoment(asOf, await db.SiteZone(cancel)), subjectId is { } id ? [id] : null, cancel);

    /// <summary>Runs a policy for a site, if the site has it enabled. Answers how many decisions it carried out.</summary>
    /// <param name="subjects">Only for these, each with the position of the event that called for it; null: for all.</param>
    /// <param name="cancel">Between decisions; one that is begun is finished.</param>
    public async Task<int> Run(Policy policy, Scope site, PolicyTrigger trigger, IReadOnlyDictionary<long, long>? subjects, CancellationToken cancel)
    {
        PolicyEvaluation evaluation;
        var (started, run) = (clock.Now, Guid.NewGuid().ToString("N"));
        await using (var db = factory.For(site))
        {
            if (await ZoneIfWanted(db, policy, cancel) is not { } zone) return 0;
            evaluation = await EvaluateThese(db, policy, new PolicyMoment(started, zone), subjects?.Keys.ToList(), cancel);
        }

        var (applied, failed, recorded) = (0, 0, false);
        var findings = evaluation.Findings.Take(Cap).ToList();
        foreach (var (i, finding) in findings.Index())
        {
            if (cancel.IsCancellationRequested) break;
            // The last decision takes the record of the run along: most runs by an event have one, and a commit is the dearest thing there is.
            var isLast = i == findings.Count - 1;
            try
            {
                if (!await ApplyPatiently(policy, site, finding, evaluation.Moment, run, CauseOf(finding.Decision), isLast ? () => Record(applied + 1) : null)) continue;
                applied++;
                recorded = isLast;
                LogApplied(policy.Key, site.SiteId, finding.Decision.Explanation);
            }
            catch (Exception exception) when (!IsUnreachable(exception))
            {
                // It fails alone; if its reason still stands, the next sweep finds it again.
                failed++;
                LogFailed(exception, policy.Key, site.SiteId, finding.Decision.Explanation);
            }
        }
        if (recorded || applied + failed == 0) return applied;
        await using var transaction = await factory.BeginAsync(site, new Change(Actor.Policy(policy.Key), clock.Now, run), CancellationToken.None);
        transaction.Db.PolicyRuns.Add(Record(applied));
        await transaction.CommitAsync(CancellationToken.None);
        return applied;

        PolicyRun Record(int carriedOut)
        {
            PolicyRun record = new(policy.Key, trigger, started);
            record.End(evaluation.Findings.Count, carriedOut, failed, clock.Now);
            return record;
        }

        long? CauseOf(Decision decision) => subjects?.TryGetValue(decision.Claim.SubjectId, out var position) is true ? position : null;
    }

    /// <summary>Runs a policy inside a transaction that is open already: for a person who asks for it and waits.</summary>
    /// <exception cref="DbUpdateConcurrencyException">Another worker carried a decision out at the same moment: the same again, in a new transaction, finds what is left.</exception>
    public static async Task<PolicyRun> RunWithin(CmmsDb db, Policy policy, CancellationToken cancel)
    {
        var evaluation = await Evaluate(db, policy, db.Now, null, cancel);
        var applied = 0;
        foreach (var finding in evaluation.Findings.Take(Cap))
        {
            // The claim first, as the worker does it: the two cannot wait for each other crosswise.
            if (await Claim(db, policy, finding, cancel) is not { } firing) throw new DbUpdateConcurrencyException("Another worker carried it out.");
            if (await policy.Apply(db, finding.Decision, evaluation.Moment, cancel)) applied++;
            else db.PolicyFirings.Remove(firing);
            await db.SaveChangesAsync(cancel);
        }
        db.FollowsFromOutside();
        PolicyRun run = new(policy.Key, PolicyTrigger.Manual, db.Now);
        run.End(evaluation.Findings.Count, applied, 0, db.Now);
        db.PolicyRuns.Add(run);
        await db.SaveChangesAsync(cancel);
        return run;
    }

    /// <summary>As an event has a policy run for some subjects, down to the same statements, but inside a transaction that is open and goes no further.</summary>
    internal static async Task<int> RehearseWithin(CmmsDb db, Policy policy, IReadOnlyList<long> subjects, CancellationToken cancel)
    {
        // EF Core keeps queries that track apart from those that do not.
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        if (await ZoneIfWanted(db, policy, cancel) is not { } zone) return 0;
        var evaluation = await EvaluateThese(db, policy, new PolicyMoment(db.Now, zone), subjects, cancel);
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.TrackAll;
        foreach (var finding in evaluation.Findings)
        {
            await Claim(db, policy, finding, cancel);
            await policy.Apply(db, finding.Decision, evaluation.Moment, cancel);
            db.PolicyRuns.Add(new PolicyRun(policy.Key, PolicyTrigger.Event, db.Now));
            await db.SaveChangesAsync(cancel);
        }
        return evaluation.Findings.Count;
    }

    private static async Task<PolicyEvaluation> EvaluateThese(CmmsDb db, Policy policy, PolicyMoment moment, IReadOnlyList<long>? subjects, CancellationToken cancel)
    {
        var session = policy.Rules.Open();
        await policy.LoadFacts(db, moment, subjects, session, cancel);
        var result = session.Fire();
        var decisions = policy.InOrder(result.Of<Decision>().DistinctBy(d => d.Claim)).ToList();
        var claimed = await Claimed(db, policy, decisions, cancel);
        return new PolicyEvaluation(policy, moment, [.. decisions.Where(d => !claimed.Contains(d.Claim)).Select(d => new PolicyFinding(d, result.Story(d)))]);
    }

    private static async Task<HashSet<Claim>> Claimed(CmmsDb db, Policy policy, IReadOnlyList<Decision> decisions, CancellationToken cancel)
    {
        HashSet<Claim> claimed = [];
        foreach (var some in decisions.Chunk(Cap))
        {
            var (ids, epochs) = (some.Select(d => d.Claim.SubjectId).Distinct().ToList(), some.Select(d => d.Claim.Epoch).Distinct().ToList());
            var firings = await db.PolicyFirings.Where(f => f.Key == policy.Key && ids.Contains(f.SubjectId) && epochs.Contains(f.Epoch))
                .Select(f => new { f.SubjectType, f.SubjectId, f.Epoch }).ToListAsync(cancel);
            claimed.UnionWith(firings.Select(f => new Claim(f.SubjectType, f.SubjectId, f.Epoch)));
        }
        return claimed;
    }

    /// <summary>The site's time zone; null where the site is archived or does without the policy.</summary>
    internal static async Task<SiteZone?> ZoneIfWanted(CmmsDb db, Policy policy, CancellationToken cancel)
    {
        var (siteId, key) = (db.Scope.SiteId, policy.Key);
        return await db.Sites.Where(s => s.Id == siteId && s.Status == SiteStatus.Active && !db.PolicySettings.Any(p => p.Key == key && !p.Enabled))
            .Select(s => s.TimeZone).SingleOrDefaultAsync(cancel) is { } zone ? SiteZone.Of(zone) : null;
    }

    /// <summary>The decision's claim, or null where it is carried out already. Where another is at it, this waits for the other's end.</summary>
    private static async Task<PolicyFiring?> Claim(CmmsDb db, Policy policy, PolicyFinding finding, CancellationToken cancel)
    {
        PolicyFiring firing = new(policy.Key, finding.Decision.Claim, finding.Decision.Explanation, finding.Facts);
        db.FollowsFromOutside();
        db.PolicyFirings.Add(firing);
        try
        {
            await db.SaveChangesAsync(cancel);
            db.FollowsFromLast();
            return firing;
        }
        catch (Duplicate)
        {
            return null;
        }
    }

    private async Task<bool> ApplyPatiently(Policy policy, Scope site, PolicyFinding finding, PolicyMoment moment, string run, long? cause, Func<PolicyRun>? record)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await ApplyAlone(policy, site, finding, moment, run, cause, record);
            }
            catch (Exception exception) when (attempt < Attempts && exception.IsTransient)
            {
                LogAgain(exception, policy.Key, site.SiteId);
            }
        }
    }

    private async Task<bool> ApplyAlone(Policy policy, Scope site, PolicyFinding finding, PolicyMoment moment, string run, long? cause, Func<PolicyRun>? record)
    {
        await using var transaction = await factory.BeginAsync(site, new Change(Actor.Policy(policy.Key), clock.Now, run, cause), CancellationToken.None);
        var db = transaction.Db;
        if (await Claim(db, policy, finding, CancellationToken.None) is null) return false;
        if (!await policy.Apply(db, finding.Decision, moment, CancellationToken.None)) return false;
        if (record is not null) db.PolicyRuns.Add(record());
        await db.SaveChangesAsync(CancellationToken.None);
        if (BeforeCommit is { } pause) await pause();
        await transaction.CommitAsync(CancellationToken.None);
        return true;
    }

    /// <summary>The database itself is gone: the others would fail too.</summary>
    private static bool IsUnreachable(Exception exception) => !exception.IsTransient && exception.GetBaseException() is not DomainError &&
        (exception is DbException { IsTransient: true } || exception.InnerException is DbException { IsTransient: true });

    [LoggerMessage(LogLevel.Information, "{Policy} at site {Site}: {Explanation}")]
    private partial void LogApplied(string policy, long? site, string explanation);

    [LoggerMessage(LogLevel.Error, "{Policy} at site {Site} could not be carried out: {Explanation}")]
    private partial void LogFailed(Exception exception, string policy, long? site, string explanation);

    [LoggerMessage(LogLevel.Debug, "{Policy} at site {Site}: another transaction was in the way; again.")]
    private partial void LogAgain(Exception exception, string policy, long? site);
}
