using Cmms.Domain.Events;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Cmms.Worker;

/// <summary>Once a day, and at start: removes events that customers no longer want to keep.</summary>
[DisallowConcurrentExecution]
internal sealed partial class EventRetentionJob(EventRetention retention, IHostApplicationLifetime lifetime, ILogger<EventRetentionJob> logger) : IJob
{
    public static readonly JobKey Key = new("event-retention");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        try
        {
            await retention.RunAsync(stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The next run goes on from there.
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            LogFailed(exception);
        }
    }

    [LoggerMessage(LogLevel.Error, "Old events could not be removed; the next run goes on from there.")]
    private partial void LogFailed(Exception exception);
}
