using Cmms.Domain.Events;

namespace Cmms.Graph.Live;

/// <summary>The latest events of a customer, without gaps from its first to its last, bounded in number and size. Not for several threads at once.</summary>
internal sealed class EventWindow(long start, int most = 8_192, long mostBytes = 16 * 1024 * 1024)
{
    private const int Overhead = 400;
    private readonly List<Event> _events = [];
    private long _bytes;

    /// <summary>Everything after this position, up to <see cref="Last"/>, is in the window.</summary>
    public long Start { get; private set; } = start;

    /// <summary>The last position.</summary>
    public long Last { get; private set; } = start;

    public IReadOnlyList<Event> Events => _events;

    /// <summary>Up to a page of what comes after a position; null when the window does not reach back so far.</summary>
    public IReadOnlyList<Event>? After(long position, int page)
    {
        if (position < Start) return null;
        var index = IndexAfter(_events, position, static e => e.Position);
        return index == _events.Count ? [] : _events.GetRange(index, Math.Min(_events.Count - index, page));
    }

    /// <summary>Adds what comes next; whether something old had to go for it.</summary>
    public bool Add(IReadOnlyList<Event> events)
    {
        foreach (var happened in events) _bytes += SizeOf(happened);
        _events.AddRange(events);
        Last = events[^1].Position;
        if (_events.Count <= most && _bytes <= mostBytes) return false;
        // Half of it, so that this is seldom.
        var gone = 0;
        while (gone < _events.Count - 1 && (_events.Count - gone > most / 2 || _bytes > mostBytes / 2)) _bytes -= SizeOf(_events[gone++]);
        if (gone == 0) return false;
        Start = _events[gone - 1].Position;
        _events.RemoveRange(0, gone);
        return true;
    }

    /// <summary>Adds what came directly before, as far as there is room.</summary>
    public void Prepend(IReadOnlyList<Event> events, long start)
    {
        _events.InsertRange(0, events);
        foreach (var happened in events) _bytes += SizeOf(happened);
        Start = start;
    }

    /// <summary>How many older events may come in without pushing out newer ones soon.</summary>
    public int Room => _bytes > mostBytes / 4 ? 0 : Math.Max(0, most / 2 - _events.Count);

    /// <summary>Where in an ordered list that begins which comes after a position.</summary>
    internal static int IndexAfter<T>(List<T> ordered, long position, Func<T, long> positionOf)
    {
        // Nearly all who ask are at the end.
        if (ordered.Count == 0 || positionOf(ordered[^1]) <= position) return ordered.Count;
        var (low, high) = (0, ordered.Count - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (positionOf(ordered[middle]) <= position) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private static long SizeOf(Event happened) => Overhead + 2L * (happened.Changes.Length + (happened.Reason?.Length ?? 0));
}
