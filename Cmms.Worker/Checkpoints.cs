using System.Data.Common;
using Cmms.Domain.Persistence;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cmms.Worker;

/// <summary>Keeps SQLite's log short: one that readers have kept from being reused is emptied as soon as there is a gap.</summary>
internal sealed partial class Checkpoints(CmmsDbFactory factory, ILogger<Checkpoints> logger) : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(s_interval);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await factory.TrimLogAsync(stoppingToken);
            }
            catch (DbException exception)
            {
                LogFailed(exception);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "The checkpoint failed; the next one will do.")]
    private partial void LogFailed(Exception exception);
}
