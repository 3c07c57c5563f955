using System.Data.Common;
using System.Runtime.CompilerServices;
using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Cmms.Domain.Events;

/// <summary>Events of one customer, in the order of their positions.</summary>
public sealed record EventBatch(long CustomerId, IReadOnlyList<Event> Events);

/// <summary>
/// Reads the event log as it grows, whichever process writes it. The database wakes it, the log itself is the truth: a wake-up that is lost,
/// or a database that restarts, delays but never skips or repeats an event.
/// </summary>
public sealed partial class EventTail(CmmsDbFactory factory, DatabaseOptions options, ILogger<EventTail> logger)
{
    private const int BatchSize = 500;
    private static readonly Compiled<Func<CmmsDb, IAsyncEnumerable<EventHead>>> s_heads = new(() => EF.CompileAsyncQuery((CmmsDb db) => db.EventHeads));
    private static readonly Compiled<Func<CmmsDb, long, long, IAsyncEnumerable<Event>>> s_after = new(() => EF.CompileAsyncQuery((CmmsDb db, long customer, long after) =>
        db.Events.Where(e => e.CustomerId == customer && e.Position > after).OrderBy(e => e.Position).Take(BatchSize)));
    private static readonly TimeSpan s_shortest = TimeSpan.FromMilliseconds(100), s_longest = TimeSpan.FromSeconds(5);

    /// <summary>Where each customer's log ends now: the place to follow it from for what comes next.</summary>
    public async Task<IReadOnlyDictionary<long, long>> HeadsAsync(CancellationToken cancel = default)
    {
        await using var db = factory.For(Scope.System);
        Dictionary<long, long> heads = [];
        await foreach (var head in s_heads.For(db)(db).WithCancellation(cancel)) heads.Add(head.CustomerId, head.Position);
        return heads;
    }

    /// <summary>Where one customer's log ends now.</summary>
    public async Task<long> HeadAsync(long customerId, CancellationToken cancel = default)
    {
        await using var db = factory.For(Scope.System);
        return await db.EventHeads.Where(head => head.CustomerId == customerId).Select(head => (long?)head.Position).SingleOrDefaultAsync(cancel) ?? 0;
    }

    /// <summary>Everything after these positions, for ever; a customer that is not among them from its first event.</summary>
    public async IAsyncEnumerable<EventBatch> FollowAsync(IReadOnlyDictionary<long, long> after, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var positions = after.ToDictionary();
        await using var signal = EventSignal.For(options, factory.Commits);
        while (true)
        {
            // Listen first, then read: what is committed in between wakes again.
            var heads = await PatientlyAsync(async token =>
            {
                await signal.ListenAsync(token);
                return await HeadsAsync(token);
            }, cancel);
            foreach (var (customer, head) in heads.Where(head => head.Value > positions.GetValueOrDefault(head.Key)))
            {
                for (var position = positions.GetValueOrDefault(customer); position < head; position = positions[customer])
                {
                    var events = await PatientlyAsync(token => ReadAsync(customer, position, token), cancel);
                    positions[customer] = events.Count == 0 ? head : events[^1].Position;
                    if (events.Count > 0) yield return new EventBatch(customer, events);
                }
            }
            await signal.WaitAsync(cancel);
        }
    }

    private async Task<List<Event>> ReadAsync(long customer, long after, CancellationToken cancel)
    {
        await using var db = factory.For(Scope.System);
        return await ReadAsync(db, customer, after, cancel);
    }

    internal static async Task<List<Event>> ReadAsync(CmmsDb db, long customer, long after, CancellationToken cancel)
    {
        List<Event> events = [];
        await foreach (var happened in s_after.For(db)(db, customer, after).WithCancellation(cancel)) events.Add(happened);
        return events;
    }

    /// <summary>Until the database answers again.</summary>
    private async Task<T> PatientlyAsync<T>(Func<CancellationToken, Task<T>> act, CancellationToken cancel)
    {
        for (var delay = s_shortest; ; delay = delay * 2 < s_longest ? delay * 2 : s_longest)
        {
            try
            {
                return await act(cancel);
            }
            catch (Exception exception) when (exception is DbException || exception.InnerException is DbException)
            {
                LogUnreachable(exception, delay);
            }
            await Task.Delay(delay, cancel);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The event log cannot be read; trying again in {Delay}.")]
    private partial void LogUnreachable(Exception exception, TimeSpan delay);
}
