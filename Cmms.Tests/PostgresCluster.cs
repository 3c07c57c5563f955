namespace Cmms.Tests;

/// <summary>The PostgreSQL of this test process: a throw-away one that all tests share, or the one that CMMS_TEST_POSTGRES names.</summary>
internal static class PostgresCluster
{
    private static readonly string? s_outside = Environment.GetEnvironmentVariable("CMMS_TEST_POSTGRES") is { Length: > 0 } outside ? outside : null;
    private static readonly Lazy<Task<string>> s_start = new(async () => s_outside ?? (await PostgresServer.StartAsync()).ConnectionString);

    public static bool IsAvailable => s_outside is not null || PostgresServer.IsInstalled;

    public static bool IsRequired => Requirements.Include("postgres");

    /// <summary>The connection string of its maintenance database.</summary>
    public static Task<string> ConnectionString => s_start.Value;
}
