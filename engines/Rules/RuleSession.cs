using Engines.Rules.Matching;

namespace Engines.Rules;

/// <summary>
/// Facts in, decisions out, once. Not for several threads. The same facts and rules give the same decisions whatever the order of
/// insertion; their order follows priority, then the order of the rules, then that of the facts.
/// </summary>
public sealed class RuleSession
{
    private readonly RuleSet _rules;
    private readonly WorkingMemory _memory;
    private readonly List<object> _derived = [];
    private RuleRun? _firing;
    private bool _fired;

    internal RuleSession(RuleSet rules, int firingLimit)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(firingLimit);
        (_rules, _memory, Trace, Decisions) = (rules, new WorkingMemory(rules.Matched), new TraceLog(firingLimit), new Decisions(this));
    }

    internal TraceLog Trace { get; }
    internal Decisions Decisions { get; }
    /// <summary>The best rank of a rule that may have new matches.</summary>
    internal int Woken { get; private set; }

    /// <summary>Adds a fact. It is matched as the type that it is.</summary>
    public void Insert<T>(T fact) where T : notnull
    {
        MustNotHaveFired();
        _memory.Of<T>().Add(Exact(fact));
    }

    /// <summary>Adds facts.</summary>
    public void InsertAll<T>(IEnumerable<T> facts) where T : notnull
    {
        MustNotHaveFired();
        _memory.Of<T>().AddRange(typeof(T).IsSealed ? facts : facts.Select(Exact));
    }

    /// <summary>Fires rules until nothing new follows.</summary>
    /// <exception cref="FiringLimitExceeded"/>
    /// <exception cref="UndeclaredFact"/>
    /// <exception cref="RuleFailed"/>
    public RuleResult Fire()
    {
        MustNotHaveFired();
        _fired = true;
        foreach (var stratum in _rules.Strata) Fire(stratum);
        return new RuleResult(_derived, Trace);
    }

    private void Fire(Stratum stratum)
    {
        _memory.Growing = stratum.Growing;
        var runs = stratum.Rules.Select((rule, rank) => rule.Open(_memory, rank)).ToArray();
        _memory.Watch(runs);
        for (var rank = 0; rank < runs.Length; rank = Math.Min(rank + 1, Woken))
        {
            Woken = int.MaxValue;
            Fire(runs[rank]);
        }
    }

    private void Fire(RuleRun run)
    {
        _firing = run;
        try
        {
            run.Fire(this);
        }
        catch (Exception error) when (error is not RuleError)
        {
            throw new RuleFailed(run.Rule.Name, error);
        }
    }

    internal void Derive<T>(T fact) where T : notnull
    {
        var run = _firing ?? throw new InvalidOperationException("Decisions are made by rules that fire.");
        var facts = _memory.Of<T>();
        if (facts.Matched && !run.Rule.Derived.Contains(typeof(T))) throw new UndeclaredFact(run.Rule.Name, typeof(T).Name);
        object boxed = Exact(fact);
        Trace.Facts.Add(boxed);
        if (!facts.Derive(fact)) return;
        _derived.Add(boxed);
        if (facts.Watcher < Woken) Woken = facts.Watcher;
    }

    private static T Exact<T>(T fact) where T : notnull => typeof(T).IsSealed || fact.GetType() == typeof(T)
        ? fact
        : throw new ArgumentException($"A {fact.GetType().Name} was inserted as {typeof(T).Name}; rules match a fact by its own type.", nameof(fact));

    private void MustNotHaveFired()
    {
        if (_fired) throw new InvalidOperationException("The session has fired; open another.");
    }
}
