using Microsoft.EntityFrameworkCore;

namespace Engines.GraphQL.Data;

/// <summary>Where the databases differ.</summary>
internal static class Provider
{
    /// <summary>PostgreSQL sorts nulls after all values, SQLite before them (as this engine promises).</summary>
    public static bool NullsAreGreatest(DbContext context) => !IsSqlite(context);

    /// <summary>SQLite has no LATERAL.</summary>
    public static bool HasLateral(DbContext context) => !IsSqlite(context);

    private static bool IsSqlite(DbContext context) => context.Database.ProviderName?.EndsWith("Sqlite", StringComparison.Ordinal) == true;
}
