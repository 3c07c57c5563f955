using Cmms.Domain;

namespace Cmms.Graph.Access;

/// <summary>
/// Tells when a moment has come: by the clock on the wall, which may be put forward meanwhile, or by the time that has passed, which counts where it is put back.
/// </summary>
internal sealed class Deadline : IDisposable
{
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(1);
    private readonly TimeProvider _clock;
    private readonly Instant _at;
    private readonly Action _reached;
    private readonly ITimer _timer;
    private readonly TimeSpan _lasts;
    private readonly long _since;

    public Deadline(TimeProvider clock, Instant at, Action reached)
    {
        (_clock, _at, _reached, _lasts, _since) = (clock, at, reached, at - clock.Now, clock.GetTimestamp());
        _timer = clock.CreateTimer(_ => Look(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Wait(Left);
    }

    private TimeSpan Left
    {
        get
        {
            var (byTheWall, byPassing) = (_at - _clock.Now, _lasts - _clock.GetElapsedTime(_since));
            return byTheWall < byPassing ? byTheWall : byPassing;
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        var left = Left;
        if (left <= TimeSpan.Zero) _reached();
        else Wait(left);
    }

    private void Wait(TimeSpan left) => _timer.Change(left < TimeSpan.Zero ? TimeSpan.Zero : left > s_longest ? s_longest : left, Timeout.InfiniteTimeSpan);
}
