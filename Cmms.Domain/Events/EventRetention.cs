using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Cmms.Domain.Events;

/// <summary>
/// Removes the events that customers no longer want to keep, oldest first, some at a time: what is left is always the whole of the log from some position on.
/// That it was done is itself an event, written before the first one goes. Any number of processes may run it.
/// </summary>
/// <param name="archiveFolder">Where they are written to before, if anywhere.</param>
public sealed partial class EventRetention(CmmsDbFactory factory, TimeProvider clock, ILogger<EventRetention> logger, string? archiveFolder = null)
{
    private const int BatchSize = 500;
    /// <summary>Between two batches, in which whoever waits to write has its turn.</summary>
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(25);

    /// <summary>Called between a batch's file and its removal; tests stop there.</summary>
    internal Func<Task>? BeforeRemoval { get; init; }

    /// <summary>Once through all customers; answers how many events are gone.</summary>
    public async Task<long> RunAsync(CancellationToken cancel)
    {
        var customers = await Read(db => db.Customers.Where(c => c.EventRetentionDays != null).OrderBy(c => c.Id).Select(c => c.Id).ToListAsync(cancel));
        var removed = 0L;
        foreach (var customer in customers)
        {
            var of = await RemoveAsync(customer, cancel);
            if (of > 0) LogRemoved(customer, of);
            removed += of;
        }
        return removed;
    }

    private async Task<long> RemoveAsync(long customer, CancellationToken cancel)
    {
        if (archiveFolder is null) return await RemoveAsync(customer, null, cancel);
        using var archive = EventArchive.Open(archiveFolder, customer);
        return archive is null ? 0 : await RemoveAsync(customer, archive, cancel);
    }

    private async Task<long> RemoveAsync(long customer, EventArchive? archive, CancellationToken cancel)
    {
        if (await AnnounceAsync(customer, cancel) is not { } before) return 0;
        var removed = 0L;
        while (true)
        {
            var batch = await OldestAsync(customer, before, cancel);
            if (batch.Count == 0) return removed;
            if (archive is not null) await archive.WriteAsync(batch, cancel);
            if (BeforeRemoval is { } pause) await pause();
            removed += await RemoveAsync(customer, batch[^1].Position, cancel);
            await Task.Delay(s_pause, cancel);
        }
    }

    /// <summary>Puts on record from which moment on the log will be whole; null where nothing is too old.</summary>
    private async Task<Instant?> AnnounceAsync(long customerId, CancellationToken cancel)
    {
        await using var transaction = await factory.BeginAsync(Scope.System, new Change(Actor.System, clock.Now), cancel);
        var customer = await transaction.Db.Find<Customer>(customerId, cancel);
        if (customer.EventRetentionDays is not { } days) return null;
        var before = clock.Now - TimeSpan.FromDays(days);
        if ((await Oldest(transaction.Db, customerId).FirstOrDefaultAsync(cancel))?.At is not { } oldest || oldest >= before) return null;
        if (customer.EventsKeptSince >= before) return customer.EventsKeptSince; // the clock was set back
        customer.GiveUpEventsBefore(before);
        await transaction.CommitAsync(cancel);
        return before;
    }

    /// <summary>From the oldest on as long as they are too old: a clock that was set back makes no hole.</summary>
    private async Task<List<Event>> OldestAsync(long customer, Instant before, CancellationToken cancel)
    {
        var oldest = await Read(db => Oldest(db, customer).Take(BatchSize).ToListAsync(cancel));
        return [.. oldest.TakeWhile(e => e.At < before)];
    }

    private async Task<int> RemoveAsync(long customer, long through, CancellationToken cancel)
    {
        await using var transaction = await factory.BeginAsync(Scope.System, new Change(Actor.System, clock.Now), cancel);
        var removed = await transaction.Db.Events.Where(e => e.CustomerId == customer && e.Position <= through).ExecuteDeleteAsync(cancel);
        await transaction.CommitAsync(cancel);
        return removed;
    }

    private static IQueryable<Event> Oldest(CmmsDb db, long customer) => db.Events.AsNoTracking().Where(e => e.CustomerId == customer).OrderBy(e => e.Position);

    private async Task<T> Read<T>(Func<CmmsDb, Task<T>> read)
    {
        await using var db = factory.For(Scope.System);
        return await read(db);
    }

    [LoggerMessage(LogLevel.Information, "{Removed} events of customer {Customer} were older than it keeps them, and are gone.")]
    private partial void LogRemoved(long customer, long removed);
}
