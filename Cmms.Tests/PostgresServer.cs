using System.Diagnostics;
using Npgsql;

namespace Cmms.Tests;

/// <summary>
/// A throw-away PostgreSQL. It listens on a local socket only, runs as another user than root, and is removed by a shell of its own as soon as
/// this process is gone, however that ends.
/// </summary>
internal sealed class PostgresServer
{
    private static readonly string? s_programs = FindPrograms();
    private readonly string _folder;
    private readonly string? _user;

    private PostgresServer(string folder, string? user) => (_folder, _user) = (folder, user);

    /// <summary>Whether its programs are on this machine.</summary>
    public static bool IsInstalled => s_programs is not null;

    /// <summary>The connection string of its maintenance database.</summary>
    public string ConnectionString => $"Host={_folder};Username=cmms;Database=postgres;Maximum Pool Size=300;Timeout=30";

    /// <param name="durable">Whether a commit is on its way to the disk when it is acknowledged, so that one that crashes loses none.</param>
    public static async Task<PostgresServer> StartAsync(bool durable = false)
    {
        _ = s_programs ?? throw new InvalidOperationException("CMMS_TEST_REQUIRE asks for PostgreSQL, and initdb is nowhere to be found.");
        // Short, because a socket's path may have 107 characters only.
        var folder = Directory.CreateTempSubdirectory("cmms-pg-").FullName;
        var user = Environment.UserName == "root" ? await OtherUserAsync() : null;
        if (user is not null) await RunAsync("chown", [user, folder]);
        PostgresServer server = new(folder, user);
        await server.OperateAsync("initdb", $"-D {folder}/data -U cmms --auth=trust --no-sync --encoding=UTF8 --locale=C");
        await File.AppendAllTextAsync($"{folder}/data/postgresql.conf", $"""

            unix_socket_directories = '{folder}'
            listen_addresses = ''
            fsync = off
            full_page_writes = {(durable ? "on" : "off")}
            synchronous_commit = {(durable ? "on" : "off")}
            max_connections = 400
            shared_buffers = 64MB
            dynamic_shared_memory_type = mmap
            autovacuum = off
            jit = off
            random_page_cost = 1.1

            """);
        await server.OperateAsync("pg_ctl", $"-D {folder}/data -l {folder}/log -w -t 60 start");
        server.EndWithThisProcess();
        return server;
    }

    /// <summary>As after a crash: every connection is cut, nothing is finished, and the log is read again at its start.</summary>
    public Task CrashAndRestartAsync() => OperateAsync("pg_ctl", $"-D {_folder}/data -l {_folder}/log -m immediate -w -t 60 restart");

    public async Task StopAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await OperateAsync("pg_ctl", $"-D {_folder}/data -m immediate stop");
    }

    /// <summary>No pipe to this process: whoever waits for the tests' output must not wait for the server as well.</summary>
    private void EndWithThisProcess()
    {
        var script = $"""
            exec </dev/null >/dev/null 2>&1
            while kill -0 {Environment.ProcessId}; do sleep 0.5; done
            {Prefix}{s_programs}/pg_ctl -D {_folder}/data -m immediate stop
            rm -rf {_folder}
            """;
        using var shell = Process.Start(new ProcessStartInfo("setsid", ["bash", "-c", script]))!;
    }

    private string Prefix => _user is null ? "" : $"setpriv --reuid={_user} --regid={_user} --clear-groups --no-new-privs ";

    private Task OperateAsync(string program, string arguments) =>
        RunAsync("setsid", ["bash", "-c", $"cd {_folder}; {Prefix}{s_programs}/{program} {arguments} </dev/null >>{_folder}/said 2>&1 || (cat {_folder}/said {_folder}/log >&2; exit 1)"]);

    private static string? FindPrograms()
    {
        if (OperatingSystem.IsWindows()) return null;
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Concat(Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().Select(version => version + "/bin") : [])
            .Append("/usr/local/pgsql/bin").Append("/opt/homebrew/bin");
        return folders.FirstOrDefault(folder => File.Exists(folder + "/initdb") && File.Exists(folder + "/pg_ctl"));
    }

    /// <summary>PostgreSQL refuses to run as root.</summary>
    private static async Task<string> OtherUserAsync() =>
        (await File.ReadAllLinesAsync("/etc/passwd")).FirstOrDefault(line => line.StartsWith("postgres:", StringComparison.Ordinal))?.Split(':')[2] ?? "65534";

    private static async Task RunAsync(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments))!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed.");
    }
}
