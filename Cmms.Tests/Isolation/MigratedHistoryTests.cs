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
}
