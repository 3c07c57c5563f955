using System.Text.Json;

namespace Cmms.Domain.Policies;

/// <summary>A number by which a site tunes a policy.</summary>
/// <param name="Name">As it stands in the settings.</param>
public sealed record PolicyNumber(string Name, decimal Default, decimal Least, decimal Most);

/// <summary>The settings of a policy, as a site may have them.</summary>
public static class PolicyNumbers
{
    extension(Policy policy)
    {
        /// <exception cref="InvalidValue">A name that the policy does not know, or a value that is no number within its bounds.</exception>
        public void Verify(JsonElement settings)
        {
            if (settings.ValueKind is not JsonValueKind.Object) throw new InvalidValue(nameof(settings), "must be an object");
            foreach (var given in settings.EnumerateObject())
            {
                var number = policy.Numbers.FirstOrDefault(n => n.Name == given.Name)
                    ?? throw new InvalidValue(nameof(settings), $"has '{given.Name}', which {policy.Key} does not know; {(policy.Numbers.Count == 0 ? "it has none" : $"it knows {string.Join(", ", policy.Numbers.Select(n => n.Name))}")}");
                if (given.Value.ValueKind is not JsonValueKind.Number || !given.Value.TryGetDecimal(out var value) || value < number.Least || value > number.Most)
                    throw new InvalidValue(nameof(settings), $"must have '{number.Name}' between {number.Least} and {number.Most}");
            }
        }

        /// <summary>All its numbers, those of the site in the place of the defaults.</summary>
        public IReadOnlyDictionary<string, decimal> Tuned(string? settings)
        {
            using var json = JsonDocument.Parse(settings ?? "{}");
            return policy.Numbers.ToDictionary(n => n.Name, n => json.RootElement.TryGetProperty(n.Name, out var value) && value.TryGetDecimal(out var number) ? number : n.Default);
        }
    }
}
