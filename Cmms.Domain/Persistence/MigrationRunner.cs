using System.Data.Common;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Cmms.Domain.Persistence;

/// <summary>
/// Brings a database to the program's schema: the scripts in <c>Migrations</c>, in the order of their names, each once and in a transaction of
/// its own together with its row of history. A second runner waits for the first; a killed one leaves nothing behind.
/// </summary>
public static class MigrationRunner
{
    /// <summary>"cmms" as a number: what runners on one PostgreSQL database lock.</summary>
    private const long Lock = 0x636D6D73;

    /// <returns>The names of what was applied now.</returns>
    public static Task<IReadOnlyList<string>> MigrateAsync(DatabaseOptions options, CancellationToken cancel = default) =>
        MigrateAsync(options, Embedded(options.Provider), cancel);

    internal static async Task<IReadOnlyList<string>> MigrateAsync(DatabaseOptions options, IReadOnlyList<Migration> migrations, CancellationToken cancel)
    {
        await using var connection = await OpenAsync(options, cancel);
        var applied = new List<string>();
        foreach (var migration in migrations)
        {
            await ExecuteAsync(connection, options.Provider is DatabaseProvider.Sqlite ? "BEGIN EXCLUSIVE" : $"BEGIN; SELECT pg_advisory_xact_lock({Lock})", cancel);
            var history = await HistoryAsync(connection, cancel);
            Compare(history, migrations);
            if (!history.ContainsKey(migration.Name))
            {
                await ExecuteAsync(connection, migration.Script, cancel);
                await ExecuteAsync(connection, "INSERT INTO schema_migration (name, checksum, applied_at) VALUES (@name, @checksum, CURRENT_TIMESTAMP)", cancel,
                    ("name", migration.Name), ("checksum", migration.Checksum));
                if (options.Provider is DatabaseProvider.Sqlite) await CheckReferencesAsync(connection, migration.Name, cancel);
                applied.Add(migration.Name);
            }
            await ExecuteAsync(connection, "COMMIT", cancel);
        }
        return applied;
    }

    internal static IReadOnlyList<Migration> Embedded(DatabaseProvider provider)
    {
        var assembly = typeof(MigrationRunner).Assembly;
        var folder = $"{typeof(MigrationRunner).Namespace}.Migrations.{provider}.";
        return [.. assembly.GetManifestResourceNames().Where(name => name.StartsWith(folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(name => new Migration(Path.GetFileNameWithoutExtension(name[folder.Length..]), Read(assembly, name)))];
    }

    private static string Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private static void Compare(Dictionary<string, string> history, IReadOnlyList<Migration> migrations)
    {
        foreach (var (name, checksum) in history)
        {
            var known = migrations.FirstOrDefault(migration => migration.Name == name)
                ?? throw new MigrationMismatch($"The database has had migration {name}, which this program does not know: it belongs to a newer one.");
            if (known.Checksum != checksum) throw new MigrationMismatch($"Migration {name} was changed after this database had had it.");
        }
    }

    private static async Task<Dictionary<string, string>> HistoryAsync(DbConnection connection, CancellationToken cancel)
    {
        await ExecuteAsync(connection, "CREATE TABLE IF NOT EXISTS schema_migration (name text NOT NULL PRIMARY KEY, checksum text NOT NULL, applied_at timestamp NOT NULL)", cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT name, checksum FROM schema_migration";
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var history = new Dictionary<string, string>();
        while (await reader.ReadAsync(cancel)) history.Add(reader.GetString(0), reader.GetString(1));
        return history;
    }

    private static async Task<DbConnection> OpenAsync(DatabaseOptions options, CancellationToken cancel)
    {
        DbConnection connection = options.Provider is DatabaseProvider.Sqlite ? File(options.ConnectionString) : new NpgsqlConnection(options.ConnectionString);
        try
        {
            await connection.OpenAsync(cancel);
            if (options.Provider is DatabaseProvider.Sqlite) await PrepareAsync(connection, cancel);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Without checks of references as it goes, so that a script can make a table anew; they are checked before it counts.</summary>
    private static SqliteConnection File(string connectionString)
    {
        var builder = new SqliteConnectionStringBuilder(connectionString) { Pooling = false, ForeignKeys = false };
        if (Path.GetDirectoryName(Path.GetFullPath(builder.DataSource)) is { } folder) Directory.CreateDirectory(folder);
        return new SqliteConnection(builder.ToString());
    }

    /// <summary>The file keeps its journal mode. Two that turn it at once do not wait for each other by themselves.</summary>
    private static async Task PrepareAsync(DbConnection connection, CancellationToken cancel)
    {
        await ExecuteAsync(connection, "PRAGMA busy_timeout=60000; PRAGMA synchronous=FULL", cancel);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await ExecuteAsync(connection, "PRAGMA journal_mode=WAL", cancel);
                return;
            }
            catch (SqliteException busy) when (busy.SqliteErrorCode is 5 or 6 && attempt < 200)
            {
                await Task.Delay(25, cancel);
            }
        }
    }

    private static async Task CheckReferencesAsync(DbConnection connection, string migration, CancellationToken cancel)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT \"table\" FROM pragma_foreign_key_check LIMIT 1";
        if (await command.ExecuteScalarAsync(cancel) is string table) throw new MigrationMismatch($"Migration {migration} would leave rows of {table} that refer to nothing.");
    }

    private static async Task ExecuteAsync(DbConnection connection, string sql, CancellationToken cancel, params (string Name, object Value)[] parameters)
    {
        await using var command = connection.CreateCommand();
        command.CommandTimeout = 0;
#pragma warning disable CA2100 // Constants and the embedded scripts.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }
        await command.ExecuteNonQueryAsync(cancel);
    }
}

internal sealed record Migration(string Name, string Script)
{
    public string Checksum => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Script)));
}

/// <summary>The database and the program disagree about what has been applied; nothing was changed.</summary>
public sealed class MigrationMismatch(string message) : InvalidOperationException(message);
