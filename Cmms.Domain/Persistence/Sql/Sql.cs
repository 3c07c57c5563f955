using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Cmms.Domain.Persistence.Sql;

/// <summary>The few statements that EF Core cannot say, within the context's own transaction.</summary>
internal static class Sql
{
    public static DbCommand Command(CmmsDb db, string text)
    {
        var connection = db.Database.GetDbConnection();
        var command = SqliteStatements.Find(connection, text) ?? connection.CreateCommand();
#pragma warning disable CA2100 // Every text in this folder is a constant.
        command.CommandText = text;
#pragma warning restore CA2100
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        return command;
    }

    public static DbParameter Add(this DbCommand command, string name, object? value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value ?? DBNull.Value);
        command.Parameters.Add(parameter);
        return parameter;
    }

    /// <summary>A moment, as each database keeps it.</summary>
    public static void Add(this DbCommand command, string name, Instant value, CmmsDb db) =>
        command.Add(name, db.IsSqlite ? value.Microseconds : value.ToDateTimeOffset().UtcDateTime);

    /// <summary>The one number that a statement returns. Read to its end: a RETURNING that is left half done keeps SQLite's log from shrinking.</summary>
    public static async Task<long> NumberAsync(this DbCommand command, CancellationToken cancel)
    {
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        var number = reader.GetInt64(0);
        while (await reader.ReadAsync(cancel)) { }
        return number;
    }
}
