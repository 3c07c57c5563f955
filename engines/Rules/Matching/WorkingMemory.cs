namespace Engines.Rules.Matching;

/// <summary>All facts of one session, by type.</summary>
internal sealed class WorkingMemory(IReadOnlySet<Type> matched)
{
    private readonly Dictionary<Type, FactList> _lists = [];
    private FactList? _last;

    /// <summary>The types that may still gain facts in the stratum that is being opened.</summary>
    public IReadOnlySet<Type> Growing { get; set; } = new HashSet<Type>();

    public FactList<T> Of<T>() where T : notnull
    {
        if (_last is FactList<T> same) return same;
        if (!_lists.TryGetValue(typeof(T), out var list)) _lists.Add(typeof(T), list = new FactList<T> { Matched = matched.Contains(typeof(T)) });
        _last = list;
        return (FactList<T>)list;
    }

    public bool Grows(Type fact) => Growing.Contains(fact);

    /// <summary>From now on, new facts wake these rules.</summary>
    public void Watch(RuleRun[] runs)
    {
        foreach (var list in _lists.Values) list.Watcher = int.MaxValue;
        foreach (var run in runs)
            foreach (var condition in run.Rule.Conditions)
                if (_lists.TryGetValue(condition.Fact, out var list)) list.Watcher = Math.Min(list.Watcher, run.Rank);
    }
}

internal abstract class FactList
{
    /// <summary>Whether a rule of the set matches such facts.</summary>
    public bool Matched { get; init; }
    /// <summary>The best rank of the rules that a new fact wakes.</summary>
    public int Watcher { get; set; } = int.MaxValue;
}

/// <summary>The facts of one type, in the order in which they became known.</summary>
internal sealed class FactList<T> : FactList where T : notnull
{
    private readonly List<T> _facts = [];
    private HashSet<T>? _known;

    public int Count => _facts.Count;
    public T this[int index] => _facts[index];

    public void Add(T fact) => _facts.Add(fact);

    public void AddRange(IEnumerable<T> facts) => _facts.AddRange(facts);

    /// <summary>Adds the fact unless an equal one is known.</summary>
    public bool Derive(T fact)
    {
        _known ??= [.. _facts];
        if (!_known.Add(fact)) return false;
        if (Matched) _facts.Add(fact); // what nothing matches is asked for by nobody here
        return true;
    }
}
