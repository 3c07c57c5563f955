using System.Runtime.CompilerServices;
using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cmms.Tests.Persistence;

public sealed class MigrationTests
{
    /// <summary>The migrated database and one made from the model are compared by what the database says of itself.</summary>
    [Theory, Sqlite, PostgreSql]
    public async Task Migrations_match_the_model(DatabaseProvider provider)
    {
        if (Environment.GetEnvironmentVariable("CMMS_WRITE_MIGRATIONS") is "1")
        {
            Rewrite(DatabaseProvider.Sqlite);
            Rewrite(DatabaseProvider.PostgreSql);
            Assert.Fail("Migration 0001 was rewritten from the model: build and run again without CMMS_WRITE_MIGRATIONS.");
        }
        var migrated = await TestDatabase.EmptyAsync(provider);
        await MigrationRunner.MigrateAsync(migrated);
        await using var modelled = await TestDatabase.CreateAsync(provider);

        var (expected, actual) = (await Catalog.DescribeAsync(modelled.Options), await Catalog.DescribeAsync(migrated));
        Assert.True(actual.Count > 10);
        Assert.Equal(expected, actual.Where(line => !line.StartsWith("schema_migration", StringComparison.Ordinal)));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_second_run_changes_nothing(DatabaseProvider provider)
    {
        var options = await TestDatabase.EmptyAsync(provider);
        Assert.Equal("0001_initial", (await MigrationRunner.MigrateAsync(options))[0]);
        Assert.Empty(await MigrationRunner.MigrateAsync(options));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Four_runners_at_once_apply_each_migration_once(DatabaseProvider provider)
    {
        var options = await TestDatabase.EmptyAsync(provider);
        var runs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => MigrationRunner.MigrateAsync(options, Steps(provider, 12), default))));
        Assert.Equal(Steps(provider, 12).Select(step => step.Name), runs.SelectMany(names => names).Order());
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_killed_runner_leaves_whole_migrations_and_no_lock(DatabaseProvider provider)
    {
        const int steps = 40;
        var options = await TestDatabase.EmptyAsync(provider);
        var random = new Random(20260302);
        var unfinished = 0;
        for (var i = 0; i < 5; i++)
        {
            using var child = ChildProgram.Start("migrate", provider.ToString(), options.ConnectionString, steps.ToString(System.Globalization.CultureInfo.InvariantCulture));
            Assert.Equal("migrating", await child.StandardOutput.ReadLineAsync());
            await Task.Delay(random.Next(5, 120));
            child.Kill();
            await child.WaitForExitAsync();
            if (child.ExitCode != 0) unfinished++;
        }
        Assert.True(unfinished > 0, "No run was killed before its end: the test proves nothing.");

        await MigrationRunner.MigrateAsync(options, Steps(provider, steps), default);
        var tables = (await Catalog.DescribeAsync(options)).Where(line => line.StartsWith("step_", StringComparison.Ordinal)).Select(line => line.Split(' ')[0]).Distinct();
        Assert.Equal(steps * 2, tables.Count());
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_migration_that_was_changed_after_it_was_applied_is_refused(DatabaseProvider provider)
    {
        var options = await TestDatabase.EmptyAsync(provider);
        var steps = Steps(provider, 2);
        await MigrationRunner.MigrateAsync(options, steps, default);
        await Assert.ThrowsAsync<MigrationMismatch>(() => MigrationRunner.MigrateAsync(options, [steps[0], steps[1] with { Script = "CREATE TABLE other (id bigint)" }], default));
        await Assert.ThrowsAsync<MigrationMismatch>(() => MigrationRunner.MigrateAsync(options, [steps[0]], default));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_migration_that_fails_leaves_nothing_of_itself(DatabaseProvider provider)
    {
        var options = await TestDatabase.EmptyAsync(provider);
        var steps = Steps(provider, 1);
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => MigrationRunner.MigrateAsync(
            options, [.. steps, new Migration("0002_broken", "CREATE TABLE step_2_a (id bigint); SELECT nonsense FROM nowhere")], default));
        Assert.DoesNotContain(await Catalog.DescribeAsync(options), line => line.StartsWith("step_2_a", StringComparison.Ordinal));
        Assert.Empty(await MigrationRunner.MigrateAsync(options, steps, default));
    }

    /// <summary>Migrations of two tables each, which must come together or not at all.</summary>
    internal static IReadOnlyList<Migration> Steps(DatabaseProvider provider, int count) => [.. Enumerable.Range(1, count).Select(i => new Migration(
        $"{i:0000}_step",
        $"CREATE TABLE step_{i}_a (id bigint); CREATE TABLE step_{i}_b AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) SELECT i FROM n;"
        + (provider is DatabaseProvider.Sqlite ? "" : $" ALTER TABLE step_{i}_a ADD PRIMARY KEY (id);")))];

    private static void Rewrite(DatabaseProvider provider, [CallerFilePath] string here = "")
    {
        var options = new DatabaseOptions { Provider = provider, ConnectionString = provider is DatabaseProvider.Sqlite ? "Data Source=:memory:" : "Host=nowhere" };
        using var factory = new CmmsDbFactory(options);
        using var db = factory.For(Scope.System);
        var file = Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "Cmms.Domain", "Persistence", "Migrations", provider.ToString(), "0001_initial.sql");
        File.WriteAllText(file, db.Database.GenerateCreateScript().ReplaceLineEndings("\n").Trim('\n') + "\n");
    }
}
