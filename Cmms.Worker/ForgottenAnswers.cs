using System.Data.Common;
using Cmms.Domain;
using Cmms.Domain.Persistence;
using Cmms.Domain.Persistence.Sql;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cmms.Worker;

/// <summary>Removes the answers of requests that cannot come again any more, a few at a time: writers are never held up for long.</summary>
internal sealed partial class ForgottenAnswers(CmmsDbFactory factory, TimeProvider clock, ILogger<ForgottenAnswers> logger) : BackgroundService
{
    private const int AtOnce = 200;
    private static readonly TimeSpan s_interval = TimeSpan.FromMinutes(5), s_pause = TimeSpan.FromMilliseconds(50);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(s_interval, clock);
        do
        {
            try
            {
                while (await KeptAnswers.ForgetAsync(factory, new Change(Actor.System, clock.Now), AtOnce, stoppingToken) == AtOnce) await Task.Delay(s_pause, stoppingToken);
            }
            catch (DbException exception)
            {
                LogFailed(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(LogLevel.Warning, "Answers whose time is over could not be removed; the next time will do.")]
    private partial void LogFailed(Exception exception);
}
