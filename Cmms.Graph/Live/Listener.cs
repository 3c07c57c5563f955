using System.Threading.Tasks.Sources;

namespace Cmms.Graph.Live;

/// <summary>One subscriber's sleep. Woken once or often, it wakes once; woken while it is awake, it does not fall asleep. Nothing is allocated for it.</summary>
internal sealed class Listener : IValueTaskSource
{
    private const int Awake = 0, Asleep = 1, Called = 2;
    private ManualResetValueTaskSourceCore<bool> _source = new() { RunContinuationsAsynchronously = true };
    private int _state;

    /// <summary>Until somebody calls; at once when somebody has since the last time.</summary>
    public ValueTask SleepAsync()
    {
        _source.Reset();
        if (Interlocked.CompareExchange(ref _state, Asleep, Awake) == Awake) return new ValueTask(this, _source.Version);
        Volatile.Write(ref _state, Awake);
        return default;
    }

    /// <summary>Wakes it, on another thread.</summary>
    public void Wake()
    {
        while (true)
        {
            switch (Volatile.Read(ref _state))
            {
                case Called:
                case Awake when Interlocked.CompareExchange(ref _state, Called, Awake) == Awake:
                    return;
                case Asleep when Interlocked.CompareExchange(ref _state, Awake, Asleep) == Asleep:
                    _source.SetResult(true);
                    return;
            }
        }
    }

    void IValueTaskSource.GetResult(short token) => _source.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);
}
