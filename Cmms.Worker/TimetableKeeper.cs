using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Cmms.Worker;

/// <summary>Looks every minute, and at start, whether sites or their settings have changed.</summary>
internal sealed partial class TimetableKeeper(Timetable timetable, ISchedulerFactory schedulers, ILogger<TimetableKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMinutes(1), s_soon = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true) await Task.Delay(await Look(stoppingToken) ? s_interval : s_soon, stoppingToken);
    }

    private async Task<bool> Look(CancellationToken cancel)
    {
        try
        {
            await timetable.Reconcile(await schedulers.GetScheduler(cancel), cancel);
            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFailed(exception);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Error, "The timetable could not be brought up to date; it stays as it is for now.")]
    private partial void LogFailed(Exception exception);
}
