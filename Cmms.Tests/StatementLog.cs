using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using Cmms.Domain.Persistence;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Cmms.Tests;

/// <summary>
/// Every statement that EF Core sends to one database, as its diagnostics tell. It is to be made before the database is used: EF Core remembers
/// for a second that nobody listens.
/// </summary>
internal sealed class StatementLog : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly ConcurrentQueue<string> _statements = new();
    private readonly ConcurrentBag<IDisposable> _subscriptions = [];
    private volatile string _database = "";
    private long _rows;

    public StatementLog() => _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));

    public IReadOnlyList<string> Statements => [.. _statements];

    /// <summary>How often a row was asked for: one more than there were, where an answer was read to its end.</summary>
    public long RowsRead => Interlocked.Read(ref _rows);

    /// <summary>From now on, what is sent to this database.</summary>
    public void Count(DatabaseOptions database)
    {
        _statements.Clear();
        Interlocked.Exchange(ref _rows, 0);
        _database = database.Provider is DatabaseProvider.Sqlite
            ? new SqliteConnectionStringBuilder(database.ConnectionString).DataSource
            : new NpgsqlConnectionStringBuilder(database.ConnectionString).Database!;
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name) _subscriptions.Add(value.Subscribe(this));
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Key == RelationalEventId.CommandExecuting.Name && value.Value is CommandEventData command && IsOurs(command.Command)) _statements.Enqueue(command.Command.CommandText);
        if (value.Key == RelationalEventId.DataReaderDisposing.Name && value.Value is DataReaderDisposingEventData reader && IsOurs(reader.Command)) Interlocked.Add(ref _rows, reader.ReadCount);
    }

    public void OnCompleted() { }
    public void OnError(Exception error) { }

    public void Dispose()
    {
        foreach (var subscription in _subscriptions) subscription.Dispose();
    }

    private bool IsOurs(DbCommand command) =>
        command.Connection is { } connection && (connection is SqliteConnection ? connection.DataSource : connection.Database) == _database
        && !IsOfTheTail(command.CommandText);

    /// <summary>What the program reads by itself to follow the log, whenever that happens.</summary>
    private static bool IsOfTheTail(string statement) =>
        statement.Contains("event_head", StringComparison.Ordinal) || statement.Replace("\"", "", StringComparison.Ordinal).Contains("e.position > @after", StringComparison.Ordinal);
}
