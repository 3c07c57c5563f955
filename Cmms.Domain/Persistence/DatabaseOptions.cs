namespace Cmms.Domain.Persistence;

public enum DatabaseProvider { Sqlite, PostgreSql }

/// <summary>The configuration section <c>Database</c>.</summary>
public sealed class DatabaseOptions
{
    public DatabaseProvider Provider { get; init; } = DatabaseProvider.Sqlite;

    public string ConnectionString { get; init; } = "Data Source=cmms.db";
}
