using System.Data.Common;
using Cmms.Domain;
using Cmms.Domain.Persistence;
using Cmms.Domain.Persistence.Sql;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cmms.Worker;

/// <summary>Removes the counts of requests whose window has ended: of addresses that never came again nobody else would.</summary>
internal sealed partial class EndedRateCounts(CmmsDbFactory factory, TimeProvider clock, ILogger<EndedRateCounts> logger) : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(s_interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RateCounts.RemoveEndedAsync(factory, clock.Now, stoppingToken);
            }
            catch (DbException exception)
            {
                LogFailed(exception);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Counts of requests that have ended could not be removed; the next time will do.")]
    private partial void LogFailed(Exception exception);
}
