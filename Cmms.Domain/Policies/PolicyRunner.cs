using System.Text.Json;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Engines.Rules;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Policies;

/// <summary>What a policy came to: its decisions, each with the firings that led to it.</summary>
public sealed record PolicyEvaluation(Policy Policy, PolicyMoment Moment, IReadOnlyList<PolicyFinding> Findings);

/// <summary>A decision and why it was made.</summary>
/// <param name="Story">The rules that fired, causes first, with the facts that they matched.</param>
public sealed record PolicyFinding(Decision Decision, IReadOnlyList<Firing> Story)
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseUpper), new ValueJson() },
    };

    /// <summary>The story as JSON.</summary>
    public string Facts => JsonSerializer.Serialize(Story.Select(f => f.ToData()), s_json);
}

/// <summary>Evaluates policies and applies what they decide, each decision in a transaction of its own, once, whoever runs it.</summary>
public sealed class PolicyRunner(CmmsDbFactory factory, TimeProvider clock)
{
    /// <summary>The most decisions that one run carries out; the rest stay due.</summary>
    private const int Cap = 500;

    /// <summary>Called between a decision's claim and its commit; tests stop the process there.</summary>
    public Func<Task>? BeforeCommit { get; init; }

    /// <summary>What a policy would do, and why. Changes nothing.</summary>
    public static async Task<PolicyEvaluation> Evaluate(CmmsDb db, Policy policy, Instant asOf, long? subjectId, CancellationToken cancel)
    {
        PolicyMoment moment = new(asOf, await db.SiteZone(cancel));
        var session = policy.Rules.Open();
        await policy.LoadFacts(db, moment, subjectId, session, cancel);
        var result = session.Fire();
        var decisions = result.Of<Decision>().DistinctBy(d => d.Claim).ToList();
        var ids = decisions.Select(d => d.Claim.SubjectId).Distinct().ToList();
        var claimed = (await db.PolicyFirings.Where(f => f.Key == policy.Key && ids.Contains(f.SubjectId))
            .Select(f => new { f.SubjectType, f.SubjectId, f.Epoch }).ToListAsync(cancel)).Select(f => new Claim(f.SubjectType, f.SubjectId, f.Epoch)).ToHashSet();
        return new PolicyEvaluation(policy, moment, [.. decisions.Where(d => !claimed.Contains(d.Claim)).Select(d => new PolicyFinding(d, result.Story(d)))]);
    }

    /// <summary>Runs a policy for a site, if the site has it enabled. Answers how many decisions it carried out.</summary>
    /// <param name="subjectId">Only for this subject; null: for all.</param>
    /// <param name="cause">The position of the event that called for it.</param>
    public async Task<int> Run(Policy policy, Scope site, PolicyTrigger trigger, long? subjectId, long? cause, CancellationToken cancel)
    {
        PolicyEvaluation evaluation;
        var started = clock.Now;
        await using (var db = factory.For(site))
        {
            if (await db.PolicySettings.AnyAsync(s => s.Key == policy.Key && !s.Enabled, cancel)) return 0;
            evaluation = await Evaluate(db, policy, started, subjectId, cancel);
        }
        if (evaluation.Findings.Count == 0) return 0;

        var (applied, failed) = (0, 0);
        foreach (var finding in evaluation.Findings.Take(Cap))
        {
            try
            {
                if (await ApplyAlone(policy, site, finding, evaluation.Moment, cause, cancel)) applied++;
            }
            catch (Exception e) when (e is DomainError or DbUpdateConcurrencyException)
            {
                // Its reason is gone, or another worker was faster; if it still stands, the next sweep finds it again.
                failed++;
            }
        }
        await using var transaction = await factory.BeginAsync(site, new Change(Actor.Policy(policy.Key), clock.Now, CausePosition: cause), cancel);
        PolicyRun run = new(policy.Key, trigger, started);
        run.End(evaluation.Findings.Count, applied, failed, clock.Now);
        transaction.Db.PolicyRuns.Add(run);
        await transaction.CommitAsync(cancel);
        return applied;
    }

    /// <summary>Runs a policy inside a transaction that is open already: for a person who asks for it and waits.</summary>
    public static async Task<PolicyRun> RunWithin(CmmsDb db, Policy policy, CancellationToken cancel)
    {
        var evaluation = await Evaluate(db, policy, db.Now, null, cancel);
        var applied = 0;
        foreach (var finding in evaluation.Findings.Take(Cap))
        {
            if (await policy.Apply(db, finding.Decision, evaluation.Moment, cancel))
            {
                db.PolicyFirings.Add(new PolicyFiring(policy.Key, finding.Decision.Claim, finding.Decision.Explanation, finding.Facts));
                applied++;
            }
            await db.SaveChangesAsync(cancel);
        }
        PolicyRun run = new(policy.Key, PolicyTrigger.Manual, db.Now);
        run.End(evaluation.Findings.Count, applied, 0, db.Now);
        db.PolicyRuns.Add(run);
        await db.SaveChangesAsync(cancel);
        return run;
    }

    private async Task<bool> ApplyAlone(Policy policy, Scope site, PolicyFinding finding, PolicyMoment moment, long? cause, CancellationToken cancel)
    {
        await using var transaction = await factory.BeginAsync(site, new Change(Actor.Policy(policy.Key), clock.Now, CausePosition: cause), cancel);
        var db = transaction.Db;
        // The claim first: a second worker waits here for the first one's commit, and then learns that it is done.
        db.PolicyFirings.Add(new PolicyFiring(policy.Key, finding.Decision.Claim, finding.Decision.Explanation, finding.Facts));
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (Duplicate)
        {
            return false;
        }
        if (!await policy.Apply(db, finding.Decision, moment, cancel)) return false;
        await db.SaveChangesAsync(cancel);
        if (BeforeCommit is { } pause) await pause();
        await transaction.CommitAsync(cancel);
        return true;
    }
}
