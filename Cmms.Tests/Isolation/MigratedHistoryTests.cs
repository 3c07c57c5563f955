using Cmms.Domain.Persistence;
using Cmms.Tests.Contract;
using Xunit;

namespace Cmms.Tests.Isolation;

public sealed class MigratedHistoryTests
{
    private const string Stamps = "1, '2026-03-01 08:00:00+00', '2026-03-01 08:00:00+00', 'system', 'system'";

    /// <summary>Databases from before: what happened to a site and the roles on it, also those that are gone, belonged to all of the customer.</summary>
    [Theory, Sqlite, PostgreSql]
    public async Task What_happened_to_a_site_and_its_roles_is_given_to_the_site(DatabaseProvider provider)
    {
        var options = await TestDatabase.EmptyAsync(provider);
        var all = MigrationRunner.Embedded(provider);
        await MigrationRunner.MigrateAsync(options, [.. all.Take(1)], default);
        await InsertAsync($"INSERT INTO customer (id, version, created_at, updated_at, created_by, updated_by, name, slug) VALUES (1, {Stamps}, 'Acme', 'acme')");
        foreach (var (id, code) in new[] { (4, "A"), (5, "B") })
            await InsertAsync($"INSERT INTO site (id, version, created_at, updated_at, created_by, updated_by, customer_id, name, name_folded, code, code_folded, time_zone, currency, date_time_format, status) VALUES ({id}, {Stamps}, 1, '{code}', '{code}', '{code}', '{code}', 'Etc/UTC', 'USD', 'x', 'Active')");
        (string Type, string Subject, int Id, string Changes)[] events =
        [
            ("SiteChanged", "Site", 5, """{"name":["A","B"]}"""),
            ("UserRoleCreated", "UserRole", 8, """{"user":[null,3],"site":[null,4],"role":[null,"ADMIN"]}"""),
            ("UserRoleChanged", "UserRole", 8, """{"role":["ADMIN","VIEWER"]}"""),
            ("UserRoleDeleted", "UserRole", 9, """{"user":[3,null],"site":[5,null],"role":["ADMIN",null]}"""),
            ("UserChanged", "User", 3, "{}"),
        ];
        foreach (var (position, e) in events.Index())
            await InsertAsync($"INSERT INTO event (customer_id, position, type, subject_type, subject_id, actor, at, changes) VALUES (1, {position + 1}, '{e.Type}', '{e.Subject}', {e.Id}, 'system', '2026-03-01 08:00:00+00', '{e.Changes}')");

        Assert.Contains("0009_isolation", await MigrationRunner.MigrateAsync(options));

        await using var connection = await DatabaseImage.OpenAsync(options);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT site_id FROM event ORDER BY position";
        await using var reader = await command.ExecuteReaderAsync();
        List<long?> sites = [];
        while (await reader.ReadAsync()) sites.Add(reader.IsDBNull(0) ? null : reader.GetInt64(0));
        Assert.Equal([5, 4, 4, 5, null], sites);

        // SQLite keeps moments as numbers.
        Task InsertAsync(string sql) => TestDatabase.ExecuteAsync(options, provider is DatabaseProvider.Sqlite ? sql.Replace("'2026-03-01 08:00:00+00'", "0", StringComparison.Ordinal) : sql);
    }

    /// <summary>Databases from before downtimes were kept, and from before a table was made anew: nothing is lost, and the history of status says what stood still.</summary>
    [Theory, Sqlite, PostgreSql]
    public async Task What_stood_still_before_downtimes_were_kept_is_known_from_the_status(DatabaseProvider provider)
    {
        var options = await TestDatabase.EmptyAsync(provider);
        var all = MigrationRunner.Embedded(provider);
        await MigrationRunner.MigrateAsync(options, [.. all.TakeWhile(m => string.CompareOrdinal(m.Name, "0015") < 0)], default);
        await InsertAsync($"INSERT INTO customer (id, version, created_at, updated_at, created_by, updated_by, name, slug) VALUES (1, {Stamps}, 'Acme', 'acme')");
        await InsertAsync($"INSERT INTO site (id, version, created_at, updated_at, created_by, updated_by, customer_id, name, name_folded, code, code_folded, time_zone, currency, date_time_format, status) VALUES (4, {Stamps}, 1, 'A', 'A', 'A', 'A', 'Etc/UTC', 'USD', 'x', 'Active')");
        foreach (var (id, name) in new[] { (7, "Press"), (8, "Clock ran backwards"), (9, "Part of the press") })
            await InsertAsync($"INSERT INTO asset (id, version, created_at, updated_at, created_by, updated_by, customer_id, site_id, name, path, depth, is_archived, name_folded, path_folded, warranty_notice_days, status, status_changed_at, \"condition\", rental_status, parent_id) VALUES ({id}, {Stamps}, 1, 4, '{name}', '{name}', 0, {(provider is DatabaseProvider.Sqlite ? "0" : "false")}, 'x', 'x', 30, 'Operational', '2026-03-01 08:00:00+00', 'Working', 'Available', {(id == 9 ? "7" : "NULL")})");
        (int Asset, string From, string To, string Kind, int Hour)[] changes =
        [
            (7, "Operational", "Maintenance", "NULL", 1), (7, "Maintenance", "OutOfService", "NULL", 3), (7, "OutOfService", "Operational", "NULL", 4),
            (7, "Operational", "Maintenance", "'Corrective'", 6), (8, "Operational", "Maintenance", "NULL", 5), (8, "Maintenance", "Operational", "NULL", 4),
        ];
        foreach (var (asset, from, to, kind, hour) in changes)
        {
            var at = provider is DatabaseProvider.Sqlite ? $"{hour * 3_600_000_000L}" : $"'2026-03-01 {hour:D2}:00:00+00'";
            await InsertAsync($"INSERT INTO status_change (version, created_at, updated_at, created_by, updated_by, customer_id, site_id, asset_id, \"from\", \"to\", reason, changed_by, changed_at, maintenance_kind) VALUES ({Stamps}, 1, 4, {asset}, '{from}', '{to}', 'Because it is so', 'user:3', {at}, {kind})");
        }

        Assert.Contains("0016_past_downtimes", await MigrationRunner.MigrateAsync(options));

        await using var connection = await DatabaseImage.OpenAsync(options);
        Assert.Equal(["7 Planned Status user:3 closed", "7 Unplanned Status user:3 closed", "7 Unplanned Status user:3 open"],
            await ReadAsync("SELECT asset_id || ' ' || kind || ' ' || origin || ' ' || created_by || CASE WHEN ended_at IS NULL THEN ' open' ELSE ' closed' END FROM downtime ORDER BY id"));
        Assert.Equal(["7 Press", "8 Clock ran backwards", "9 Part of the press"], await ReadAsync("SELECT id || ' ' || name FROM asset ORDER BY id"));

        async Task<List<string>> ReadAsync(string sql)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            await using var reader = await command.ExecuteReaderAsync();
            List<string> rows = [];
            while (await reader.ReadAsync()) rows.Add(reader.GetString(0));
            return rows;
        }

        Task InsertAsync(string sql) => TestDatabase.ExecuteAsync(options, provider is DatabaseProvider.Sqlite ? sql.Replace("'2026-03-01 08:00:00+00'", "0", StringComparison.Ordinal) : sql);
    }

    [Fact]
    public async Task A_migration_that_leaves_a_reference_to_nothing_is_refused_whole()
    {
        var options = await TestDatabase.EmptyAsync(DatabaseProvider.Sqlite);
        Migration good = new("0001_good", "CREATE TABLE a (id integer PRIMARY KEY); CREATE TABLE b (a_id integer REFERENCES a (id)); INSERT INTO a VALUES (1); INSERT INTO b VALUES (1)");
        await MigrationRunner.MigrateAsync(options, [good], default);
        Migration bad = new("0002_bad", "DELETE FROM a");
        Assert.Contains("rows of b", (await Assert.ThrowsAsync<MigrationMismatch>(() => MigrationRunner.MigrateAsync(options, [good, bad], default))).Message, StringComparison.Ordinal);
        Migration anew = new("0002_anew", "CREATE TABLE c (id integer PRIMARY KEY, name text); INSERT INTO c (id) SELECT id FROM a; DROP TABLE a; ALTER TABLE c RENAME TO a");
        Assert.Equal(["0002_anew"], await MigrationRunner.MigrateAsync(options, [good, anew], default));
    }
}
