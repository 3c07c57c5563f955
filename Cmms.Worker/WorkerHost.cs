using Cmms.Domain.Events;
using Cmms.Domain.Persistence;
using Cmms.Domain.Policies;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Cmms.Worker;

/// <summary>Puts the program together: database, clock, tail of the event log.</summary>
internal static class WorkerHost
{
    public static IHost Build(string[] args)
    {
        var builder = Host.CreateApplicationBuilder([.. args, "--hostBuilder:reloadConfigOnChange=false"]); // else the folder is watched, and with it each write of a database there
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true).AddFilter("Quartz", LogLevel.Warning).AddFilter("Microsoft", LogLevel.Warning);
        var database = builder.Configuration.GetSection("Database").Get<DatabaseOptions>() ?? new DatabaseOptions();
        var options = builder.Configuration.GetSection("Worker").Get<WorkerOptions>() ?? new WorkerOptions();

        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddCmmsPersistence(database);
        builder.Services.AddSingleton(services => new PolicyRunner(
            services.GetRequiredService<CmmsDbFactory>(), services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<PolicyRunner>>())
        {
            BeforeCommit = options.PauseBeforeCommit is { } milliseconds ? () => Pause(milliseconds) : null,
        });

        // In this order: what happens while the first sweeps run is followed already.
        builder.Services.AddSingleton<Opening>().AddHostedService(services => services.GetRequiredService<Opening>());
        if (options.Rehearsal) builder.Services.AddSingleton<PolicyRehearsal>().AddHostedService<Rehearsal>();
        builder.Services.AddHostedService<EventWatch>();
        AddUpkeep(builder.Services, Upkeep.OfSessions);
        if (options.Sweeps) AddClock(builder.Services, builder.Configuration.GetSection("Events").Get<EventsOptions>() ?? new EventsOptions());
        AddUpkeep(builder.Services, Upkeep.OfAnswers);
        AddUpkeep(builder.Services, Upkeep.OfFiles);
        if (database.Provider is DatabaseProvider.Sqlite) builder.Services.AddHostedService<Checkpoints>();
        else AddUpkeep(builder.Services, Upkeep.OfRateCounts);
        return builder.Build();
    }

    private static void AddClock(IServiceCollection services, EventsOptions events)
    {
        services.AddSingleton<Timetable>();
        services.AddSingleton(provider => new EventRetention(
            provider.GetRequiredService<CmmsDbFactory>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<EventRetention>>(), events.ArchiveFolder));
        services.AddQuartz(quartz =>
        {
            quartz.UseInMemoryStore();
            quartz.AddJob<EventRetentionJob>(job => job.WithIdentity(EventRetentionJob.Key));
            quartz.AddTrigger(trigger => trigger.ForJob(EventRetentionJob.Key).WithIdentity("event-retention, at start").StartNow());
            quartz.AddTrigger(trigger => trigger.ForJob(EventRetentionJob.Key).WithIdentity("event-retention, daily")
                .WithSchedule(CronScheduleBuilder.Create(events.RetentionSchedule).InTimeZone(TimeZoneInfo.Utc)));
        });
        services.AddQuartzHostedService(quartz => quartz.WaitForJobsToComplete = true);
        services.AddHostedService<TimetableKeeper>();
    }

    private static void AddUpkeep(IServiceCollection services, Func<CmmsDbFactory, TimeProvider, ILogger<Upkeep>, Upkeep> make) => services.AddSingleton<IHostedService>(
        provider => make(provider.GetRequiredService<CmmsDbFactory>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<Upkeep>>()));

    private static Task Pause(int milliseconds)
    {
        Console.WriteLine(WorkerOptions.PauseLine);
        return Task.Delay(milliseconds);
    }
}
