using System.Collections;

namespace Engines.Rules;

/// <summary>The facts that a rule collected, in the order in which they became known.</summary>
public class Facts<T> : IReadOnlyList<T>
{
    private readonly List<T> _items = [];

    internal Facts() { }

    public int Count => _items.Count;
    public T this[int index] => _items[index];
    public List<T>.Enumerator GetEnumerator() => _items.GetEnumerator();
    IEnumerator<T> IEnumerable<T>.GetEnumerator() => _items.GetEnumerator();
    IEnumerator IEnumerable.GetEnumerator() => _items.GetEnumerator();
    internal void Add(T item) => _items.Add(item);
    public override string ToString() => $"{Count} {Words.Phrase(typeof(T))}";
}

/// <summary>The matches that share a key.</summary>
public sealed class Group<TKey, T> : Facts<T> where TKey : notnull
{
    internal Group(TKey key) => Key = key;

    public TKey Key { get; }
    public override string ToString() => $"{base.ToString()} of {Words.Value(Key)}";
}
