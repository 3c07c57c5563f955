using System.Text.Json;
using System.Text.Json.Serialization;
using Engines.Rules;

namespace Cmms.Domain.Policies;

/// <summary>What a policy came to: its decisions, each with the firings that led to it.</summary>
public sealed record PolicyEvaluation(Policy Policy, PolicyMoment Moment, IReadOnlyList<PolicyFinding> Findings);

/// <summary>A decision and why it was made.</summary>
/// <param name="Story">The rules that fired, causes first, with the facts that they matched.</param>
public sealed record PolicyFinding(Decision Decision, IReadOnlyList<Firing> Story)
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseUpper), new ValueJson() },
    };

    /// <summary>The story as JSON.</summary>
    public string Facts => JsonSerializer.Serialize(Story.Select(f => f.ToData()), s_json);
}
