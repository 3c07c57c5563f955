using Cmms.Domain.Policies;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Cmms.Worker;

/// <summary>One look of a policy at a site.</summary>
[DisallowConcurrentExecution]
internal sealed partial class SweepJob(Timetable timetable, PolicyRunner runner, IHostApplicationLifetime lifetime, ILogger<SweepJob> logger) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        if (timetable.Find(context.JobDetail.Key) is not { } line) return;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        try
        {
            if (await runner.Run(line.Policy, line.Site, PolicyTrigger.Sweep, null, stop.Token) is > 0 and var applied)
                LogSwept(line.Policy.Key, line.Site.SiteId, applied);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The next process finds what is left.
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            LogFailed(exception, line.Policy.Key, line.Site.SiteId);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Policy} swept site {Site}: {Applied} carried out.")]
    private partial void LogSwept(string policy, long? site, int applied);

    [LoggerMessage(LogLevel.Error, "{Policy} failed at site {Site}; the next sweep finds what is due.")]
    private partial void LogFailed(Exception exception, string policy, long? site);
}
