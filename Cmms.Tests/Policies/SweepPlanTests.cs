using System.Text.RegularExpressions;
using Cmms.Domain.Inventory;
using Cmms.Domain.Persistence;
using Cmms.Tests.Inventory;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cmms.Tests.Policies;

/// <summary>A sweep reads what it may decide about, and not the whole table: by the database's own word.</summary>
public sealed partial class SweepPlanTests
{
    private const int Parts = 40_000, Low = 20;

    [Theory, Sqlite, PostgreSql]
    public async Task A_sweep_of_low_stock_reads_the_parts_that_are_low_by_their_index(DatabaseProvider provider)
    {
        using StatementLog log = new();
        await using var plant = await TestPlant.CreateAsync(provider);
        await plant.AddPart("Part", 9, 2, minimum: 5, desired: 8);
        await FillAsync(plant);
        log.Count(plant.Database.Options);
        var found = await plant.Preview(PolicyDesk.LowStock);
        Assert.Equal(Low, found.Findings.Count);
        Assert.True(log.Statements.Count <= 4, string.Join('\n', log.Statements));
        Assert.InRange(log.RowsRead, Low, Low + 10);

        var sweep = Assert.Single(log.Statements, s => s.Contains("is_low", StringComparison.Ordinal));
        var plan = string.Join('\n', await PlanAsync(plant, sweep));
        Assert.Contains("ix_part_low", plan, StringComparison.Ordinal);
        Assert.DoesNotMatch(provider is DatabaseProvider.Sqlite ? @"SCAN p(?!\S)" : "Seq Scan on part", plan);
    }

    private static async Task FillAsync(TestPlant plant)
    {
        await using var db = plant.Read();
        var columns = db.Model.FindEntityType(typeof(Part))!.GetProperties().Select(p => p.GetColumnName()).Where(c => c is not ("id" or "number" or "qr_code" or "is_low")).Select(c => $"\"{c}\"").ToList();
        await TestDatabase.ExecuteAsync(plant.Database.Options, $"""
            INSERT INTO part ({string.Join(", ", columns)}, is_low) SELECT {string.Join(", ", columns.Select(c => $"p.{c}"))}, n.i < {Low}
            FROM part p CROSS JOIN (WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {Parts} - 2) SELECT i FROM n) n
            """);
        await TestDatabase.ExecuteAsync(plant.Database.Options, db.IsSqlite ? "ANALYZE" : "ANALYZE part");
    }

    private static async Task<List<string>> PlanAsync(TestPlant plant, string statement)
    {
        await using var connection = await Contract.DatabaseImage.OpenAsync(plant.Database.Options);
        await using var command = connection.CreateCommand();
        command.CommandText = (plant.Database.Options.Provider is DatabaseProvider.Sqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN ") + Parameter().Replace(statement, plant.SiteId.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await using var reader = await command.ExecuteReaderAsync();
        List<string> lines = [];
        while (await reader.ReadAsync()) lines.Add(Convert.ToString(reader.GetValue(reader.FieldCount - 1), System.Globalization.CultureInfo.InvariantCulture)!);
        return lines;
    }

    [GeneratedRegex(@"@\w+")]
    private static partial Regex Parameter();
}
