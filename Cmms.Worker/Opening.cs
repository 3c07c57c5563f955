using System.Data.Common;
using Cmms.Domain.Events;
using Cmms.Domain.Persistence;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cmms.Worker;

/// <summary>The first thing at start: brings the database to the program's schema, and notes where its event log ends. A database that is not there yet is waited for.</summary>
internal sealed partial class Opening(DatabaseOptions database, CmmsDbFactory factory, EventTail tail, IConfiguration configuration, ILogger<Opening> logger) : IHostedService
{
    private static readonly TimeSpan s_shortest = TimeSpan.FromMilliseconds(250), s_longest = TimeSpan.FromSeconds(10);

    /// <summary>Where each customer's log ended when this process began.</summary>
    public IReadOnlyDictionary<long, long> Heads { get; private set; } = new Dictionary<long, long>();

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        LogDatabase(factory.Description);
        var migrates = configuration.GetValue("Database:Migrate", true);
        for (var delay = s_shortest; ; delay = delay * 2 < s_longest ? delay * 2 : s_longest)
        {
            try
            {
                IReadOnlyList<string> applied = migrates ? await MigrationRunner.MigrateAsync(database, cancellationToken) : [];
                if (applied.Count > 0) LogMigrated(string.Join(", ", applied));
                Heads = await tail.HeadsAsync(cancellationToken);
                return;
            }
            catch (Exception exception) when (exception is DbException || exception.InnerException is DbException)
            {
                LogUnreachable(exception, delay);
            }
            await Task.Delay(delay, cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Information, "Database: {Database}")]
    private partial void LogDatabase(string database);

    [LoggerMessage(LogLevel.Information, "Migrations applied: {Names}")]
    private partial void LogMigrated(string names);

    [LoggerMessage(LogLevel.Warning, "The database cannot be opened; trying again in {Delay}.")]
    private partial void LogUnreachable(Exception exception, TimeSpan delay);
}
