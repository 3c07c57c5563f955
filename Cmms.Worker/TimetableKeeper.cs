using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Cmms.Worker;

/// <summary>
/// Looks every minute, and at start, whether sites or their settings have changed. Where the clock was set, back or forth, all sweeps begin anew at
/// once: a trigger that waits for the moment it was told would wait for as long as the clock was set back.
/// </summary>
internal sealed partial class TimetableKeeper(Timetable timetable, ISchedulerFactory schedulers, TimeProvider clock, ILogger<TimetableKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMinutes(1), s_soon = TimeSpan.FromSeconds(2);

    /// <summary>More than a clock that is kept right ever moves at once, and little beside what anybody waits for.</summary>
    private static readonly TimeSpan s_jump = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var (at, ticks, lookAgain) = (clock.GetUtcNow(), clock.GetTimestamp(), TimeSpan.Zero);
        while (true)
        {
            var jump = clock.GetUtcNow() - at - clock.GetElapsedTime(ticks);
            var isSet = jump.Duration() > s_jump;
            if (isSet) LogClockSet(jump);
            if (isSet || clock.GetElapsedTime(ticks) >= lookAgain)
            {
                (at, ticks) = (clock.GetUtcNow(), clock.GetTimestamp());
                lookAgain = await Look(afresh: isSet, stoppingToken) ? s_interval : s_soon;
            }
            await Task.Delay(s_soon, stoppingToken);
        }
    }

    private async Task<bool> Look(bool afresh, CancellationToken cancel)
    {
        try
        {
            var scheduler = await schedulers.GetScheduler(cancel);
            if (afresh) await timetable.Clear(scheduler, cancel);
            await timetable.Reconcile(scheduler, cancel);
            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFailed(exception);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The clock was set by {Jump}: all sweeps begin anew.")]
    private partial void LogClockSet(TimeSpan jump);

    [LoggerMessage(LogLevel.Error, "The timetable could not be brought up to date; it stays as it is for now.")]
    private partial void LogFailed(Exception exception);
}
