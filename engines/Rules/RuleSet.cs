using Engines.Rules.Matching;

namespace Engines.Rules;

/// <summary>Rules that work together: defined once, immutable, used by any number of sessions at a time.</summary>
public sealed class RuleSet
{
    private readonly CompiledRule[] _rules;
    private readonly HashSet<CompiledRule> _disabled;

    /// <exception cref="NegationCycle"/>
    public RuleSet(params IEnumerable<Rule> rules) : this([.. rules.Select(rule => rule.Compile())], []) { }

    private RuleSet(CompiledRule[] rules, HashSet<CompiledRule> disabled)
    {
        if (rules.GroupBy(rule => rule.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"Two rules are called '{twice.Key}'.", nameof(rules));
        (_rules, _disabled) = (rules, disabled);
        Matched = [.. rules.SelectMany(rule => rule.Conditions).Select(condition => condition.Fact)];
        Strata = Stratum.Order([.. rules.Where(rule => !disabled.Contains(rule))]);
    }

    /// <summary>The names of the rules that are enabled, in order.</summary>
    public IReadOnlyList<string> Enabled => [.. _rules.Where(rule => !_disabled.Contains(rule)).Select(rule => rule.Name)];

    internal HashSet<Type> Matched { get; }
    internal Stratum[] Strata { get; }

    /// <summary>The same set without the rules of these names or tags.</summary>
    public RuleSet Disable(params IEnumerable<string> namesOrTags) => new(_rules, [.. _disabled, .. Named(namesOrTags)]);

    /// <summary>The same set with the rules of these names or tags again.</summary>
    public RuleSet Enable(params IEnumerable<string> namesOrTags) => new(_rules, [.. _disabled.Except(Named(namesOrTags))]);

    /// <summary>A new session, which may fire rules at most <paramref name="firingLimit"/> times.</summary>
    public RuleSession Open(int firingLimit = 1_000_000) => new(this, firingLimit);

    private List<CompiledRule> Named(IEnumerable<string> namesOrTags) =>
    [
        .. namesOrTags.SelectMany(name =>
        {
            var found = _rules.Where(rule => rule.Name == name || rule.Tags.Contains(name)).ToList();
            return found.Count > 0 ? found : throw new ArgumentException($"No rule has the name or tag '{name}'.", nameof(namesOrTags));
        }),
    ];
}
