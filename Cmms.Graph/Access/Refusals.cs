using System.Diagnostics.Metrics;
using System.Net;
using Cmms.Graph.RateLimits;

namespace Cmms.Graph.Access;

/// <summary>
/// Credentials that were refused, by the address that they came from. After a few, each further refusal to that address takes longer; whoever comes from there
/// with a good one does not notice. Kept in memory: it slows down who tries keys at random, and nothing hangs on its being exact.
/// </summary>
internal sealed partial class Refusals(AuthSettings settings, TimeProvider clock, ILogger<Refusals> log)
{
    /// <summary>The name of the meter.</summary>
    public const string Telemetry = "Cmms.Graph";

    private const int MostAddresses = 10_000;
    private static readonly Meter s_meter = new(Telemetry);
    private static readonly Counter<long> s_refused = s_meter.CreateCounter<long>("cmms.graph.refused_credentials", "{credential}", "API keys and tokens that were not valid.");
    private readonly FailureSettings _settings = settings.Failures;
    private readonly Dictionary<string, Failures> _failures = [];
    private readonly Lock _lock = new();
    private int _waiting;

    /// <summary>Counts a refusal, and returns when it may be answered.</summary>
    /// <param name="why">For the log, never for the client.</param>
    public async ValueTask DelayAsync(IPAddress? address, string why, CancellationToken cancel)
    {
        var from = ClientAddress.NameOf(address);
        var count = Count(from);
        s_refused.Add(1);
        Refused(why, count, from);
        if (count <= _settings.Free) return;
        try
        {
            if (Interlocked.Increment(ref _waiting) <= _settings.DelayedAtOnce) await Task.Delay(DelayOf(count), clock, cancel);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private TimeSpan DelayOf(int count)
    {
        var doublings = Math.Min(count - _settings.Free - 1, 20);
        return _settings.Step * (1 << doublings) is var delay && delay < _settings.Longest ? delay : _settings.Longest;
    }

    private int Count(string from)
    {
        lock (_lock)
        {
            if (!_failures.TryGetValue(from, out var failures))
            {
                if (_failures.Count >= MostAddresses) Forget();
                _failures.Add(from, failures = new Failures(clock.GetTimestamp()));
            }
            else if (IsOver(failures)) (failures.Since, failures.Count) = (clock.GetTimestamp(), 0);
            return ++failures.Count;
        }
    }

    private void Forget()
    {
        foreach (var (from, failures) in _failures)
            if (IsOver(failures)) _failures.Remove(from);
        // An attack from everywhere: it is not this that stops it.
        if (_failures.Count >= MostAddresses) _failures.Clear();
    }

    private bool IsOver(Failures failures) => clock.GetElapsedTime(failures.Since) >= _settings.Within;

    private sealed class Failures(long since)
    {
        public long Since { get; set; } = since;
        public int Count { get; set; }
    }

    [LoggerMessage(LogLevel.Information, "A credential was refused ({Why}); it is failure {Count} from {Address}.")]
    private partial void Refused(string why, int count, string address);
}
