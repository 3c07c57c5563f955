using Cmms.Domain.Events;

namespace Cmms.Graph.Live;

/// <summary>The latest events of a customer, without gaps from its first to its last.</summary>
internal sealed class EventWindow(long start)
{
    private const int Size = 4_096;
    private readonly Lock _lock = new();
    private readonly List<Event> _events = [];
    /// <summary>Everything after this position is in the window.</summary>
    private long _start = start;
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The last position.</summary>
    public long Last
    {
        get
        {
            lock (_lock) return _events.Count > 0 ? _events[^1].Position : _start;
        }
    }

    /// <summary>Completes when something is added.</summary>
    public Task More
    {
        get
        {
            lock (_lock) return _more.Task;
        }
    }

    /// <summary>Up to a page of what comes after a position; null when the window does not reach back so far.</summary>
    public IReadOnlyList<Event>? After(long position)
    {
        lock (_lock)
        {
            if (position < _start) return null;
            var index = _events.FindLastIndex(e => e.Position <= position) + 1;
            return index == _events.Count ? [] : _events.GetRange(index, Math.Min(_events.Count - index, 256));
        }
    }

    public void Add(IReadOnlyList<Event> events)
    {
        TaskCompletionSource waiting;
        lock (_lock)
        {
            _events.AddRange(events);
            if (_events.Count > 2 * Size)
            {
                _start = _events[^(Size + 1)].Position;
                _events.RemoveRange(0, _events.Count - Size);
            }
            (waiting, _more) = (_more, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        waiting.SetResult();
    }
}
