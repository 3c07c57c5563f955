using System.Collections.Concurrent;
using Cmms.Domain;
using Cmms.Domain.Persistence;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Cmms.Tests;

/// <summary>A database of its own for one test: a copy of an empty one that is made once a process.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private static readonly ConcurrentDictionary<DatabaseProvider, Lazy<Task<DatabaseOptions>>> s_templates = new();
    private static int s_last;
    private bool _goesWithItsServer;

    private TestDatabase(DatabaseOptions options) => (Options, Factory) = (options, new CmmsDbFactory(options));

    /// <summary>On a server of the test's own, brought up to date as the programs do it; it goes with its server.</summary>
    internal static async Task<TestDatabase> CreateAsync(PostgresServer server)
    {
        DatabaseOptions options = new() { Provider = DatabaseProvider.PostgreSql, ConnectionString = server.ConnectionString, Files = Path.Combine(SqliteFolder.Path, $"{NextName()}.files") };
        await MigrationRunner.MigrateAsync(options);
        return new TestDatabase(options) { _goesWithItsServer = true };
    }

    public DatabaseOptions Options { get; }
    public CmmsDbFactory Factory { get; }
    public TestClock Clock { get; } = new();

    /// <param name="folder">Where SQLite's file is to be, if not in memory.</param>
    public static async Task<TestDatabase> CreateAsync(DatabaseProvider provider, string? folder = null)
    {
        var template = await s_templates.GetOrAdd(provider, _ => new Lazy<Task<DatabaseOptions>>(() => TemplateAsync(provider))).Value;
        var copy = await EmptyAsync(provider, template, folder);
        return new TestDatabase(copy);
    }

    /// <summary>A database without any table, or a copy of another.</summary>
    public static async Task<DatabaseOptions> EmptyAsync(DatabaseProvider provider, DatabaseOptions? template = null, string? folder = null)
    {
        var name = NextName();
        var files = Path.Combine(folder ?? SqliteFolder.Path, name + ".files");
        if (provider is DatabaseProvider.Sqlite)
        {
            var file = Path.Combine(folder ?? SqliteFolder.Path, name + ".db");
            if (template is not null) File.Copy(new SqliteConnectionStringBuilder(template.ConnectionString).DataSource, file);
            return new DatabaseOptions { Provider = provider, ConnectionString = $"Data Source={file}", Files = files };
        }
        var server = await PostgresCluster.ConnectionString;
        var from = template is null ? "template0" : new NpgsqlConnectionStringBuilder(template.ConnectionString).Database;
        await ExecuteAsync(new DatabaseOptions { Provider = provider, ConnectionString = server }, $"CREATE DATABASE {name} TEMPLATE {from}");
        return new DatabaseOptions { Provider = provider, ConnectionString = new NpgsqlConnectionStringBuilder(server) { Database = name, MaxPoolSize = 50, Timeout = 120 }.ToString(), Files = files };
    }

    /// <summary>Runs SQL that the program would never run: to break rules, or to see what a row is.</summary>
    public static async Task ExecuteAsync(DatabaseOptions options, string sql)
    {
        await using System.Data.Common.DbConnection connection = options.Provider is DatabaseProvider.Sqlite
            ? new SqliteConnection(options.ConnectionString + ";Foreign Keys=True;Pooling=False")
            : new NpgsqlConnection(options.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The tests' own.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    public Task ExecuteAsync(string sql) => ExecuteAsync(Options, sql);

    /// <summary>Whether somebody is inside a write transaction (SQLite), or any transaction (PostgreSQL).</summary>
    public async Task<bool> IsInUse()
    {
        try
        {
            if (Options.Provider is DatabaseProvider.Sqlite)
                await ExecuteAsync(new DatabaseOptions { ConnectionString = Options.ConnectionString + ";Default Timeout=1" }, "BEGIN IMMEDIATE; ROLLBACK");
            else
                await ExecuteAsync("DO $$ BEGIN IF EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL) THEN RAISE lock_not_available; END IF; END $$");
            return false;
        }
        catch (System.Data.Common.DbException exception) when (exception is SqliteException { SqliteErrorCode: 5 } or PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable })
        {
            return true;
        }
    }

    /// <summary>For reading, as the program leases it.</summary>
    public CmmsDb For(Scope scope) => Factory.For(scope);

    public Task<WriteTransaction> BeginAsync(Scope scope, Actor by = default) => Factory.BeginAsync(scope, new Change(by, Clock.Now));

    /// <summary>One change, committed.</summary>
    public async Task<T> WriteAsync<T>(Scope scope, Func<CmmsDb, Task<T>> write, Actor by = default)
    {
        await using var transaction = await BeginAsync(scope, by);
        var result = await write(transaction.Db);
        await transaction.CommitAsync();
        return result;
    }

    /// <summary>One change, committed.</summary>
    public Task WriteAsync(Scope scope, Func<CmmsDb, Task> write, Actor by = default) =>
        WriteAsync(scope, async db =>
        {
            await write(db);
            return 0;
        }, by);

    public async Task<T> ReadAsync<T>(Scope scope, Func<CmmsDb, Task<T>> read)
    {
        await using var db = For(scope);
        return await read(db);
    }

    public async ValueTask DisposeAsync()
    {
        await Factory.DisposeAsync();
        if (Directory.Exists(Options.Files)) Directory.Delete(Options.Files, recursive: true);
        if (_goesWithItsServer) return;
        if (Options.Provider is DatabaseProvider.Sqlite)
        {
            var file = new SqliteConnectionStringBuilder(Options.ConnectionString).DataSource;
            foreach (var end in (string[])["", "-wal", "-shm"]) File.Delete(file + end);
        }
        else
        {
            var name = new NpgsqlConnectionStringBuilder(Options.ConnectionString).Database;
            await ExecuteAsync(new DatabaseOptions { Provider = Options.Provider, ConnectionString = await PostgresCluster.ConnectionString }, $"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        }
    }

    private static string NextName() => $"cmms_{Environment.ProcessId}_{Interlocked.Increment(ref s_last)}";

    /// <summary>Made from the model itself; that the migrations lead to the same is a test of its own.</summary>
    private static async Task<DatabaseOptions> TemplateAsync(DatabaseProvider provider)
    {
        var options = await EmptyAsync(provider);
        if (provider is DatabaseProvider.Sqlite) await ExecuteAsync(options, "PRAGMA journal_mode=WAL");
        await using var factory = new CmmsDbFactory(options);
        await using var db = factory.For(Scope.System);
        await ExecuteAsync(options, db.Database.GenerateCreateScript());
        // What the model cannot say.
        foreach (var guards in MigrationRunner.Embedded(provider).Where(m => m.Name.EndsWith("_guards", StringComparison.Ordinal))) await ExecuteAsync(options, guards.Script);
        return options;
    }

    /// <summary>In memory where the system has such a folder: a test need not wait for a disk to sync.</summary>
    private static class SqliteFolder
    {
        private const string Name = "cmms-sqlite-";
        private static readonly string s_parent = Directory.Exists("/dev/shm") ? "/dev/shm" : System.IO.Path.GetTempPath();

        public static string Path { get; } = Create();

        private static string Create()
        {
            // A test process that was killed could not tidy up.
            foreach (var left in Directory.EnumerateDirectories(s_parent, Name + "*"))
                if (int.TryParse(left[(left.LastIndexOf('-') + 1)..], out var owner) && !IsAlive(owner)) Delete(left);
            var folder = Directory.CreateDirectory(System.IO.Path.Combine(s_parent, Name + Environment.ProcessId)).FullName;
            AppDomain.CurrentDomain.ProcessExit += (_, _) => Delete(folder);
            return folder;
        }

        private static bool IsAlive(int process)
        {
            try
            {
                using var running = System.Diagnostics.Process.GetProcessById(process);
                return true;
            }
            catch (ArgumentException)
            {
                return false;
            }
        }

        private static void Delete(string folder)
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (IOException)
            {
                // Another test process was tidying up as well.
            }
        }
    }
}
