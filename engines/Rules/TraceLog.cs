using System.Collections;
using Engines.Rules.Matching;

namespace Engines.Rules;

/// <summary>All firings, packed: one list of facts, cut into matched and produced ones. A firing's end is the start of the next.</summary>
internal sealed class TraceLog(int limit) : IReadOnlyList<Firing>
{
    private readonly List<object> _facts = [];
    private readonly List<(int Rule, int Matched, int Produced)> _firings = [];
    private readonly List<CompiledRule> _rules = [];

    public int Count => _firings.Count;

    public Firing this[int index]
    {
        get
        {
            var (number, matched, produced) = _firings[index];
            var rule = _rules[number];
            return new Firing(rule.Name, _facts.GetRange(matched, produced - matched), rule.Absent, _facts.GetRange(produced, End(index) - produced));
        }
    }

    public IEnumerator<Firing> GetEnumerator()
    {
        for (var i = 0; i < Count; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Names the rule whose firings come next.</summary>
    public void Enter(CompiledRule rule)
    {
        if (_rules.Count == 0 || _rules[^1] != rule) _rules.Add(rule);
    }

    /// <summary>Where the facts of the next firing go.</summary>
    public List<object> Facts => _facts;

    /// <summary>A firing has begun: its matched facts are there since <paramref name="matched"/>.</summary>
    public void Begin(int matched)
    {
        if (_firings.Count == limit) throw new FiringLimitExceeded(limit, Loop(), _rules[^1].Name);
        _firings.Add((_rules.Count - 1, matched, _facts.Count));
    }

    /// <summary>For each fact that followed, its first firing.</summary>
    public Dictionary<object, int> Reasons()
    {
        var reasons = new Dictionary<object, int>();
        for (var i = 0; i < _firings.Count; i++)
            for (var at = _firings[i].Produced; at < End(i); at++) reasons.TryAdd(_facts[at], i);
        return reasons;
    }

    private int End(int index) => index + 1 < _firings.Count ? _firings[index + 1].Matched : _facts.Count;

    /// <summary>Goes back from the last firing, each time to the latest one that it needed, until a rule comes twice.</summary>
    private List<string> Loop()
    {
        var reasons = Reasons();
        var path = new List<string>();
        for (var at = _firings.Count - 1; at >= 0;)
        {
            var firing = _firings[at];
            var name = _rules[firing.Rule].Name;
            if (path.IndexOf(name) is >= 0 and var start) return [.. path[start..].AsEnumerable().Reverse()];
            path.Add(name);
            var cause = -1;
            for (var fact = firing.Matched; fact < firing.Produced; fact++)
                if (reasons.TryGetValue(_facts[fact], out var index) && index < at) cause = Math.Max(cause, index);
            at = cause;
        }
        return [];
    }
}
