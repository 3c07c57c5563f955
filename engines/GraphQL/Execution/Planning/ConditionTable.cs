namespace Engines.GraphQL.Execution.Planning;

/// <summary>
/// The <c>@skip</c> and <c>@include</c> conditions of an operation: conjunctions of variables and their negations, each with a number.
/// They are decided once per request, all together.
/// </summary>
internal sealed class ConditionTable
{
    public const int Always = 0;
    public const int Never = -1;

    private readonly List<string> _variables = [];
    // A literal is twice its variable's number, plus one when negated. Sets are sorted.
    private readonly List<int[]> _sets = [[]];
    private readonly Dictionary<string, int> _interned = new() { [""] = Always };
    private readonly Dictionary<(int Set, int Literal), int> _extended = [];

    public IReadOnlyList<string> Variables => _variables;

    public int And(int set, string variable, bool expected)
    {
        var index = _variables.IndexOf(variable);
        if (index < 0)
        {
            index = _variables.Count;
            _variables.Add(variable);
        }
        var literal = index * 2 + (expected ? 0 : 1);
        if (_extended.TryGetValue((set, literal), out var known)) return known;
        return _extended[(set, literal)] = Extend(_sets[set], literal, set);
    }

    /// <summary>Whether the first holds only where the second does.</summary>
    public bool Implies(int set, int other)
    {
        if (other == Always || set == other) return true;
        int[] larger = _sets[set], smaller = _sets[other];
        if (smaller.Length > larger.Length) return false;
        foreach (var literal in smaller)
            if (Array.BinarySearch(larger, literal) < 0) return false;
        return true;
    }

    /// <summary>Which sets hold; null when there are no conditions.</summary>
    public bool[]? Decide(IReadOnlyDictionary<string, object?> variables)
    {
        if (_variables.Count == 0) return null;
        var holds = new bool[_sets.Count];
        for (var i = 0; i < holds.Length; i++)
            holds[i] = Array.TrueForAll(_sets[i], literal => variables.GetValueOrDefault(_variables[literal / 2]) is true == (literal % 2 == 0));
        return holds;
    }

    private int Extend(int[] set, int literal, int number)
    {
        var at = Array.BinarySearch(set, literal);
        if (at >= 0) return number;
        if (Array.BinarySearch(set, literal ^ 1) >= 0) return Never;
        int[] extended = [.. set[..~at], literal, .. set[~at..]];
        var name = string.Join(',', extended);
        if (_interned.TryGetValue(name, out var known)) return known;
        _sets.Add(extended);
        return _interned[name] = _sets.Count - 1;
    }
}
