using Engines.Rules.Matching;

namespace Engines.Rules;

/// <summary>
/// One rule: facts that stand together, and what follows from them. A subclass is a sentence in <see cref="Define"/>; it holds no state,
/// so that one instance serves any number of sessions.
/// </summary>
public abstract class Rule
{
    private CompiledRule? _compiled;

    protected Rule() => Name = Words.Sentence(GetType().Name);

    /// <summary>What traces call it; unique in a rule set. By default the words of the class name.</summary>
    public virtual string Name { get; }

    /// <summary>Of the rules that could fire, the one with the highest priority does; equal ones in the order of the rule set.</summary>
    public virtual int Priority => 0;

    /// <summary>Names for groups of rules, to enable or disable them together.</summary>
    public virtual IReadOnlyList<string> Tags => [];

    /// <summary>States the rule: <c>When … And … Without … Then</c>.</summary>
    public abstract void Define();

    /// <summary>For each fact of the type, or each that satisfies <paramref name="where"/>.</summary>
    protected Match<T> When<T>(Func<T, bool>? where = null) where T : notnull => new(this, Plan.Scan(where));

    internal void Complete(CompiledRule compiled)
    {
        if (_compiled is not null) throw new InvalidOperationException($"Rule '{Name}' has more than one Then.");
        _compiled = compiled;
    }

    internal CompiledRule Compile()
    {
        _compiled = null;
        Define();
        return _compiled ?? throw new InvalidOperationException($"Rule '{Name}' defines no Then.");
    }
}
