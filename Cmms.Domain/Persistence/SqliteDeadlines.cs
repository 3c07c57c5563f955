using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Cmms.Domain.Persistence;

/// <summary>
/// Ends a statement of SQLite when its token does: the driver looks at the token only before it begins. Every few thousand steps SQLite asks whether it
/// may go on; a connection is used by one command at a time, so it holds the token of the one that runs.
/// </summary>
internal sealed class SqliteDeadlines : DbCommandInterceptor
{
    private const int StepsBetween = 4_000;
    private static readonly ConditionalWeakTable<object, StrongBox<CancellationToken>> s_running = [];

    /// <summary>Once for each handle; the pool keeps it with the handle.</summary>
    public static void Watch(object handle)
    {
        var running = new StrongBox<CancellationToken>();
        s_running.Add(handle, running);
        Install(handle, running);
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Run(command, cancellationToken);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default)
    {
        Run(command, cancellationToken);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Run(command, cancellationToken);
        return ValueTask.FromResult(result);
    }

    // What the driver does between commands, a rollback above all, must never be stopped.
    public override InterceptionResult DataReaderDisposing(DbCommand command, DataReaderDisposingEventData eventData, InterceptionResult result)
    {
        Run(command, default);
        return result;
    }

    public override ValueTask<object?> ScalarExecutedAsync(DbCommand command, CommandExecutedEventData eventData, object? result, CancellationToken cancellationToken = default)
    {
        Run(command, default);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<int> NonQueryExecutedAsync(DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        Run(command, default);
        return ValueTask.FromResult(result);
    }

    public override Task CommandFailedAsync(DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        Run(command, default);
        return Task.CompletedTask;
    }

    public override Task CommandCanceledAsync(DbCommand command, CommandEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Run(command, default);
        return Task.CompletedTask;
    }

    private static void Run(DbCommand command, CancellationToken token)
    {
        if (command.Connection is SqliteConnection { State: System.Data.ConnectionState.Open } connection && s_running.TryGetValue(SqliteConnections.Handle(connection), out var running))
            running.Value = token;
    }

    /// <summary>Not inlined: see <see cref="SqliteLibrary"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Install(object handle, StrongBox<CancellationToken> running) =>
        SQLitePCL.raw.sqlite3_progress_handler((SQLitePCL.sqlite3)handle, StepsBetween, static state => ((StrongBox<CancellationToken>)state).Value.IsCancellationRequested ? 1 : 0, running);
}
