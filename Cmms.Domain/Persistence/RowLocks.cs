using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Cmms.Domain.Persistence;

/// <summary>Holds what a write transaction finds until its end (PostgreSQL; SQLite has one writer anyway).</summary>
internal sealed class RowLocks : DbCommandInterceptor
{
    public const string Tag = "cmms:lock";

    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result) =>
        Lock(command, result);

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Lock(command, result));

    private static InterceptionResult<DbDataReader> Lock(DbCommand command, InterceptionResult<DbDataReader> result)
    {
        // NO KEY: keys never change, and rows that merely refer to this one need not wait.
        if (command.CommandText.StartsWith("-- " + Tag, StringComparison.Ordinal)) command.CommandText += "\nFOR NO KEY UPDATE";
        return result;
    }
}
