using System.Text.Json;
using Cmms.Domain.Organization;
using Cmms.Graph.Access;

namespace Cmms.Graph.Organization;

/// <summary>What people have cost stands in the event log as well; there it is for owners alone, whoever may read the rates of today.</summary>
internal static class RateHistory
{
    private static readonly HashSet<string> s_rates =
        [.. new[] { nameof(User.RegularRate), nameof(User.OvertimeRate1), nameof(User.OvertimeRate2) }.Select(JsonNamingPolicy.CamelCase.ConvertName)];

    /// <param name="subjectType">What it happened to.</param>
    /// <param name="field">Under its name in the schema.</param>
    public static bool IsShown(string subjectType, string field, SiteCaller caller) => caller.IsOwner || subjectType != nameof(User) || !s_rates.Contains(field);
}
