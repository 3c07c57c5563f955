using System.Diagnostics;
using Npgsql;

namespace Cmms.Tests;

/// <summary>
/// A throw-away PostgreSQL for this test process, or the one that CMMS_TEST_POSTGRES names. It listens on a local socket only, runs as another
/// user than root, and is removed by its own shell as soon as this process is gone, however that ends.
/// </summary>
internal static class PostgresCluster
{
    private static readonly string? s_outside = Environment.GetEnvironmentVariable("CMMS_TEST_POSTGRES") is { Length: > 0 } outside ? outside : null;
    private static readonly string? s_programs = Programs();
    private static readonly Lazy<Task<string>> s_start = new(StartAsync);

    public static bool IsAvailable => s_outside is not null || s_programs is not null;

    public static bool IsRequired => (Environment.GetEnvironmentVariable("CMMS_TEST_REQUIRE") ?? "").Contains("postgres", StringComparison.Ordinal);

    /// <summary>The connection string of its maintenance database.</summary>
    public static Task<string> ConnectionString => s_start.Value;

    private static async Task<string> StartAsync()
    {
        if (s_outside is not null) return s_outside;
        var programs = s_programs ?? throw new InvalidOperationException("CMMS_TEST_REQUIRE asks for PostgreSQL, and initdb is nowhere to be found.");
        // Short, because a socket's path may have 107 characters only.
        var folder = Directory.CreateTempSubdirectory("cmms-pg-").FullName;
        var user = Environment.UserName == "root" ? await OtherUserAsync() : null;
        if (user is not null) await RunAsync("chown", user, folder);
        var prefix = user is null ? "" : $"setpriv --reuid={user} --regid={user} --clear-groups --no-new-privs ";
        var script = $"""
            cd {folder}
            {prefix}{programs}/initdb -D {folder}/data -U cmms --auth=trust --no-sync --encoding=UTF8 --locale=C >{folder}/log 2>&1 || exit 1
            {prefix}{programs}/postgres -D {folder}/data -k {folder} -h '' -c fsync=off -c full_page_writes=off -c synchronous_commit=off \
                -c max_connections=400 -c shared_buffers=64MB -c dynamic_shared_memory_type=mmap -c autovacuum=off >>{folder}/log 2>&1 &
            server=$!
            while kill -0 {Environment.ProcessId} 2>/dev/null && kill -0 $server 2>/dev/null; do sleep 0.5; done
            kill -QUIT $server 2>/dev/null
            wait $server
            rm -rf {folder}
            """;
        // No pipe to this process: whoever waits for the tests' output must not wait for the server as well.
        using var shell = Process.Start(new ProcessStartInfo("setsid", ["bash", "-c", $"exec </dev/null >/dev/null 2>&1\n{script}"]))!;
        var connection = $"Host={folder};Username=cmms;Database=postgres;Maximum Pool Size=300;Timeout=30";
        var started = Stopwatch.StartNew();
        while (!await AnswersAsync(connection))
        {
            if (started.Elapsed > TimeSpan.FromSeconds(60))
                throw new InvalidOperationException($"PostgreSQL does not start: {(File.Exists(folder + "/log") ? await File.ReadAllTextAsync(folder + "/log") : "no log")}");
            await Task.Delay(50);
        }
        return connection;
    }

    private static async Task<bool> AnswersAsync(string connectionString)
    {
        try
        {
            await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
            await connection.OpenAsync();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private static string? Programs()
    {
        if (OperatingSystem.IsWindows()) return null;
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Concat(Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().Select(version => version + "/bin") : [])
            .Append("/usr/local/pgsql/bin").Append("/opt/homebrew/bin");
        return folders.FirstOrDefault(folder => File.Exists(folder + "/initdb") && File.Exists(folder + "/postgres"));
    }

    /// <summary>PostgreSQL refuses to run as root.</summary>
    private static async Task<string> OtherUserAsync() =>
        (await File.ReadAllLinesAsync("/etc/passwd")).FirstOrDefault(line => line.StartsWith("postgres:", StringComparison.Ordinal))?.Split(':')[2] ?? "65534";

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} failed.");
    }
}
