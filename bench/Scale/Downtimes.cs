using System.Diagnostics;
using Cmms.Domain;
using Cmms.Domain.Assets;
using Cmms.Domain.Persistence;
using Cmms.Domain.Persistence.Sql;
using Microsoft.EntityFrameworkCore;

namespace Bench.Scale;

/// <summary>How long reliability takes over more and more downtimes: a site with 10,000 assets, and one, ten and a hundred downtimes of each.</summary>
internal static class Downtimes
{
    private const int Assets = 10_000, Repetitions = 7;

    public static async Task<int> RunAsync(DatabaseOptions options)
    {
        await MigrationRunner.MigrateAsync(options);
        using CmmsDbFactory factory = new(options);
        var now = TimeProvider.System.Now;
        var (scope, ids) = await FoundAsync(factory, now);
        Console.WriteLine($"{options.Provider}, {Assets} assets; median of {Repetitions}, milliseconds");
        Console.WriteLine("downtimes   whole site   one asset");
        foreach (var each in (int[])[1, 10, 100])
        {
            await FillAsync(options, each);
            var window = ReliabilityWindow.Of(now - TimeSpan.FromDays(700), now, now);
            var (site, one) = (await MedianAsync(ids), await MedianAsync([ids[Assets / 2]]));
            Console.WriteLine($"{each * Assets,9}   {site,10:F1}   {one,9:F2}");

            async Task<double> MedianAsync(IReadOnlyList<long> assets)
            {
                List<double> times = [];
                for (var i = 0; i <= Repetitions; i++)
                {
                    await using var db = factory.For(scope);
                    var start = Stopwatch.GetTimestamp();
                    var found = await db.ReliabilityOf(assets, window, default);
                    times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                    if (found.Values.Sum(r => r.Stops) != each * assets.Count) throw new InvalidOperationException("Not all downtimes were counted.");
                }
                return times.Skip(1).Order().ElementAt(Repetitions / 2);
            }
        }
        return 0;
    }

    private static async Task<(Scope, IReadOnlyList<long>)> FoundAsync(CmmsDbFactory factory, Instant now)
    {
        var scope = await BenchSite.FoundAsync(factory, now);
        await using var transaction = await factory.BeginAsync(scope, new Change(Actor.System, now));
        List<Asset> assets = [.. Enumerable.Range(0, Assets).Select(i => new Asset($"Machine {i}", now) { InServiceAt = now - TimeSpan.FromDays(720) })];
        transaction.Db.AddRange(assets);
        await transaction.CommitAsync();
        return (scope, assets.ConvertAll(a => a.Id));
    }

    /// <summary>By SQL; the guards of history would only slow that down.</summary>
    private static async Task FillAsync(DatabaseOptions options, int each)
    {
        var sqlite = options.Provider is DatabaseProvider.Sqlite;
        var (hour, at) = sqlite ? ("3600000000", "a.in_service_at + 720 * 3600000000 + n.i * 160 * 3600000000") : ("interval '1 hour'", "a.in_service_at + interval '720 hours' + n.i * interval '160 hours'");
        using CmmsDbFactory factory = new(options);
        await using var db = factory.For(Scope.System);
        db.Database.SetCommandTimeout(0);
        await db.Database.OpenConnectionAsync();
        foreach (var sql in (string[])
        [
            sqlite ? "DROP TRIGGER IF EXISTS downtime_does_not_overlap" : "ALTER TABLE downtime DROP CONSTRAINT IF EXISTS ex_downtime_overlap",
            sqlite ? "DROP TRIGGER IF EXISTS downtime_is_not_removed" : "ALTER TABLE downtime DISABLE TRIGGER USER",
            "DELETE FROM downtime",
            $"""
            INSERT INTO downtime (asset_id, kind, origin, started_at, ended_at, version, created_at, updated_at, created_by, updated_by, customer_id, site_id)
            SELECT a.id, CASE n.i % 3 WHEN 0 THEN 'Planned' ELSE 'Unplanned' END, 'Manual', {at}, {at} + (1 + a.id % 9) * {hour}, 1, a.created_at, a.created_at, 'system', 'system', a.customer_id, a.site_id
            FROM asset a CROSS JOIN (WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {each} - 1) SELECT i FROM n) n
            """,
            sqlite ? "ANALYZE" : "VACUUM ANALYZE downtime",
        ])
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            (command.CommandText, command.CommandTimeout) = (sql, 0);
            await command.ExecuteNonQueryAsync();
        }
    }
}
