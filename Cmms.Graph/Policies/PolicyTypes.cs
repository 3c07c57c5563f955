using System.Text.Json;
using Cmms.Domain.Organization;
using Cmms.Domain;
using Cmms.Domain.Persistence;
using Cmms.Domain.Policies;
using Cmms.Graph.Access;
using Cmms.Graph.Live;
using Engines.GraphQL.Binding;

namespace Cmms.Graph.Policies;

/// <summary>Something that the system does by itself, as this site has it.</summary>
/// <param name="Key">Stable, such as low-stock-reorder.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Description">What it does.</param>
/// <param name="Enabled">Whether it acts in this site.</param>
/// <param name="Schedule">When it sweeps: a cron expression (seconds first) in the site's time zone.</param>
/// <param name="Settings">The numbers by which the site may tune it, as they are.</param>
internal sealed record SitePolicy(string Key, string Name, string Description, bool Enabled, string Schedule, JsonElement Settings)
{
    public static SitePolicy Of(Policy policy, PolicySetting? setting) =>
        new(policy.Key, policy.Name, policy.Description, setting?.Enabled ?? true, setting?.Schedule ?? policy.Schedule, JsonSerializer.SerializeToElement(policy.Tuned(setting?.Settings)));
}

/// <summary>Something that the system does by itself, as this site has it.</summary>
[ObjectType<SitePolicy>(Name = "Policy"), Authorize(Permission.ViewPolicies, Properties = [nameof(SitePolicy.Enabled), nameof(SitePolicy.Schedule), nameof(SitePolicy.Settings)])]
internal static class SitePolicyFields;

/// <summary>One time that a policy looked at the site.</summary>
[ObjectType<PolicyRun>, Authorize(Permission.ViewPolicies), Rename(nameof(PolicyRun.Key), "policyKey")]
internal static class PolicyRunFields;

/// <summary>A decision that a policy carried out, and the facts that led to it.</summary>
[ObjectType<PolicyFiring>, Authorize(Permission.ViewPolicies), Rename(nameof(PolicyFiring.Key), "policyKey"), Hide(nameof(PolicyFiring.SubjectType), nameof(PolicyFiring.SubjectId))]
internal static class PolicyFiringFields
{
    /// <summary>The rules that fired, causes first, each with the facts that it matched and what followed.</summary>
    public static JsonElement Facts([Parent] PolicyFiring firing) => JsonElement.Parse(firing.Facts);

    /// <summary>What it was about, as it is now; null once it is gone.</summary>
    [GraphQLType("Node")]
    public static Task<IReadOnlyList<object?>> Subject(IReadOnlyList<PolicyFiring> firings, CmmsDb db, SiteCaller caller, CancellationToken cancel) =>
        Subjects.Of([.. firings.Select(f => (f.SubjectType, f.SubjectId))], db, caller, cancel);
}

/// <summary>What a policy would do if it ran now, or at another moment. Nothing is changed.</summary>
/// <param name="PolicyKey">Which policy.</param>
/// <param name="AsOf">The moment that it judges by.</param>
/// <param name="Decisions">What it would do, and why.</param>
internal sealed record PolicyPreview(string PolicyKey, Instant AsOf, IReadOnlyList<PreviewedDecision> Decisions);

/// <summary>What a policy would do.</summary>
[ObjectType<PolicyPreview>]
internal static class PolicyPreviewFields;

/// <summary>Something that a policy would do.</summary>
/// <param name="Explanation">Why, as a sentence with its figures.</param>
/// <param name="Epoch">Which occasion of its subject it answers: the same occasion is answered once.</param>
/// <param name="Facts">The rules that fired, causes first, each with the facts that it matched and what followed.</param>
internal sealed record PreviewedDecision(string Explanation, string Epoch, JsonElement Facts)
{
    internal string SubjectType { get; init; } = "";
    internal long SubjectId { get; init; }

    public static PreviewedDecision Of(PolicyFinding finding) =>
        new(finding.Decision.Explanation, finding.Decision.Claim.Epoch, JsonElement.Parse(finding.Facts))
        {
            SubjectType = finding.Decision.Claim.SubjectType,
            SubjectId = finding.Decision.Claim.SubjectId,
        };
}

/// <summary>Something that a policy would do.</summary>
[ObjectType<PreviewedDecision>]
internal static class PreviewedDecisionFields
{
    /// <summary>What it is about.</summary>
    [GraphQLType("Node")]
    public static Task<IReadOnlyList<object?>> Subject(IReadOnlyList<PreviewedDecision> decisions, CmmsDb db, SiteCaller caller, CancellationToken cancel) =>
        Subjects.Of([.. decisions.Select(d => (d.SubjectType, d.SubjectId))], db, caller, cancel);
}
