using Microsoft.Data.Sqlite;

namespace Cmms.Domain.Persistence.Sql;

/// <summary>Brings what stands in SQLite's log into the file itself, and empties the log.</summary>
public static class SqliteCheckpoint
{
    /// <returns>False where readers or a writer were in the way: the next time will do.</returns>
    public static async Task<bool> RunAsync(DatabaseOptions options, CancellationToken cancel)
    {
        await using var connection = new SqliteConnection(SqliteConnections.Complete(options.ConnectionString));
        await connection.OpenAsync(cancel);
        SqliteConnections.Prepare(connection);
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancel), System.Globalization.CultureInfo.InvariantCulture) == 0;
    }
}
