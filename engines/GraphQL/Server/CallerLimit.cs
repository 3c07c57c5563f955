using System.Runtime.InteropServices;

namespace Engines.GraphQL.Server;

/// <summary>How many things each caller has under way.</summary>
internal sealed class CallerLimit(int maximum)
{
    private readonly Dictionary<object, int> _counts = [];
    private readonly Lock _lock = new();

    /// <summary>False when the caller has the maximum already. A caller without a key is not counted.</summary>
    public bool TryEnter(object? key)
    {
        if (key is null) return true;
        lock (_lock)
        {
            ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, key, out _);
            if (count >= maximum) return false;
            count++;
            return true;
        }
    }

    public void Leave(object? key)
    {
        if (key is null) return;
        lock (_lock)
        {
            // A key without a count is forgotten, so that callers who came once cost nothing.
            if (_counts[key] == 1) _counts.Remove(key);
            else _counts[key]--;
        }
    }
}
