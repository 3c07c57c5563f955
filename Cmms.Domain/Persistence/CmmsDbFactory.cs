using Cmms.Domain.Events;
using Cmms.Domain.Files;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace Cmms.Domain.Persistence;

/// <summary>Leases contexts, each for one scope, and begins write transactions. One for a database in a process.</summary>
public sealed class CmmsDbFactory : IAsyncDisposable, IDisposable
{
    private readonly PooledDbContextFactory<CmmsDb> _pool;
    private readonly NpgsqlDataSource? _postgres;
    /// <summary>SQLite has one writer; waiting here holds no thread.</summary>
    private readonly SemaphoreSlim? _writers;
    private readonly SqliteStatements? _statements;
    private readonly string _connectionString;

    public CmmsDbFactory(DatabaseOptions options)
    {
        (Provider, Files) = (options.Provider, new FileStore(options.FilesFolder));
        var builder = new DbContextOptionsBuilder<CmmsDb>();
        if (Provider is DatabaseProvider.Sqlite)
        {
            _connectionString = SqliteConnections.Complete(options.ConnectionString);
            _writers = new SemaphoreSlim(1);
            _statements = new SqliteStatements();
            builder.UseSqlite(_connectionString, sqlite => sqlite.UseParameterizedCollectionMode(
                SqliteLibrary.Version >= new Version(3, 38) ? ParameterTranslationMode.Parameter : ParameterTranslationMode.MultipleParameters))
                .AddInterceptors(new SqliteConnections(), new SqliteDeadlines(), _statements);
        }
        else
        {
            _connectionString = Prepared(options.ConnectionString);
            _postgres = NpgsqlDataSource.Create(_connectionString);
            builder.UseNpgsql(_postgres, postgres => postgres.UseParameterizedCollectionMode(ParameterTranslationMode.Parameter))
                .AddInterceptors(new RowLocks());
        }
        _pool = new PooledDbContextFactory<CmmsDb>(builder.Options, poolSize: 256);
    }

    public DatabaseProvider Provider { get; }

    /// <summary>The contents of what is attached.</summary>
    public FileStore Files { get; }

    /// <summary>For what is not the model's; null on SQLite.</summary>
    internal NpgsqlDataSource? Postgres => _postgres;

    internal CommitBell Commits { get; } = new();

    /// <summary>The tables and their relations, as EF Core knows them.</summary>
    public IModel Model
    {
        get
        {
            using var db = For(Scope.System);
            return db.Model;
        }
    }

    /// <summary>What to say at start, such as "SQLite 3.40.1 (system) in cmms.db".</summary>
    public string Description => Provider is DatabaseProvider.Sqlite
        ? $"{SqliteLibrary.Description} in {new SqliteConnectionStringBuilder(_connectionString).DataSource}"
        : new NpgsqlConnectionStringBuilder(_connectionString) is var server ? $"PostgreSQL {server.Database} at {server.Host}" : "";

    /// <summary>Returns the space of SQLite's log to the system, unless readers still need it; the Worker asks for it now and then.</summary>
    public async Task TrimLogAsync(CancellationToken cancel = default)
    {
        if (Provider is not DatabaseProvider.Sqlite) return;
        await using var db = For(Scope.System);
        // It holds up all writers while it waits for a reader to end, so it soon gives up: the next time will do.
        await db.Database.ExecuteSqlRawAsync("PRAGMA busy_timeout=200; PRAGMA wal_checkpoint(TRUNCATE); PRAGMA busy_timeout=5000", cancel);
    }

    /// <summary>For reading; rows are not tracked.</summary>
    public CmmsDb For(Scope scope)
    {
        var db = _pool.CreateDbContext().Lease(scope);
        _statements?.Keep(db.Database);
        return db;
    }

    /// <summary>Reads on a lease of its own; once more where the server was lost on the way.</summary>
    public async Task<T> ReadAsync<T>(Scope scope, Func<CmmsDb, Task<T>> read)
    {
        try
        {
            await using var db = For(scope);
            return await read(db);
        }
        catch (Exception cut) when (cut.IsCut)
        {
            Reconnect();
        }
        await using var again = For(scope);
        return await read(again);
    }

    /// <summary>Replaces the pool's connections: where one was cut, those that nobody uses are cut as well.</summary>
    public void Reconnect() => _postgres?.Clear();

    /// <summary>For one short change: the write lock is taken before anything is read.</summary>
    public async Task<WriteTransaction> BeginAsync(Scope scope, Change change, CancellationToken cancel = default)
    {
        if (_writers is not null) await _writers.WaitAsync(cancel);
        CmmsDb? db = null;
        try
        {
            db = For(scope);
            // SQLite: BEGIN IMMEDIATE. PostgreSQL: READ COMMITTED.
            return new WriteTransaction(db, change, await db.Database.BeginTransactionAsync(cancel), _writers, Commits);
        }
        catch
        {
            _writers?.Release();
            if (db is not null) await db.DisposeAsync();
            throw;
        }
    }

    public void Dispose()
    {
        _postgres?.Dispose();
        Close();
    }

    public async ValueTask DisposeAsync()
    {
        if (_postgres is not null) await _postgres.DisposeAsync();
        Close();
    }

    /// <summary>The same few hundred statements run again and again; a proxy that cannot keep them says <c>Max Auto Prepare=0</c>.</summary>
    private static string Prepared(string connectionString) => connectionString.Contains("Auto Prepare", StringComparison.OrdinalIgnoreCase)
        ? connectionString
        : new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = 200, AutoPrepareMinUsages = 2 }.ToString();

    private void Close()
    {
        _writers?.Dispose();
        if (_statements is null) return;
        _statements.Close();
        using var connection = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(connection);
    }
}
