using Microsoft.Data.Sqlite;

namespace Cmms.Domain.Persistence;

public enum DatabaseProvider { Sqlite, PostgreSql }

/// <summary>The configuration section <c>Database</c>.</summary>
public sealed class DatabaseOptions
{
    public DatabaseProvider Provider { get; init; } = DatabaseProvider.Sqlite;

    public string ConnectionString { get; init; } = "Data Source=cmms.db";

    /// <summary>The folder of attached files, the same for all programs; unless said, beside SQLite's file, and with PostgreSQL where the program runs.</summary>
    public string? Files { get; init; }

    internal string FilesFolder => Path.GetFullPath(Files is { Length: > 0 } ? Files
        : Provider is DatabaseProvider.Sqlite ? Path.ChangeExtension(new SqliteConnectionStringBuilder(ConnectionString).DataSource, ".files") : "cmms.files");
}
