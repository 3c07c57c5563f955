using System.Numerics;

namespace Engines.Rules.Matching;

/// <summary>From a key to the positions that have it, in order. The position of an entry is the number of entries before it.</summary>
/// <remarks>A hash table of its own, so that no key costs a list.</remarks>
internal sealed class KeyIndex
{
    private Key[] _keys;
    private int[] _next; // the next position in the same bucket
    private (int First, int Last)[] _buckets;

    public KeyIndex(int capacity = 16)
    {
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(capacity, 16));
        (_keys, _next, _buckets) = (new Key[size], new int[size], NewBuckets(size));
    }

    public int Count { get; private set; }

    public static KeyIndex Over<T>(FactList<T> facts, Func<T, Key> key) where T : notnull
    {
        var index = new KeyIndex(facts.Count);
        for (var i = 0; i < facts.Count; i++) index.Add(key(facts[i]));
        return index;
    }

    public void Add(Key key)
    {
        if (Count == _keys.Length) Grow();
        _keys[Count] = key;
        Link(Count++);
    }

    /// <summary>The first position with the key, or -1.</summary>
    public int First(Key key) => key.IsNull ? -1 : Seek(key, Bucket(key).First);

    /// <summary>The next position with the same key, or -1.</summary>
    public int Next(int position) => Seek(_keys[position], _next[position]);

    private int Seek(Key key, int position)
    {
        while (position >= 0 && _keys[position] != key) position = _next[position];
        return position;
    }

    private ref (int First, int Last) Bucket(Key key) => ref _buckets[key.GetHashCode() & (_buckets.Length - 1)];

    private void Link(int position)
    {
        _next[position] = -1;
        var key = _keys[position];
        if (key.IsNull) return;
        ref var bucket = ref Bucket(key);
        if (bucket.First < 0) bucket.First = position;
        else _next[bucket.Last] = position;
        bucket.Last = position;
    }

    private void Grow()
    {
        Array.Resize(ref _keys, Count * 2);
        Array.Resize(ref _next, Count * 2);
        _buckets = NewBuckets(Count * 2);
        for (var i = 0; i < Count; i++) Link(i);
    }

    private static (int, int)[] NewBuckets(int size)
    {
        var buckets = new (int, int)[size];
        Array.Fill(buckets, (-1, -1));
        return buckets;
    }
}
