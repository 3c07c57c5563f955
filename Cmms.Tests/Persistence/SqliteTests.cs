using System.Globalization;
using Cmms.Domain;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cmms.Tests.Persistence;

public sealed class SqliteTests
{
    [Fact]
    public async Task Every_connection_waits_checks_references_and_syncs_fully()
    {
        await using var plant = await TestPlant.CreateAsync(DatabaseProvider.Sqlite);
        await using var db = plant.Read();
        await db.Database.OpenConnectionAsync();
        Assert.Equal((5000L, 1L, 2L, "wal"), (Ask("busy_timeout"), Ask("foreign_keys"), Ask("synchronous"), Ask("journal_mode")));

        object? Ask(string pragma)
        {
            using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = "PRAGMA " + pragma;
            return command.ExecuteScalar();
        }
    }

    [Fact]
    public async Task A_migrated_file_keeps_its_log_beside_it()
    {
        var options = await TestDatabase.EmptyAsync(DatabaseProvider.Sqlite);
        await MigrationRunner.MigrateAsync(options);
        await using var connection = new SqliteConnection(options.ConnectionString + ";Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode";
        Assert.Equal("wal", await command.ExecuteScalarAsync());
    }

    [Fact]
    public void Which_SQLite_runs_can_be_asked()
    {
        Assert.True(SqliteLibrary.Version >= new Version(3, 35));
        var expected = Environment.GetEnvironmentVariable("CMMS_SQLITE") ?? SqliteLibrary.Source;
        Assert.Equal(expected, SqliteLibrary.Source);
        Assert.Equal($"SQLite {SqliteLibrary.Version} ({expected})", SqliteLibrary.Description);
        using var connection = new SqliteConnection();
        Assert.StartsWith(SqliteLibrary.Version.ToString(), connection.ServerVersion, StringComparison.Ordinal);
    }

    /// <summary>Single-row changes at full durability. With EF Core's defaults half as many left 41 MB; here it stands still at SQLite's own 4 MB.</summary>
    [Fact]
    public async Task Ten_thousand_small_changes_leave_a_small_log()
    {
        await using var plant = await TestPlant.CreateAsync(DatabaseProvider.Sqlite);
        var log = new FileInfo(new SqliteConnectionStringBuilder(plant.Database.Options.ConnectionString).DataSource + "-wal");
        long largest = 0;
        for (var i = 0; i < 10_000; i++)
        {
            await using var transaction = await plant.BeginAsync();
            await transaction.Db.NextNumber("test", default);
            if (i % 50 == 0) transaction.Db.Add(new Site("Site", "S" + i.ToString(CultureInfo.InvariantCulture), "Etc/UTC", "USD"));
            await transaction.CommitAsync();
            if (i % 100 != 0) continue;
            log.Refresh();
            largest = Math.Max(largest, log.Length);
        }
        log.Refresh();
        Assert.InRange(Math.Max(largest, log.Length), 1, 16 * 1024 * 1024);
    }

    [Fact]
    public async Task A_full_disk_is_a_failure_of_its_own_that_harms_nothing_and_passes_when_there_is_room()
    {
        await using var plant = await TestPlant.CreateAsync(DatabaseProvider.Sqlite);
        var failure = await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await using var transaction = await plant.BeginAsync();
            await transaction.Db.Database.ExecuteSqlRawAsync("PRAGMA max_page_count=1"); // as many as there are
            for (var i = 0; i < 1000; i++) transaction.Db.Add(new Site(new string('x', 200), $"S{i}", "Etc/UTC", "USD"));
            await transaction.CommitAsync();
        });
        Assert.True(failure.IsStorageFull);
        Assert.False(failure.IsTransient);
        Assert.Equal(2, await plant.ReadAsync(db => db.Sites.CountAsync()));

        await plant.WriteAsync(async db =>
        {
            await db.Database.ExecuteSqlRawAsync("PRAGMA max_page_count=1000000");
            db.Add(new Site("Third", "THIRD", "Etc/UTC", "USD"));
        });
        Assert.Equal(3, await plant.ReadAsync(db => db.Sites.CountAsync()));
    }

    [Fact]
    public async Task The_log_is_given_back_on_request()
    {
        await using var plant = await TestPlant.CreateAsync(DatabaseProvider.Sqlite);
        var log = new FileInfo(new SqliteConnectionStringBuilder(plant.Database.Options.ConnectionString).DataSource + "-wal");
        Assert.NotEqual(0, log.Length);
        await plant.Database.Factory.TrimLogAsync();
        log.Refresh();
        Assert.Equal(0, log.Length);
    }

    [Fact]
    public async Task Sixty_four_writers_in_two_factories_all_get_their_turn()
    {
        await using var plant = await TestPlant.CreateAsync(DatabaseProvider.Sqlite);
        await using var other = new CmmsDbFactory(plant.Database.Options); // as another process would be: its queue is not ours
        await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(async () =>
        {
            for (var n = 0; n < 5; n++)
            {
                await using var transaction = await (i % 2 == 0 ? plant.Database.Factory : other).BeginAsync(plant.Scope, new Change(Actor.User(i), plant.Now));
                await transaction.Db.NextNumber("turns", default);
                await transaction.CommitAsync();
            }
        })));
        Assert.Equal(321, await plant.WriteAsync(db => db.NextNumber("turns", default)));
    }

    [Fact]
    public async Task After_a_kill_in_mid_write_every_acknowledged_change_and_its_event_are_there()
    {
        await using var plant = await TestPlant.CreateAsync(DatabaseProvider.Sqlite);
        var acknowledged = new HashSet<string>();
        var random = new Random(7);
        for (var round = 0; round < 4; round++)
        {
            using var child = ChildProgram.Start("write", plant.Database.Options.ConnectionString, $"{plant.CustomerId}", $"{plant.SiteId}", $"R{round}");
            Assert.NotNull(await child.StandardOutput.ReadLineAsync());
            await Task.Delay(random.Next(50, 300));
            child.Kill();
            while (await child.StandardOutput.ReadLineAsync() is { } code) acknowledged.Add(code);
        }

        Assert.True(acknowledged.Count > 20, $"only {acknowledged.Count} were acknowledged");
        await using var db = plant.Read();
        var codes = await db.Sites.Select(site => site.Code).ToListAsync();
        var created = await db.Events.CountAsync(e => e.Type == "SiteCreated");
        Assert.Empty(acknowledged.Except(codes));
        Assert.Equal(codes.Count, created);
        var positions = await db.Events.OrderBy(e => e.Position).Select(e => e.Position).ToListAsync();
        Assert.Equal(Enumerable.Range(1, positions.Count).Select(i => (long)i), positions);
    }
}
