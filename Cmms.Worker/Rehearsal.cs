using Cmms.Domain.Policies;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cmms.Worker;

/// <summary>Before the event log is followed, what answers it is gone through once: the first answers are then as quick as the others.</summary>
internal sealed partial class Rehearsal(PolicyRehearsal rehearsal, ILogger<Rehearsal> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await rehearsal.PlayAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFailed(exception);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Warning, "The rehearsal failed; the first events will take longer to answer.")]
    private partial void LogFailed(Exception exception);
}
