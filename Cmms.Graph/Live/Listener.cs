using System.Threading.Tasks.Sources;

namespace Cmms.Graph.Live;

/// <summary>One subscriber's sleep. Woken once or often, it wakes once; woken while it is awake, it does not fall asleep. Nothing is allocated for it.</summary>
internal sealed class Listener : IValueTaskSource, IThreadPoolWorkItem
{
    private const int Awake = 0, Asleep = 1, Called = 2;
    private ManualResetValueTaskSourceCore<bool> _source;
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
        if (Calls()) ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Wakes it here: what it does until it waits for something is done before this returns.</summary>
    public void WakeHere()
    {
        if (Calls()) _source.SetResult(true);
    }

    void IThreadPoolWorkItem.Execute() => _source.SetResult(true);

    void IValueTaskSource.GetResult(short token) => _source.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);

    /// <summary>Whether it was asleep, and is to be woken by who asks.</summary>
    private bool Calls()
    {
        while (true)
        {
            switch (Volatile.Read(ref _state))
            {
                case Called:
                case Awake when Interlocked.CompareExchange(ref _state, Called, Awake) == Awake:
                    return false;
                case Asleep when Interlocked.CompareExchange(ref _state, Awake, Asleep) == Asleep:
                    return true;
            }
        }
    }
}
