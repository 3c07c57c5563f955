using System.Data.Common;
using Cmms.Domain;
using Cmms.Domain.Files;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Persistence.Sql;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cmms.Worker;

/// <summary>Removes now and then what is needed no more; what fails once, the next time does.</summary>
internal sealed partial class Upkeep : BackgroundService
{
    private const int AnswersAtOnce = 200;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);
    private readonly string _what;
    private readonly TimeSpan _interval;
    private readonly Func<CancellationToken, Task> _remove;
    private readonly TimeProvider _clock;
    private readonly ILogger<Upkeep> _logger;

    private Upkeep(string what, TimeSpan interval, Func<CancellationToken, Task> remove, TimeProvider clock, ILogger<Upkeep> logger) =>
        (_what, _interval, _remove, _clock, _logger) = (what, interval, remove, clock, logger);

    /// <summary>Sessions of sign-ins that ended long ago.</summary>
    public static Upkeep OfSessions(CmmsDbFactory factory, TimeProvider clock, ILogger<Upkeep> logger) =>
        new("Sessions that ended long ago", TimeSpan.FromHours(1), cancel => Logins.ForgetLogins(factory, clock.Now, cancel), clock, logger);

    /// <summary>Answers of requests that cannot come again any more, a few at a time: writers are never held up for long.</summary>
    public static Upkeep OfAnswers(CmmsDbFactory factory, TimeProvider clock, ILogger<Upkeep> logger) =>
        new("Answers whose time is over", TimeSpan.FromMinutes(5), async cancel =>
        {
            while (await KeptAnswers.ForgetAsync(factory, new Change(Actor.System, clock.Now), AnswersAtOnce, cancel) == AnswersAtOnce) await Task.Delay(s_pause, cancel);
        }, clock, logger);

    /// <summary>Counts of requests whose window has ended: of addresses that never came again nobody else would.</summary>
    public static Upkeep OfRateCounts(CmmsDbFactory factory, TimeProvider clock, ILogger<Upkeep> logger) =>
        new("Counts of requests that have ended", TimeSpan.FromMinutes(5), cancel => RateCounts.RemoveEndedAsync(factory, clock.Now, cancel), clock, logger);

    /// <summary>Files that nothing refers to any more; those that are kept are put in their place.</summary>
    public static Upkeep OfFiles(CmmsDbFactory factory, TimeProvider clock, ILogger<Upkeep> logger) =>
        new("Files that nothing refers to", TimeSpan.FromHours(1), cancel => FileUpkeep.RunAsync(factory, clock.Now, cancel), clock, logger);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(_interval, _clock);
        do
        {
            try
            {
                await _remove(stoppingToken);
            }
            catch (Exception exception) when (exception is DbException or DbUpdateException or TimeoutException or IOException or UnauthorizedAccessException)
            {
                LogFailed(exception, _what);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(LogLevel.Warning, "{What} could not be removed; the next time will do.")]
    private partial void LogFailed(Exception exception, string what);
}
