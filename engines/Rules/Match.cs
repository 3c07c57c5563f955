using Engines.Rules.Matching;

namespace Engines.Rules;

/// <summary>A rule under construction that matches one fact.</summary>
public sealed class Match<T1> where T1 : notnull
{
    private readonly Rule _rule;
    private readonly Plan<T1> _plan;

    internal Match(Rule rule, Plan<T1> plan) => (_rule, _plan) = (rule, plan);

    /// <summary>Only where this holds too.</summary>
    public Match<T1> Where(Func<T1, bool> where) => new(_rule, _plan.Filter(where));

    /// <summary>Together with each fact whose key is the same.</summary>
    public Match<T1, T2> And<T2>(Func<T1, Key> left, Func<T2, Key> right, Func<T1, T2, bool>? where = null) where T2 : notnull =>
        new(_rule, _plan.Join(left, right, where, static (a, b) => (a, b), static (m, facts) => { facts.Add(m.a); facts.Add(m.b); }));

    /// <summary>Only where no fact has the same key. All that can be derived of it is known before this is asked.</summary>
    public Match<T1> Without<T2>(Func<T1, Key> left, Func<T2, Key> right, Func<T1, T2, bool>? where = null) where T2 : notnull =>
        new(_rule, _plan.Absent(left, right, where));

    /// <summary>Together with all facts whose key is the same, even none. All that can be derived of it is known before.</summary>
    public Match<T1, Facts<T2>> Collect<T2>(Func<T1, Key> left, Func<T2, Key> right, Func<T1, T2, bool>? where = null) where T2 : notnull =>
        new(_rule, _plan.Collect(left, right, where, static (a, b) => (a, b), static (m, facts) => { facts.Add(m.a); facts.Add(m.b); }));

    /// <summary>All of them that share a key as one match. All that can be derived of them is known before.</summary>
    public Match<Group<TKey, T1>> GroupBy<TKey>(Func<T1, TKey> key) where TKey : notnull => new(_rule, _plan.Group(key));

    /// <summary>Announces that the rule inserts facts that rules of the set match.</summary>
    public Match<T1> Derives<T>() where T : notnull => new(_rule, _plan.Derives(typeof(T)));

    public void Then(Action<T1, Decisions> act) => _rule.Complete(new CompiledRule<T1>(_rule, _plan, act));

    /// <summary>Inserts what <paramref name="derive"/> answers, unless null.</summary>
    public void Then<T>(Func<T1, T?> derive) where T : class =>
        Derives<T>().Then((a, decide) => { if (derive(a) is { } fact) decide.Insert(fact); });
}

/// <summary>A rule under construction that matches two facts.</summary>
public sealed class Match<T1, T2> where T1 : notnull where T2 : notnull
{
    private readonly Rule _rule;
    private readonly Plan<(T1 A, T2 B)> _plan;

    internal Match(Rule rule, Plan<(T1 A, T2 B)> plan) => (_rule, _plan) = (rule, plan);

    /// <inheritdoc cref="Match{T1}.Where"/>
    public Match<T1, T2> Where(Func<T1, T2, bool> where) => new(_rule, _plan.Filter(m => where(m.A, m.B)));

    /// <inheritdoc cref="Match{T1}.And"/>
    public Match<T1, T2, T3> And<T3>(Func<T1, T2, Key> left, Func<T3, Key> right, Func<T1, T2, T3, bool>? where = null) where T3 : notnull =>
        new(_rule, _plan.Join(m => left(m.A, m.B), right, Both(where), static (m, c) => (m.A, m.B, c), Match<T1, T2, T3>.List));

    /// <inheritdoc cref="Match{T1}.Without"/>
    public Match<T1, T2> Without<T3>(Func<T1, T2, Key> left, Func<T3, Key> right, Func<T1, T2, T3, bool>? where = null) where T3 : notnull =>
        new(_rule, _plan.Absent(m => left(m.A, m.B), right, Both(where)));

    /// <inheritdoc cref="Match{T1}.Collect"/>
    public Match<T1, T2, Facts<T3>> Collect<T3>(Func<T1, T2, Key> left, Func<T3, Key> right, Func<T1, T2, T3, bool>? where = null) where T3 : notnull =>
        new(_rule, _plan.Collect(m => left(m.A, m.B), right, Both(where), static (m, c) => (m.A, m.B, c), Match<T1, T2, Facts<T3>>.List));

    /// <inheritdoc cref="Match{T1}.GroupBy"/>
    public Match<Group<TKey, (T1, T2)>> GroupBy<TKey>(Func<T1, T2, TKey> key) where TKey : notnull => new(_rule, _plan.Group(m => key(m.A, m.B)));

    /// <inheritdoc cref="Match{T1}.Derives"/>
    public Match<T1, T2> Derives<T>() where T : notnull => new(_rule, _plan.Derives(typeof(T)));

    public void Then(Action<T1, T2, Decisions> act) =>
        _rule.Complete(new CompiledRule<(T1 A, T2 B)>(_rule, _plan, (m, decide) => act(m.A, m.B, decide)));

    /// <inheritdoc cref="Match{T1}.Then{T}(Func{T1, T})"/>
    public void Then<T>(Func<T1, T2, T?> derive) where T : class =>
        Derives<T>().Then((a, b, decide) => { if (derive(a, b) is { } fact) decide.Insert(fact); });

    private static Func<(T1 A, T2 B), T3, bool>? Both<T3>(Func<T1, T2, T3, bool>? where) => where is null ? null : (m, c) => where(m.A, m.B, c);
}

/// <summary>A rule under construction that matches three facts.</summary>
public sealed class Match<T1, T2, T3> where T1 : notnull where T2 : notnull where T3 : notnull
{
    private readonly Rule _rule;
    private readonly Plan<(T1 A, T2 B, T3 C)> _plan;

    internal Match(Rule rule, Plan<(T1 A, T2 B, T3 C)> plan) => (_rule, _plan) = (rule, plan);

    internal static readonly Action<(T1 A, T2 B, T3 C), List<object>> List = static (m, facts) => { facts.Add(m.A); facts.Add(m.B); facts.Add(m.C); };

    /// <inheritdoc cref="Match{T1}.Where"/>
    public Match<T1, T2, T3> Where(Func<T1, T2, T3, bool> where) => new(_rule, _plan.Filter(m => where(m.A, m.B, m.C)));

    /// <inheritdoc cref="Match{T1}.Without"/>
    public Match<T1, T2, T3> Without<T4>(Func<T1, T2, T3, Key> left, Func<T4, Key> right, Func<T1, T2, T3, T4, bool>? where = null) where T4 : notnull =>
        new(_rule, _plan.Absent(m => left(m.A, m.B, m.C), right, where is null ? null : (m, d) => where(m.A, m.B, m.C, d)));

    /// <inheritdoc cref="Match{T1}.GroupBy"/>
    public Match<Group<TKey, (T1, T2, T3)>> GroupBy<TKey>(Func<T1, T2, T3, TKey> key) where TKey : notnull =>
        new(_rule, _plan.Group(m => key(m.A, m.B, m.C)));

    /// <inheritdoc cref="Match{T1}.Derives"/>
    public Match<T1, T2, T3> Derives<T>() where T : notnull => new(_rule, _plan.Derives(typeof(T)));

    public void Then(Action<T1, T2, T3, Decisions> act) =>
        _rule.Complete(new CompiledRule<(T1 A, T2 B, T3 C)>(_rule, _plan, (m, decide) => act(m.A, m.B, m.C, decide)));

    /// <inheritdoc cref="Match{T1}.Then{T}(Func{T1, T})"/>
    public void Then<T>(Func<T1, T2, T3, T?> derive) where T : class =>
        Derives<T>().Then((a, b, c, decide) => { if (derive(a, b, c) is { } fact) decide.Insert(fact); });
}
