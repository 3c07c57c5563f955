using System.Diagnostics;
using Cmms.Domain;
using Cmms.Domain.Inventory;
using Cmms.Domain.Persistence;
using Cmms.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Bench.Scale;

/// <summary>What a sweep of the low-stock policy takes over half a million parts, two hundred of them low.</summary>
internal static class Sweep
{
    private const int Parts = 500_000, Low = 200;

    public static async Task<int> RunAsync(DatabaseOptions options)
    {
        await MigrationRunner.MigrateAsync(options);
        using CmmsDbFactory factory = new(options);
        var now = TimeProvider.System.Now;
        var scope = await BenchSite.FoundAsync(factory, now);
        await FillAsync(factory, scope, now);
        var policy = PolicyCatalog.Find("low-stock-reorder");
        for (var i = 0; i < 5; i++)
        {
            await using var db = factory.For(scope);
            var (start, allocated) = (Stopwatch.GetTimestamp(), GC.GetTotalAllocatedBytes(precise: true));
            var found = await PolicyRunner.Evaluate(db, policy, now, null, default);
            Console.WriteLine($"{found.Findings.Count} of {Parts} parts in {Stopwatch.GetElapsedTime(start).TotalMilliseconds:F1} ms, {(GC.GetTotalAllocatedBytes(precise: true) - allocated) / 1024.0 / 1024.0:F1} MiB allocated");
        }
        using var self = Process.GetCurrentProcess();
        Console.WriteLine($"{options.Provider}: at most {self.PeakWorkingSet64 / 1024 / 1024} MiB resident, filling included");
        return 0;
    }

    private static async Task FillAsync(CmmsDbFactory factory, Scope scope, Instant now)
    {
        await using (var transaction = await factory.BeginAsync(scope, new Change(Actor.System, now)))
        {
            Part part = new("Part", unitCost: Money.Cost(2));
            part.SetLevels(Quantity.Of(5), Quantity.Of(8));
            transaction.Db.Add(part);
            await transaction.CommitAsync();
        }
        await using var db = factory.For(scope);
        db.Database.SetCommandTimeout(0);
        var type = db.Model.FindEntityType(typeof(Part))!;
        var columns = type.GetProperties().Select(p => p.GetColumnName()).Where(c => c is not ("id" or "number" or "qr_code" or "is_low" or "available" or "on_hand")).Select(c => $"\"{c}\"").ToList();
        await db.Database.OpenConnectionAsync();
        foreach (var sql in (string[])
        [
            $"""
            INSERT INTO part ({string.Join(", ", columns)}, is_low, available, on_hand) SELECT {string.Join(", ", columns.Select(c => $"p.{c}"))}, n.i < {Low - 1}, 9000, 9000
            FROM part p CROSS JOIN (WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {Parts} - 2) SELECT i FROM n) n
            """,
            db.IsSqlite ? "ANALYZE" : "VACUUM ANALYZE part",
        ])
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // Made of names of the model.
            (command.CommandText, command.CommandTimeout) = (sql, 0);
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync();
        }
    }
}
