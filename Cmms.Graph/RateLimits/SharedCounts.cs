using Cmms.Domain;
using Cmms.Domain.Persistence;
using Cmms.Domain.Persistence.Sql;

namespace Cmms.Graph.RateLimits;

/// <summary>
/// The counts of all Graph processes on one PostgreSQL. One statement is under way at a time; who comes meanwhile goes with the next one, together: a
/// busy process asks for many requests at once, and each still learns its own number. Where the database does not answer, this process counts alone
/// for a while.
/// </summary>
internal sealed partial class SharedCounts : IDisposable
{
    /// <summary>How long a statement may take.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);
    /// <summary>How long this process counts alone after one that failed.</summary>
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(5);
    /// <summary>How long what was spent waits for a request to go with.</summary>
    private static readonly TimeSpan s_delay = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly CmmsDbFactory _factory;
    private readonly Buckets _buckets;
    private readonly TimeSpan _window;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly ITimer _late;
    private Batch _next = new();
    private bool _isAsking, _isLateSet;
    private long? _failedAt;

    /// <param name="buckets">Learn what is counted.</param>
    public SharedCounts(CmmsDbFactory factory, Buckets buckets, TimeSpan window, TimeProvider clock, ILogger log)
    {
        (_factory, _buckets, _window, _clock, _log) = (factory, buckets, window, clock, log);
        _late = clock.CreateTimer(_ => SendLate(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private bool IsAlone => _failedAt is { } at && _clock.GetElapsedTime(at) < s_pause;

    /// <summary>Counts a request for its address and credential.</summary>
    /// <returns>What they come to with it; null where this process counts alone.</returns>
    public async ValueTask<(RateCount Address, RateCount? Key)?> CountAsync(Party party, CancellationToken cancel)
    {
        Batch batch;
        long address, key;
        bool isFirst;
        lock (_lock)
        {
            if (IsAlone) return null;
            batch = _next;
            address = batch.Add(party.Address, 1, 0);
            key = party.Key is null ? 0 : batch.Add(party.Key, 1, 0);
            (isFirst, _isAsking) = (!_isAsking, true);
        }
        if (isFirst) _ = AskAsync();
        var totals = await batch.Totals.WaitAsync(cancel);
        if (totals is null) return null;
        return (batch.Number(totals, party.Address, address), party.Key is null ? null : batch.Number(totals, party.Key, key));
    }

    /// <summary>Counts what nobody waits for: with the next request, or soon.</summary>
    public void Charge(string name, int requests, double cost)
    {
        lock (_lock)
        {
            if (IsAlone) return;
            _next.Add(name, requests, cost);
            if (_isAsking || _isLateSet) return;
            _isLateSet = true;
            _late.Change(s_delay, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose() => _late.Dispose();

    private void SendLate()
    {
        lock (_lock)
        {
            _isLateSet = false;
            if (_isAsking) return;
            _isAsking = true;
        }
        _ = AskAsync();
    }

    private async Task AskAsync()
    {
        while (Take() is { } batch) batch.Done(await TotalsAsync(batch));
    }

    private Batch? Take()
    {
        lock (_lock)
        {
            if (_next.Charges.Count == 0)
            {
                _isAsking = false;
                return null;
            }
            var batch = _next;
            _next = new Batch();
            return batch;
        }
    }

    private async Task<IReadOnlyDictionary<string, RateCount>?> TotalsAsync(Batch batch)
    {
        lock (_lock)
            if (IsAlone) return null;
        try
        {
            using var patience = new CancellationTokenSource(s_patience);
            var totals = await RateCounts.AddAsync(_factory, batch.Charges, _clock.Now, _window, patience.Token);
            foreach (var total in totals) _buckets.Learn(total, _clock.Now);
            return totals.ToDictionary(t => t.Name);
        }
#pragma warning disable CA1031 // Whatever it is, a request is not to fail because it could not be counted.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            lock (_lock) _failedAt = _clock.GetTimestamp();
            CountsAlone(_log, failure, s_pause);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Requests cannot be counted in the database: for {Pause} this process limits them by itself")]
    private static partial void CountsAlone(ILogger log, Exception failure, TimeSpan pause);

    /// <summary>What goes with one statement.</summary>
    private sealed class Batch
    {
        private readonly Dictionary<string, RateCount> _charges = [];
        private readonly TaskCompletionSource<IReadOnlyDictionary<string, RateCount>?> _totals = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Dictionary<string, RateCount>.ValueCollection Charges => _charges.Values;
        public Task<IReadOnlyDictionary<string, RateCount>?> Totals => _totals.Task;

        /// <returns>How many requests of this name there are in it by now.</returns>
        public long Add(string name, int requests, double cost)
        {
            var charge = _charges.GetValueOrDefault(name);
            charge = new RateCount(name, charge.Requests + requests, charge.Cost + cost, default);
            _charges[name] = charge;
            return charge.Requests;
        }

        public void Done(IReadOnlyDictionary<string, RateCount>? totals) => _totals.SetResult(totals);

        /// <summary>The count as it was with the so-manieth request of this batch.</summary>
        public RateCount Number(IReadOnlyDictionary<string, RateCount> totals, string name, long ordinal)
        {
            var total = totals[name];
            return total with { Requests = total.Requests - _charges[name].Requests + ordinal };
        }
    }
}
