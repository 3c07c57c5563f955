using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Cmms.Domain.Events;
using Cmms.Domain.Persistence;
using Cmms.Graph.Access;
using Engines.GraphQL;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Graph.Live;

/// <summary>
/// The event log as subscribers read it: each at its own position, from a window of recent events that the whole process shares, and from the
/// log itself where the window does not reach. No subscriber has a buffer that could overflow; one that reads slowly is only further behind.
/// </summary>
internal sealed class EventFeed(EventTail tail, CmmsDbFactory factory, OpenCredentials credentials) : BackgroundService
{
    /// <summary>The most events that are replayed after a reconnect.</summary>
    public const int MostReplayed = 10_000;
    private const int Page = 500;
    private readonly ConcurrentDictionary<long, EventWindow> _windows = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>
    /// The events of a site after a position, for ever. Without a position, from now on: then the first item is null, with the position to go on from.
    /// </summary>
    /// <exception cref="GraphQLException">CURSOR_EXPIRED: more was missed than is replayed.</exception>
    public async IAsyncEnumerable<(long Position, Event? Event)> Follow(SiteCaller caller, long? after, [EnumeratorCancellation] CancellationToken cancel)
    {
        await _started.Task.WaitAsync(cancel);
        var window = _windows.GetOrAdd(caller.CustomerId, _ => new EventWindow(0));
        long position;
        if (after is { } known)
        {
            await RequireReplayable(caller.CustomerId, known, cancel);
            position = known;
        }
        else
        {
            position = window.Last;
            yield return (position, null);
        }
        while (true)
        {
            // Taken before reading: what comes in between has completed it already.
            var more = window.More;
            var events = window.After(position) ?? await Read(caller.CustomerId, position, cancel);
            foreach (var happened in events)
            {
                position = happened.Position;
                if (happened.IsWithin(caller.Scope)) yield return (position, happened);
            }
            if (events.Count == 0) await more.WaitAsync(cancel);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var heads = await tail.HeadsAsync(stoppingToken);
        foreach (var (customer, head) in heads) _windows[customer] = new EventWindow(head);
        _started.SetResult();
        await foreach (var batch in tail.FollowAsync(heads, stoppingToken))
        {
            // First: who may no longer listen hears nothing of what took the right away.
            await credentials.SeeAsync(batch, stoppingToken);
            _windows.GetOrAdd(batch.CustomerId, _ => new EventWindow(0)).Add(batch.Events);
        }
    }

    private async Task<IReadOnlyList<Event>> Read(long customer, long after, CancellationToken cancel)
    {
        await using var db = factory.For(Scope.System);
        return await db.Events.Where(e => e.CustomerId == customer && e.Position > after).OrderBy(e => e.Position).Take(Page).ToListAsync(cancel);
    }

    private async Task RequireReplayable(long customer, long after, CancellationToken cancel)
    {
        await using var db = factory.For(Scope.System);
        var positions = db.Events.Where(e => e.CustomerId == customer).Select(e => (long?)e.Position);
        var (first, last) = (await positions.MinAsync(cancel) ?? 1, await positions.MaxAsync(cancel) ?? 0);
        var oldest = Math.Max(first - 1, last - MostReplayed);
        if (after >= oldest) return;
        throw new GraphQLException(new GraphQLError("What happened after this cursor is no longer replayed: load anew, and listen from the oldest cursor or from now.",
            "CURSOR_EXPIRED", Extensions: new Dictionary<string, object?> { ["oldest"] = EventCursor.Encode(customer, oldest) }));
    }
}
