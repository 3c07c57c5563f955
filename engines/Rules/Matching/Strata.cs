namespace Engines.Rules.Matching;

/// <summary>The rules that run together until nothing new follows, and the types that may grow meanwhile.</summary>
internal sealed record Stratum(CompiledRule[] Rules, IReadOnlySet<Type> Growing)
{
    /// <summary>Orders rules into strata, so that whatever a rule needs all of is complete before it runs.</summary>
    /// <exception cref="NegationCycle"/>
    public static Stratum[] Order(IReadOnlyList<CompiledRule> rules)
    {
        var derived = rules.SelectMany(r => r.Derived).ToHashSet();
        RefuseCycles(rules);

        var levels = derived.ToDictionary(fact => fact, _ => 0);
        for (var changed = true; changed;)
        {
            changed = false;
            foreach (var rule in rules)
            {
                var level = LevelOf(rule, levels);
                foreach (var fact in rule.Derived.Where(fact => levels[fact] < level))
                {
                    levels[fact] = level;
                    changed = true;
                }
            }
        }
        return
        [
            .. rules.GroupBy(rule => LevelOf(rule, levels)).OrderBy(group => group.Key).Select(group => new Stratum(
                [.. group.OrderByDescending(rule => rule.Priority)],
                levels.Where(l => l.Value >= group.Key).Select(l => l.Key).ToHashSet())),
        ];
    }

    private static int LevelOf(CompiledRule rule, Dictionary<Type, int> levels) =>
        rule.Conditions.Max(c => levels.TryGetValue(c.Fact, out var level) ? level + (c.Need is Need.All ? 1 : 0) : 0);

    private static void RefuseCycles(IReadOnlyList<CompiledRule> rules)
    {
        foreach (var rule in rules)
            foreach (var condition in rule.Conditions.Where(c => c.Need is Need.All))
                if (Path(rules, rule, condition.Fact) is { } path) throw new NegationCycle([.. path.Select(r => r.Name)], condition.Fact.Name);
    }

    /// <summary>The shortest way from a rule to one that derives the fact, by facts that one derives and the next needs.</summary>
    private static List<CompiledRule>? Path(IReadOnlyList<CompiledRule> rules, CompiledRule from, Type fact)
    {
        var cameFrom = new Dictionary<CompiledRule, CompiledRule?> { [from] = null };
        var open = new Queue<CompiledRule>([from]);
        while (open.TryDequeue(out var rule))
        {
            if (rule.Derived.Contains(fact))
            {
                var path = new List<CompiledRule>();
                for (CompiledRule? step = rule; step is not null; step = cameFrom[step]) path.Insert(0, step);
                return path;
            }
            foreach (var next in rules.Where(r => r.Conditions.Any(c => rule.Derived.Contains(c.Fact))))
                if (cameFrom.TryAdd(next, rule)) open.Enqueue(next);
        }
        return null;
    }
}
