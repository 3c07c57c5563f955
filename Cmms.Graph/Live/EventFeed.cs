using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Cmms.Domain.Events;
using Cmms.Domain.Persistence;
using Cmms.Graph.Access;
using Engines.GraphQL;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Graph.Live;

/// <summary>
/// The event log as subscribers read it: each at its own position in the topic of its interest, and in the log itself where the topic does not
/// reach. No subscriber has a buffer that could overflow; one that reads slowly is only further behind.
/// </summary>
internal sealed class EventFeed(EventTail tail, CmmsDbFactory factory, OpenCredentials credentials) : BackgroundService
{
    /// <summary>The most events that are replayed after a reconnect.</summary>
    public const int MostReplayed = 10_000;
    private readonly ConcurrentDictionary<long, CustomerFeed> _customers = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How many topics are listened to, of all customers.</summary>
    public int Topics => _customers.Values.Sum(c => c.Topics);

    /// <summary>
    /// The messages of an interest after a position, for ever, or until the caller's right ends: then what came before its end is delivered first. Without a
    /// position, from now on: then the first message has no event, but the cursor to go on from.
    /// </summary>
    /// <param name="also">What else must be right, where an event alone does not tell.</param>
    /// <exception cref="GraphQLException">CURSOR_EXPIRED: more was missed than is replayed. UNAUTHENTICATED: the right has ended already.</exception>
    public async IAsyncEnumerable<T> Follow<T>(
        SiteCaller caller, string? after, Interest interest, Func<string, Event?, T> message, [EnumeratorCancellation] CancellationToken cancel, Func<T, ValueTask<bool>>? also = null)
        where T : LiveMessage
    {
        await _started.Task.WaitAsync(cancel);
        var right = caller.Right ?? throw new GraphQLException("A subscription needs a connection that stays open.", ErrorCodes.Unauthenticated);
        var customer = Customer(caller.CustomerId);
        long position;
        if (after is null)
        {
            // Also what this process has not heard of yet: it is not to follow as a second message.
            position = await tail.HeadAsync(caller.CustomerId, cancel);
            yield return message(EventCursor.Encode(caller.CustomerId, position), null);
        }
        else
        {
            position = EventCursor.Decode(after, caller.CustomerId);
            await RequireReplayable(caller.CustomerId, position, cancel);
            await customer.ReachBackAsync(position, cancel);
        }

        var listener = new Listener();
        await using var woken = cancel.Register(static l => ((Listener)l!).Wake(), listener);
        using var listening = right.Listen(listener);
        var topic = customer.Join(interest, position, message, listener);
        Queue<T> missed = new(0);
        try
        {
            while (!cancel.IsCancellationRequested)
            {
                if (!missed.TryDequeue(out var next) && !topic.TryFind(position, out next))
                {
                    var (events, upTo) = await customer.ReplayAsync(position, cancel);
                    foreach (var happened in events.Where(interest.Meets)) missed.Enqueue(message(EventCursor.Encode(caller.CustomerId, happened.Position), happened));
                    if (missed.Count == 0) position = upTo;
                }
                else if (next is not null)
                {
                    position = next.Event!.Position;
                    if (!right.Covers(position) && !await right.CoversAsync(position, cancel)) break;
                    if (also is null || await also(next)) yield return next;
                }
                else if (right.IsOver) break;
                else await listener.SleepAsync();
            }
            // Everything before the end of the right has been delivered. What follows is for the transport to say, when all its subscriptions are so far.
            await listening.EndAsync(cancel);
        }
        finally
        {
            customer.Leave(topic, listener);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var heads = await tail.HeadsAsync(stoppingToken);
        foreach (var (customer, head) in heads) _customers[customer] = new CustomerFeed(customer, head, factory);
        _started.SetResult();
        await foreach (var batch in tail.FollowAsync(heads, stoppingToken))
        {
            // First: whose right may have ended waits for the answer where it may have ended. Nobody else does.
            var doubted = await credentials.DoubtAsync(batch, stoppingToken);
            Customer(batch.CustomerId).Publish(batch.Events);
            if (doubted.Count > 0) _ = credentials.AskAsync(doubted, stoppingToken);
        }
    }

    private CustomerFeed Customer(long id) => _customers.GetOrAdd(id, static (id, factory) => new CustomerFeed(id, 0, factory), factory);

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
