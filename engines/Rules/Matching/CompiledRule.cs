namespace Engines.Rules.Matching;

/// <summary>A defined rule, ready to be opened in sessions.</summary>
internal abstract class CompiledRule(Rule rule, Condition[] conditions, Type[] derived)
{
    public string Name { get; } = rule.Name;
    public int Priority { get; } = rule.Priority;
    public IReadOnlyList<string> Tags { get; } = [.. rule.Tags];
    public IReadOnlyList<Condition> Conditions => conditions;
    public IReadOnlyList<Type> Derived => derived;
    /// <summary>What must not be known, in words.</summary>
    public IReadOnlyList<string> Absent { get; } = [.. conditions.Where(c => c.Absent).Select(c => Words.Phrase(c.Fact))];

    public abstract RuleRun Open(WorkingMemory memory, int rank);
}

internal sealed class CompiledRule<T>(Rule rule, Plan<T> plan, Action<T, Decisions> act) : CompiledRule(rule, plan.Conditions, plan.Derived)
{
    public override RuleRun Open(WorkingMemory memory, int rank) => new RuleRun<T>(this, plan.Open(memory), plan.List, act, rank);
}

/// <summary>A rule in one session, with what it has matched so far.</summary>
internal abstract class RuleRun(CompiledRule rule, int rank)
{
    public CompiledRule Rule => rule;
    /// <summary>Its place among the rules of its stratum, by priority.</summary>
    public int Rank => rank;

    /// <summary>Fires for each match at hand; stops early when that wakes a rule of a better rank.</summary>
    public abstract void Fire(RuleSession session);
}

internal sealed class RuleRun<T>(CompiledRule rule, Source<T> matches, Action<T, List<object>> list, Action<T, Decisions> act, int rank) : RuleRun(rule, rank)
{
    public override void Fire(RuleSession session)
    {
        var (decisions, trace) = (session.Decisions, session.Trace);
        trace.Enter(Rule);
        while (session.Woken >= Rank && matches.TryNext(out var match))
        {
            var start = trace.Facts.Count;
            list(match, trace.Facts);
            trace.Begin(start);
            act(match, decisions);
        }
    }
}
