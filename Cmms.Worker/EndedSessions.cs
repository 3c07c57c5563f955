using System.Data.Common;
using Cmms.Domain;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cmms.Worker;

/// <summary>Forgets the sessions of sign-ins that ended long ago.</summary>
internal sealed partial class EndedSessions(CmmsDbFactory factory, TimeProvider clock, ILogger<EndedSessions> logger) : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(s_interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (await Logins.ForgetLogins(factory, clock.Now, stoppingToken) is > 0 and var forgotten) LogForgotten(forgotten);
            }
            catch (Exception exception) when (exception is DbException or DbUpdateException or TimeoutException)
            {
                LogFailed(exception);
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "{Forgotten} sessions ended long ago and are forgotten.")]
    private partial void LogForgotten(int forgotten);

    [LoggerMessage(LogLevel.Warning, "Ended sessions could not be forgotten; the next time will do.")]
    private partial void LogFailed(Exception exception);
}
