using System.Runtime.InteropServices;
using Cmms.Domain;
using Cmms.Domain.Persistence.Sql;

namespace Cmms.Graph.RateLimits;

/// <summary>
/// Counts in this process's memory, each in a window of its own that begins with its first request. Where processes share theirs, these are what
/// this one knows of them.
/// </summary>
/// <param name="capacity">How many are kept. Beyond it those go that asked for least.</param>
internal sealed class Buckets(TimeSpan window, int capacity = 100_000)
{
    private readonly Dictionary<string, RateCount> _counts = [];
    private readonly Lock _lock = new();
    private Instant _sweepAt;

    public int Size
    {
        get
        {
            lock (_lock) return _counts.Count;
        }
    }

    /// <summary>What is known, without counting anything.</summary>
    public RateCount Find(string name, Instant now)
    {
        lock (_lock) return At(_counts.GetValueOrDefault(name) with { Name = name }, now);
    }

    /// <summary>Adds to a count; answers what it comes to.</summary>
    public RateCount Add(string name, int requests, double cost, Instant now)
    {
        lock (_lock)
        {
            ref var count = ref Reserve(name, now);
            var running = At(count with { Name = name }, now);
            return count = running with { Requests = running.Requests + requests, Cost = running.Cost + cost };
        }
    }

    /// <summary>Takes over what all processes have counted; of the same window this one may know more, which is on its way to the others.</summary>
    public void Learn(RateCount all, Instant now)
    {
        lock (_lock)
        {
            ref var count = ref Reserve(all.Name, now);
            count = count.ResetsAt == all.ResetsAt ? all with { Requests = Math.Max(all.Requests, count.Requests), Cost = Math.Max(all.Cost, count.Cost) } : all;
        }
    }

    private RateCount At(RateCount count, Instant now) => IsOver(count, now) ? new RateCount(count.Name, 0, 0, now + window) : count;

    // One that ends later than a window that begins now is of a clock that was set back since: it keeps nobody waiting.
    private bool IsOver(RateCount count, Instant now) => count.ResetsAt <= now || count.ResetsAt > now + window;

    private ref RateCount Reserve(string name, Instant now)
    {
        if (_counts.Count >= capacity || _sweepAt <= now || _sweepAt > now + window) Sweep(now);
        return ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, name, out _);
    }

    private void Sweep(Instant now)
    {
        _sweepAt = now + window;
        foreach (var (name, count) in _counts)
            if (IsOver(count, now)) _counts.Remove(name);
        if (_counts.Count < capacity) return;
        // Many at once, since they have to be put in order.
        foreach (var count in _counts.Values.OrderBy(c => c.Requests + c.Cost).Take((capacity + 1) / 2).ToList()) _counts.Remove(count.Name);
    }
}
