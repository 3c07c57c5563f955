using Cmms.Domain.Organization;
using Cmms.Graph.Live;

namespace Cmms.Graph.Access;

/// <summary>
/// By what right connections are open. It ends at a place in the order of the customer's events: subscribers hear what happened before it, nothing
/// after it, and when all of them are so far their connections close.
/// </summary>
internal sealed class OpenRight(Caller caller, TimeProvider clock) : IDisposable
{
    /// <summary>How long one who reads slowly may take to hear the rest.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly HashSet<Listening> _listening = [];
    /// <summary>Positions of changes that may have ended it and that nobody has answered for yet, in order.</summary>
    private readonly List<long> _doubts = [];
    private TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _until = long.MaxValue;
    private volatile bool _isOver;
    private ITimer? _patience;

    public Caller Caller => caller;

    /// <summary>Cancelled when everybody has heard what came before the end.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>Nothing new may be asked by it.</summary>
    public bool IsOver => _isOver;

    public Deadline? Expiry { get; set; }

    /// <summary>The last position at which it is in doubt.</summary>
    public long LastDoubt
    {
        get
        {
            lock (_lock) return _doubts.Count > 0 ? _doubts[^1] : 0;
        }
    }

    /// <summary>Whether an event is the caller's to hear, beyond doubt.</summary>
    public bool Covers(long position) => position < Volatile.Read(ref _until);

    /// <summary>Whether an event is the caller's to hear, when that is known.</summary>
    public async ValueTask<bool> CoversAsync(long position, CancellationToken cancel)
    {
        while (true)
        {
            Task answered;
            lock (_lock)
            {
                if (Covers(position)) return true;
                if (_isOver) return false;
                answered = _answered.Task;
            }
            await answered.WaitAsync(cancel);
        }
    }

    /// <summary>A change at this position may have ended it.</summary>
    public void Doubt(long position)
    {
        lock (_lock)
        {
            if (_isOver) return;
            _doubts.Add(position);
            Volatile.Write(ref _until, _doubts[0]);
        }
    }

    /// <summary>It was found to hold after all changes up to this position.</summary>
    public void Confirm(long upTo)
    {
        lock (_lock)
        {
            if (_isOver) return;
            _doubts.RemoveAll(d => d <= upTo);
            Volatile.Write(ref _until, _doubts.Count > 0 ? _doubts[0] : long.MaxValue);
            Answer();
        }
    }

    /// <summary>It ends: where the first doubt is, or here and now.</summary>
    public void End()
    {
        lock (_lock)
        {
            if (_isOver) return;
            _isOver = true;
            if (_doubts.Count == 0) Volatile.Write(ref _until, 0);
            Answer();
            foreach (var listening in _listening) listening.Listener.Wake();
            _patience = clock.CreateTimer(_ => Close(), null, s_patience, Timeout.InfiniteTimeSpan);
            CloseWhenHeard();
        }
    }

    /// <summary>Counts as one who has to hear what comes before the end, and is woken by it.</summary>
    public Listening Listen(Listener listener)
    {
        var listening = new Listening(this, listener);
        lock (_lock) _listening.Add(listening);
        return listening;
    }

    public void Dispose()
    {
        Expiry?.Dispose();
        _patience?.Dispose();
        _ended.Dispose();
    }

    private void Answer()
    {
        _answered.SetResult();
        _answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private void Leave(Listening listening)
    {
        lock (_lock)
        {
            _listening.Remove(listening);
            CloseWhenHeard();
        }
    }

    private void CloseWhenHeard()
    {
        if (_isOver && _listening.Count == 0) Close();
    }

    private void Close()
    {
        Expiry?.Dispose();
        _patience?.Dispose();
        // On another thread: whoever waits for this must not run here.
        _ = _ended.CancelAsync();
    }

    /// <summary>A subscriber by this right.</summary>
    internal sealed class Listening(OpenRight right, Listener listener) : IDisposable
    {
        public Listener Listener => listener;

        /// <summary>Has heard everything before the end; until the connection closes.</summary>
        public async Task EndAsync(CancellationToken cancel)
        {
            right.Leave(this);
            await Task.Delay(Timeout.Infinite, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        public void Dispose() => right.Leave(this);
    }
}
