using Cmms.Domain.Events;

namespace Cmms.Graph.Live;

/// <summary>
/// The messages of one interest, found once for all who have it: each subscriber gets the same object, and has nothing but a position in here.
/// What has gone out of the customer's window goes out of this too; whoever is behind reads the log.
/// </summary>
internal abstract class Topic(Interest interest, long start)
{
    private const int Together = 64;
    private readonly List<Listener> _listeners = [];

    public Interest Interest => interest;
    protected Lock Lock { get; } = new();
    /// <summary>Everything after this position is here.</summary>
    protected long Start { get; private set; } = start;

    /// <summary>How many listen.</summary>
    public int Listeners { get; private set; }

    public void Join(Listener listener)
    {
        lock (Lock) _listeners.Add(listener);
        Listeners++;
    }

    public void Leave(Listener listener)
    {
        lock (Lock) _listeners.Remove(listener);
        Listeners--;
    }

    /// <summary>Takes an event under one of the headings, if it is meant.</summary>
    public abstract bool Add(Event filed);

    /// <summary>Forgets everything up to a position.</summary>
    public void Forget(long upTo)
    {
        lock (Lock)
        {
            Start = upTo;
            Trim(upTo);
        }
    }

    /// <summary>
    /// Wakes all, elsewhere, some dozens by a thread: the first of them makes the message and the others find it made, and a thread is not woken for each.
    /// </summary>
    public void Wake()
    {
        Listener[] all;
        lock (Lock) all = [.. _listeners];
        for (var begin = 0; begin < all.Length; begin += Together)
            ThreadPool.UnsafeQueueUserWorkItem(static some =>
            {
                foreach (var listener in some) listener.WakeHere();
            }, new ArraySegment<Listener>(all, begin, Math.Min(Together, all.Length - begin)), preferLocal: false);
    }

    protected abstract void Trim(long upTo);
}

/// <param name="message">Makes a message of its cursor and its event.</param>
internal sealed class Topic<T>(Interest interest, long start, Func<string, Event?, T> message) : Topic(interest, start) where T : LiveMessage
{
    private readonly List<T> _messages = [];

    public override bool Add(Event filed)
    {
        if (!Interest.Takes(filed)) return false;
        var made = message(EventCursor.Encode(filed.CustomerId, filed.Position), filed);
        lock (Lock) _messages.Add(made);
        return true;
    }

    /// <summary>The first message after a position, null when there is none yet; false when it may have been forgotten.</summary>
    public bool TryFind(long after, out T? next)
    {
        lock (Lock)
        {
            next = null;
            if (after < Start) return false;
            var index = IndexAfter(after);
            if (index < _messages.Count) next = _messages[index];
            return true;
        }
    }

    protected override void Trim(long upTo) => _messages.RemoveRange(0, IndexAfter(upTo));

    private int IndexAfter(long position) => EventWindow.IndexAfter(_messages, position, static m => m.Event!.Position);
}
