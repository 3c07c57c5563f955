using System.Data.Common;

namespace Cmms.Domain.Persistence.Sql;

/// <summary>Whether the database takes anything in, tried out without leaving anything.</summary>
public static class Storage
{
    /// <summary>
    /// True when a row can be rewritten to the disk again after there was no room. A write that changes nothing reaches the disk all the same; what
    /// needs a new page is tried in a transaction that is given up.
    /// </summary>
    public static async Task<bool> HasRoomAsync(CmmsDbFactory factory, Change change, CancellationToken cancel)
    {
        try
        {
            if (factory.Provider is DatabaseProvider.Sqlite)
            {
                await using var trial = await factory.BeginAsync(Scope.System, change, cancel);
                await using var grow = Sql.Command(trial.Db, "CREATE TABLE storage_trial (x integer)");
                await grow.ExecuteNonQueryAsync(cancel);
            }
            await using var transaction = await factory.BeginAsync(Scope.System, change, cancel);
            await using var write = Sql.Command(transaction.Db, "UPDATE event_head SET position = position");
            await write.ExecuteNonQueryAsync(cancel);
            await transaction.CommitAsync(cancel);
            return true;
        }
        catch (DbException e) when (e.IsStorageFull)
        {
            return false;
        }
    }
}
