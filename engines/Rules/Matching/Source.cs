using System.Diagnostics.CodeAnalysis;

namespace Engines.Rules.Matching;

/// <summary>Hands out each match once. "No more" is for now: later facts may bring some.</summary>
internal abstract class Source<T>
{
    public abstract bool TryNext([MaybeNullWhen(false)] out T match);
}

internal sealed class Scan<T>(FactList<T> facts, Func<T, bool>? where) : Source<T> where T : notnull
{
    private int _next;

    public override bool TryNext([MaybeNullWhen(false)] out T match)
    {
        while (_next < facts.Count)
        {
            match = facts[_next++];
            if (where is null || where(match)) return true;
        }
        match = default;
        return false;
    }
}

internal sealed class Filtered<T>(Source<T> matches, Func<T, bool> where) : Source<T>
{
    public override bool TryNext([MaybeNullWhen(false)] out T match)
    {
        while (matches.TryNext(out match))
            if (where(match)) return true;
        return false;
    }
}

internal sealed class Absent<TLeft, TRight>(
    Source<TLeft> matches, FactList<TRight> facts, Func<TLeft, Key> left, Func<TRight, Key> right, Func<TLeft, TRight, bool>? where)
    : Source<TLeft> where TRight : notnull
{
    private KeyIndex? _index;

    public override bool TryNext([MaybeNullWhen(false)] out TLeft match)
    {
        while (matches.TryNext(out match))
            if (!Exists(match)) return true;
        return false;
    }

    private bool Exists(TLeft match)
    {
        if (facts.Count == 0) return false;
        _index ??= KeyIndex.Over(facts, right);
        var at = _index.First(left(match));
        while (at >= 0 && where is not null && !where(match, facts[at])) at = _index.Next(at);
        return at >= 0;
    }
}

internal sealed class Collected<TLeft, TRight, TOut>(
    Source<TLeft> matches, FactList<TRight> facts, Func<TLeft, Key> left, Func<TRight, Key> right, Func<TLeft, TRight, bool>? where,
    Func<TLeft, Facts<TRight>, TOut> combine) : Source<TOut> where TRight : notnull
{
    private KeyIndex? _index;

    public override bool TryNext([MaybeNullWhen(false)] out TOut match)
    {
        match = default;
        if (!matches.TryNext(out var one)) return false;
        _index ??= KeyIndex.Over(facts, right);
        var collected = new Facts<TRight>();
        for (var at = _index.First(left(one)); at >= 0; at = _index.Next(at))
            if (where is null || where(one, facts[at])) collected.Add(facts[at]);
        match = combine(one, collected);
        return true;
    }
}

internal sealed class Grouped<TKey, T>(Source<T> matches, Func<T, TKey> key) : Source<Group<TKey, T>> where TKey : notnull
{
    private List<Group<TKey, T>>? _groups;
    private int _next;

    public override bool TryNext([MaybeNullWhen(false)] out Group<TKey, T> match)
    {
        _groups ??= Collect();
        match = _next < _groups.Count ? _groups[_next++] : null;
        return match is not null;
    }

    private List<Group<TKey, T>> Collect()
    {
        var groups = new List<Group<TKey, T>>();
        var byKey = new Dictionary<TKey, Group<TKey, T>>();
        while (matches.TryNext(out var match))
        {
            var value = key(match);
            if (!byKey.TryGetValue(value, out var group)) groups.Add(byKey[value] = group = new Group<TKey, T>(value));
            group.Add(match);
        }
        return groups;
    }
}
