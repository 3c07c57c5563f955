namespace Engines.GraphQL.Execution.Persisted;

/// <summary>Documents that clients registered, by their SHA-256. Bounded in number and length; what was not asked for lately is forgotten first.</summary>
internal sealed class AutomaticDocuments(int maxCount, int maxBytes)
{
    private readonly Dictionary<string, LinkedListNode<Entry>> _known = new(StringComparer.Ordinal);
    private readonly LinkedList<Entry> _byUse = [];
    private readonly Lock _lock = new();
    private long _bytes;

    public bool IsOff => maxCount <= 0;

    public bool TryFind(string hash, out ReadOnlyMemory<byte> text)
    {
        lock (_lock)
        {
            text = default;
            if (!_known.TryGetValue(hash, out var entry)) return false;
            _byUse.Remove(entry);
            _byUse.AddFirst(entry);
            text = entry.Value.Text;
            return true;
        }
    }

    /// <param name="text">Is copied: it belongs to a request.</param>
    public void Keep(string hash, ReadOnlyMemory<byte> text)
    {
        if (IsOff || text.Length > maxBytes) return;
        lock (_lock)
        {
            if (_known.ContainsKey(hash)) return;
            _known[hash] = _byUse.AddFirst(new Entry(hash, text.ToArray()));
            _bytes += text.Length;
            while (_known.Count > maxCount || _bytes > maxBytes)
            {
                var forgotten = _byUse.Last!.Value;
                _byUse.RemoveLast();
                _known.Remove(forgotten.Hash);
                _bytes -= forgotten.Text.Length;
            }
        }
    }

    private readonly record struct Entry(string Hash, ReadOnlyMemory<byte> Text);
}
