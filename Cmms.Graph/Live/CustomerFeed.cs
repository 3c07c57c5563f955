using Cmms.Domain.Events;
using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Graph.Live;

/// <summary>What happens at one customer: a window of recent events, and the topics that are listened to, found by the headings of an event.</summary>
internal sealed class CustomerFeed(long customer, long start, CmmsDbFactory factory)
{
    private const int Page = 500;
    private readonly Lock _lock = new();
    private readonly EventWindow _window = new(start);
    private readonly Dictionary<(Interest, Type), Topic> _topics = [];
    private readonly Dictionary<Heading, List<Topic>> _filed = [];
    private Task _reachingBack = Task.CompletedTask;

    /// <summary>How many topics are listened to.</summary>
    public int Topics
    {
        get
        {
            lock (_lock) return _topics.Count;
        }
    }

    /// <summary>Adds what happened next and wakes those whom it concerns, and nobody else.</summary>
    public void Publish(IReadOnlyList<Event> events)
    {
        HashSet<Topic> concerned = [];
        lock (_lock)
        {
            foreach (var happened in events)
                foreach (var heading in Heading.Of(happened))
                    if (_filed.TryGetValue(heading, out var topics))
                        foreach (var topic in topics)
                            if (topic.Add(happened)) concerned.Add(topic);
            if (_window.Add(events))
                foreach (var topic in _topics.Values) topic.Forget(_window.Start);
        }
        foreach (var topic in concerned) topic.Wake();
    }

    /// <summary>Listens to a topic; it ends with its last listener.</summary>
    /// <param name="after">Where the listener is: when it is behind, a new topic begins where the window does.</param>
    public Topic<T> Join<T>(Interest interest, long after, Func<string, Event?, T> message, Listener listener) where T : LiveMessage
    {
        lock (_lock)
        {
            if (!_topics.TryGetValue((interest, typeof(T)), out var topic))
            {
                var isBehind = after < _window.Last;
                _topics.Add((interest, typeof(T)), topic = new Topic<T>(interest, isBehind ? _window.Start : _window.Last, message));
                if (isBehind)
                    foreach (var happened in _window.Events.Where(interest.Meets)) topic.Add(happened);
                foreach (var heading in interest.Headings)
                    if (_filed.TryGetValue(heading, out var topics)) topics.Add(topic);
                    else _filed.Add(heading, [topic]);
            }
            topic.Join(listener);
            return (Topic<T>)topic;
        }
    }

    public void Leave<T>(Topic<T> topic, Listener listener) where T : LiveMessage
    {
        lock (_lock)
        {
            topic.Leave(listener);
            if (topic.Listeners > 0) return;
            _topics.Remove((topic.Interest, typeof(T)));
            foreach (var heading in topic.Interest.Headings)
                if (_filed[heading] is [_]) _filed.Remove(heading);
                else _filed[heading].Remove(topic);
        }
    }

    /// <summary>
    /// A page of what happened after a position, from the window or from the log, up to what is published; the position is where the page ends. Nothing:
    /// there is nothing more, and topics go on from the position.
    /// </summary>
    public async ValueTask<(IReadOnlyList<Event> Events, long UpTo)> ReplayAsync(long after, CancellationToken cancel)
    {
        long published;
        lock (_lock)
        {
            if (_window.After(after, Page) is { } recent) return (recent, recent.Count > 0 ? recent[^1].Position : Math.Max(after, _window.Last));
            // What is in the log already but not published yet may have taken the reader's right away.
            published = _window.Last;
        }
        await using var db = factory.For(Scope.System);
        var events = await db.Events.Where(e => e.CustomerId == customer && e.Position > after && e.Position <= published).OrderBy(e => e.Position).Take(Page).ToListAsync(cancel);
        return (events, events.Count > 0 ? events[^1].Position : published);
    }

    /// <summary>Reads what came before the window into it, as far as there is room, once for all who come back after a restart.</summary>
    public async Task ReachBackAsync(long after, CancellationToken cancel)
    {
        while (true)
        {
            Task reading;
            lock (_lock)
            {
                if (after >= _window.Start || _window.Room == 0) return;
                if (_reachingBack.IsCompleted) _reachingBack = ReadBack(_window.Start, after, Math.Min(Page, _window.Room));
                reading = _reachingBack;
            }
            await reading.WaitAsync(cancel);
        }
    }

    /// <summary>One page, outside of the lock; it ends with nobody, since all who came back wait for it.</summary>
    private Task ReadBack(long start, long after, int most) => Task.Run(async () =>
    {
        await using var db = factory.For(Scope.System);
        var events = await db.Events.Where(e => e.CustomerId == customer && e.Position <= start && e.Position > after).OrderByDescending(e => e.Position).Take(most).ToListAsync();
        events.Reverse();
        lock (_lock)
            if (_window.Start == start) _window.Prepend(events, events.Count < most ? after : events[0].Position - 1);
    });
}
