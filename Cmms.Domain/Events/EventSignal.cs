using Cmms.Domain.Persistence;
using Cmms.Domain.Persistence.Sql;

namespace Cmms.Domain.Events;

/// <summary>How a database says that something was committed. It may say so once too often, and need not say what.</summary>
internal abstract class EventSignal : IAsyncDisposable
{
    /// <param name="commits">Of this process.</param>
    public static EventSignal For(DatabaseOptions options, CommitBell commits) =>
        options.Provider is DatabaseProvider.Sqlite ? new SqliteSignal(options.ConnectionString, commits) : new PostgresSignal(options.ConnectionString);

    /// <summary>Connects, if it is not connected.</summary>
    public abstract Task ListenAsync(CancellationToken cancel);

    /// <summary>Until something was committed since the last call, the connection broke, or a while has passed.</summary>
    public abstract Task WaitAsync(CancellationToken cancel);

    public abstract ValueTask DisposeAsync();
}
