using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Policies;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Cmms.Worker;

/// <summary>
/// When each policy sweeps each site: a trigger a site and policy, never one for anything that is due. It follows the sites and their settings;
/// what is new on it sweeps at once, so that an outage delays but loses nothing.
/// </summary>
internal sealed partial class Timetable(CmmsDbFactory factory, ILogger<Timetable> logger)
{
    private readonly Dictionary<JobKey, Line> _lines = [];
    private readonly Lock _lock = new();

    /// <summary>A sweep's line, or null where it has been taken off.</summary>
    public Line? Find(JobKey key)
    {
        lock (_lock) return _lines.GetValueOrDefault(key);
    }

    /// <summary>Brings the scheduler to what the database says.</summary>
    public async Task Reconcile(IScheduler scheduler, CancellationToken cancel)
    {
        var wanted = await Wanted(cancel);
        foreach (var key in _lines.Keys.Except(wanted.Keys).ToList())
        {
            await scheduler.DeleteJob(key, cancel);
            lock (_lock) _lines.Remove(key);
            LogOff(key.Name, key.Group);
        }
        foreach (var (key, line) in wanted)
        {
            var old = Find(key);
            if (old == line) continue;
            lock (_lock) _lines[key] = line;
            try
            {
                if (old is null) await scheduler.ScheduleJob(JobBuilder.Create<SweepJob>().WithIdentity(key).Build(), [line.Trigger(key), AtOnce(key)], cancellationToken: cancel);
                else await scheduler.RescheduleJob(Line.TriggerKey(key), line.Trigger(key), cancel);
                LogOn(key.Name, key.Group, line.Cron, line.Zone.Id);
            }
            catch (SchedulerException exception)
            {
                LogRefused(exception, key.Name, key.Group, line.Cron);
            }
        }
    }

    /// <summary>Takes everything off; what is reconciled next sweeps at once.</summary>
    public async Task Clear(IScheduler scheduler, CancellationToken cancel)
    {
        foreach (var key in _lines.Keys.ToList())
        {
            await scheduler.DeleteJob(key, cancel);
            lock (_lock) _lines.Remove(key);
        }
    }

    private async Task<Dictionary<JobKey, Line>> Wanted(CancellationToken cancel)
    {
        Dictionary<JobKey, Line> wanted = [];
        await using var all = factory.For(Scope.System);
        foreach (var site in await all.Sites.Where(s => s.Status == SiteStatus.Active).OrderBy(s => s.Id).ToListAsync(cancel))
        {
            var scope = Scope.Site(site.CustomerId, site.Id);
            await using var db = factory.For(scope);
            var settings = await db.PolicySettings.ToDictionaryAsync(s => s.Key, cancel);
            foreach (var policy in PolicyCatalog.All)
            {
                var setting = settings.GetValueOrDefault(policy.Key);
                if (setting is { Enabled: false }) continue;
                wanted.Add(new JobKey(policy.Key, $"site {site.Id}"), new Line(policy, scope, Cron(policy, setting, site.Id), site.Zone()));
            }
        }
        return wanted;
    }

    private string Cron(Policy policy, PolicySetting? setting, long siteId)
    {
        if (setting is null || CronExpression.TryParse(setting.Schedule, out _)) return setting?.Schedule ?? policy.Schedule;
        LogUnreadable(policy.Key, siteId, setting.Schedule);
        return policy.Schedule;
    }

    private static ITrigger AtOnce(JobKey key) => TriggerBuilder.Create().WithIdentity(key.Name, key.Group + ", at once").ForJob(key).StartNow().Build();

    /// <summary>A policy at a site, and when.</summary>
    internal sealed record Line(Policy Policy, Scope Site, string Cron, TimeZoneInfo Zone)
    {
        public static TriggerKey TriggerKey(JobKey key) => new(key.Name, key.Group);

        public ITrigger Trigger(JobKey key) => TriggerBuilder.Create().WithIdentity(TriggerKey(key)).ForJob(key)
            .WithSchedule(CronScheduleBuilder.Create(Cron).InTimeZone(Zone).WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed)).Build();
    }

    [LoggerMessage(LogLevel.Information, "{Policy} at {Site} sweeps at \"{Cron}\" in {Zone}.")]
    private partial void LogOn(string policy, string site, string cron, string zone);

    [LoggerMessage(LogLevel.Information, "{Policy} at {Site} sweeps no more.")]
    private partial void LogOff(string policy, string site);

    [LoggerMessage(LogLevel.Warning, "{Policy} at {Site} cannot sweep at \"{Cron}\".")]
    private partial void LogRefused(Exception exception, string policy, string site, string cron);

    [LoggerMessage(LogLevel.Warning, "{Policy} at site {Site} has a schedule that is no cron expression (\"{Cron}\"); its default stands.")]
    private partial void LogUnreadable(string policy, long site, string cron);
}
