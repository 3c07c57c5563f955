using System.Text.Json;
using Cmms.Domain;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Policies;
using Cmms.Graph.Access;
using Engines.GraphQL.Binding;
using Engines.GraphQL.Data;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Graph.Policies;

[QueryType, Authorize(Permission.ViewPolicies)]
internal static class PolicyQueries
{
    /// <summary>What the system does by itself, as this site has it.</summary>
    public static async Task<IReadOnlyList<SitePolicy>> Policies(CmmsDb db, CancellationToken cancel)
    {
        var settings = await db.PolicySettings.ToDictionaryAsync(s => s.Key, cancel);
        return [.. PolicyCatalog.All.Select(p => SitePolicy.Of(p, settings.GetValueOrDefault(p.Key)))];
    }

    /// <summary>One policy by its key; null when there is none.</summary>
    /// <param name="key">Its key, such as low-stock-reorder.</param>
    public static async Task<SitePolicy?> GetPolicy(string key, CmmsDb db, CancellationToken cancel) =>
        PolicyCatalog.All.FirstOrDefault(p => p.Key == key) is { } policy
            ? SitePolicy.Of(policy, await db.PolicySettings.FirstOrDefaultAsync(s => s.Key == key, cancel)) : null;

    /// <summary>When policies looked at the site and came to decisions, newest first.</summary>
    [UsePaging, UseFiltering, UseSorting, OrderBy(nameof(PolicyRun.StartedAt), Descending = true)]
    public static IQueryable<PolicyRun> PolicyRuns(CmmsDb db) => db.PolicyRuns;

    /// <summary>What policies have done, newest first, with the facts that led to it.</summary>
    [UsePaging, UseFiltering, UseSorting, OrderBy(nameof(PolicyFiring.CreatedAt), Descending = true)]
    public static IQueryable<PolicyFiring> PolicyFirings(CmmsDb db) => db.PolicyFirings;

    /// <summary>What a policy would do, and why. Changes nothing. Null when there is no such policy.</summary>
    /// <param name="key">Which policy.</param>
    /// <param name="asOf">The moment that it judges by; none: now. What is known is what is known now.</param>
    [Cost(50)]
    public static async Task<PolicyPreview?> PreviewPolicy(string key, Instant? asOf, CmmsDb db, Instant now, CancellationToken cancel)
    {
        if (PolicyCatalog.All.FirstOrDefault(p => p.Key == key) is not { } policy) return null;
        var evaluation = await PolicyRunner.Evaluate(db, policy, asOf ?? now, null, cancel);
        return new PolicyPreview(key, evaluation.Moment.Now, [.. evaluation.Findings.Select(PreviewedDecision.Of)]);
    }
}

[MutationType, Authorize(Permission.ManagePolicies)]
internal static class PolicyMutations
{
    /// <summary>Sets how the site wants a policy: on or off, when it sweeps, its own settings.</summary>
    /// <param name="schedule">A cron expression (seconds first) in the site's time zone.</param>
    /// <param name="settings">A JSON object of the policy's own numbers; those that it leaves out are as usual.</param>
    [Error<NotFound>, Payload("policy")]
    public static async Task<SitePolicy> UpdatePolicy(
        string key, Optional<bool> enabled, Optional<string> schedule, Optional<JsonElement> settings, CmmsDb db, CancellationToken cancel)
    {
        var policy = PolicyCatalog.Find(key);
        var setting = await db.PolicySettings.FirstOrDefaultAsync(s => s.Key == key, cancel);
        if (setting is null) db.PolicySettings.Add(setting = new PolicySetting(key, policy.Schedule));
        if (settings.IsSet) policy.Verify(settings.Value);
        setting.Set(enabled.Or(setting.Enabled), schedule.Or(setting.Schedule), settings.IsSet ? settings.Value.GetRawText() : setting.Settings);
        await db.SaveChangesAsync(cancel);
        return SitePolicy.Of(policy, setting);
    }

    /// <summary>Runs a policy now, for this site, and answers what it did. What was done before is not done again.</summary>
    [Error<NotFound, Conflict>]
    public static Task<PolicyRun> RunPolicy(string key, CmmsDb db, CancellationToken cancel) =>
        PolicyRunner.RunWithin(db, PolicyCatalog.Find(key), cancel);
}
