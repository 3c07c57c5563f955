namespace Engines.Rules.Matching;

/// <summary>How a condition depends on its facts: each new one counts, or all must be known first.</summary>
internal enum Need { Each, All }

/// <summary>One condition of a rule.</summary>
internal sealed record Condition(Type Fact, Need Need, bool Absent = false);

/// <summary>What a rule matches: its conditions, and how a session reads matches from its facts. Immutable and shared by all sessions.</summary>
internal sealed record Plan<T>(Condition[] Conditions, Type[] Derived, Func<WorkingMemory, Source<T>> Open, Action<T, List<object>> List)
{
    public Plan<T> Filter(Func<T, bool> where) => this with { Open = memory => new Filtered<T>(Open(memory), where) };

    public Plan<T> Derives(Type fact) => this with { Derived = [.. Derived, fact] };

    public Plan<TOut> Join<TRight, TOut>(
        Func<T, Key> left, Func<TRight, Key> right, Func<T, TRight, bool>? where, Func<T, TRight, TOut> combine, Action<TOut, List<object>> list)
        where TRight : notnull =>
        new([.. Conditions, new Condition(typeof(TRight), Need.Each)], Derived,
            memory => new Joined<T, TRight, TOut>(Open(memory), memory.Of<TRight>(), left, right, where, combine, memory.Grows(typeof(TRight))), list);

    public Plan<T> Absent<TRight>(Func<T, Key> left, Func<TRight, Key> right, Func<T, TRight, bool>? where) where TRight : notnull =>
        this with
        {
            Conditions = [.. Conditions, new Condition(typeof(TRight), Need.All, Absent: true)],
            Open = memory => new Absent<T, TRight>(Open(memory), memory.Of<TRight>(), left, right, where),
        };

    public Plan<TOut> Collect<TRight, TOut>(
        Func<T, Key> left, Func<TRight, Key> right, Func<T, TRight, bool>? where, Func<T, Facts<TRight>, TOut> combine, Action<TOut, List<object>> list)
        where TRight : notnull =>
        new([.. Conditions, new Condition(typeof(TRight), Need.All)], Derived,
            memory => new Collected<T, TRight, TOut>(Open(memory), memory.Of<TRight>(), left, right, where, combine), list);

    public Plan<Group<TKey, T>> Group<TKey>(Func<T, TKey> key) where TKey : notnull =>
        new([.. Conditions.Select(c => c with { Need = Need.All })], Derived,
            memory => new Grouped<TKey, T>(Open(memory), key), static (group, facts) => facts.Add(group));
}

internal static class Plan
{
    public static Plan<T> Scan<T>(Func<T, bool>? where) where T : notnull =>
        new([new Condition(typeof(T), Need.Each)], [], memory => new Scan<T>(memory.Of<T>(), where), static (fact, facts) => facts.Add(fact));
}
