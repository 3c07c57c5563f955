namespace Engines.Rules;

/// <summary>What followed from the facts of a session, and why.</summary>
public sealed class RuleResult
{
    private readonly TraceLog _trace;
    private Dictionary<object, int>? _reasons;

    internal RuleResult(IReadOnlyList<object> derived, TraceLog trace) => (Derived, _trace) = (derived, trace);

    /// <summary>All decisions and derived facts, in the order in which they came.</summary>
    public IReadOnlyList<object> Derived { get; }

    /// <summary>Each firing, in order.</summary>
    public IReadOnlyList<Firing> Trace => _trace;

    /// <summary>The decisions and derived facts of one type.</summary>
    public IEnumerable<T> Of<T>() => Derived.OfType<T>();

    /// <summary>The firing from which a decision or derived fact first followed.</summary>
    public Firing Why(object fact) => (_reasons ??= _trace.Reasons()).TryGetValue(fact, out var index)
        ? _trace[index]
        : throw new ArgumentException($"{Words.Fact(fact)} follows from no rule.", nameof(fact));

    /// <summary>
    /// The firings that led to a decision, causes first: a rule fired on what an earlier one had derived. The story of a cascade.
    /// </summary>
    public IReadOnlyList<Firing> Story(object fact)
    {
        var indexes = new SortedSet<int>();
        _reasons ??= _trace.Reasons();
        var open = new Stack<object>([fact]);
        while (open.TryPop(out var next))
            if (_reasons.TryGetValue(next, out var index) && indexes.Add(index))
                foreach (var cause in _trace[index].Matched) open.Push(cause);
        return [.. indexes.Select(index => _trace[index])];
    }
}
