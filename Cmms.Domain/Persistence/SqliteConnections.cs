using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Cmms.Domain.Persistence;

/// <summary>What every SQLite connection needs; none of it is kept in the file.</summary>
internal sealed class SqliteConnections : DbConnectionInterceptor
{
    // SQLite's own waiting wakes within milliseconds, the driver's polls every 150 ms. The bound on the WAL takes effect at each checkpoint.
    private const string Pragmas = "PRAGMA busy_timeout=5000; PRAGMA foreign_keys=ON; PRAGMA synchronous=FULL; PRAGMA journal_size_limit=4194304;";

    /// <summary>Pooled handles keep their settings.</summary>
    private static readonly ConditionalWeakTable<object, object> s_prepared = [];

    /// <summary>By reflection: its type stands in a version of SQLitePCLRaw.core that the compiler would refuse.</summary>
    private static readonly Func<SqliteConnection, object> s_handle =
        typeof(SqliteConnection).GetProperty("Handle")!.GetMethod!.CreateDelegate<Func<SqliteConnection, object>>();

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Prepare((SqliteConnection)connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Prepare((SqliteConnection)connection);
        return Task.CompletedTask;
    }

    public static void Prepare(SqliteConnection connection)
    {
        var handle = Handle(connection);
        if (!s_prepared.TryAdd(handle, connection.DataSource)) return;
        SqliteDeadlines.Watch(handle);
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas + " PRAGMA foreign_keys;";
        using var reader = command.ExecuteReader();
        do
        {
            while (reader.Read())
                if (reader.GetName(0) == "foreign_keys" && reader.GetInt64(0) != 1) throw new InvalidOperationException("This SQLite does not check foreign keys.");
        }
        while (reader.NextResult());
    }

    /// <summary>The native handle that an open connection uses.</summary>
    public static object Handle(SqliteConnection connection) => s_handle(connection);

    /// <summary>The connection string with what the file's users must agree on.</summary>
    public static string Complete(string connectionString) => new SqliteConnectionStringBuilder(connectionString) { ForeignKeys = true }.ToString();
}
