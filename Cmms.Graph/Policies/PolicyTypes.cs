using System.Text.Json;
using Cmms.Domain.Policies;
using Engines.GraphQL.Binding;

namespace Cmms.Graph.Policies;

/// <summary>One time that a policy looked at the site.</summary>
[ObjectType<PolicyRun>]
internal static class PolicyRunFields;

/// <summary>A decision that a policy carried out, and the facts that led to it.</summary>
[ObjectType<PolicyFiring>, Hide(nameof(PolicyFiring.SubjectType), nameof(PolicyFiring.SubjectId))]
internal static class PolicyFiringFields
{
    /// <summary>The rules that fired, causes first, each with the facts that it matched and what followed.</summary>
    public static JsonElement Facts([Parent] PolicyFiring firing) => JsonElement.Parse(firing.Facts);
}
