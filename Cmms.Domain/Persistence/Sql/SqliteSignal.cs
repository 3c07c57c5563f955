using Cmms.Domain.Events;
using Microsoft.Data.Sqlite;

namespace Cmms.Domain.Persistence.Sql;

/// <summary>
/// <c>PRAGMA data_version</c> changes with each commit of another connection, so this one is used for nothing else. It is looked at when this process has
/// committed, and every 10 ms for what others have.
/// </summary>
internal sealed class SqliteSignal(string connectionString, CommitBell commits) : EventSignal
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(10);
    private readonly SqliteConnection _connection = new(new SqliteConnectionStringBuilder(connectionString) { Pooling = false }.ToString());
    private SqliteCommand? _command;
    private long _seen;

    public override async Task ListenAsync(CancellationToken cancel)
    {
        if (_command is not null) return;
        await _connection.OpenAsync(cancel);
        SqliteConnections.Prepare(_connection);
        _command = _connection.CreateCommand();
        _command.CommandText = "PRAGMA data_version";
        _seen = Version();
    }

    public override async Task WaitAsync(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(s_interval);
        var tick = timer.WaitForNextTickAsync(cancel).AsTask();
        while (true)
        {
            // Taken before looking: what is committed in between has rung it already.
            var rung = commits.Next;
            if (Changed()) return;
            await Task.WhenAny(tick, rung);
            if (!tick.IsCompleted) continue;
            await tick;
            tick = timer.WaitForNextTickAsync(cancel).AsTask();
        }
    }

    public override async ValueTask DisposeAsync()
    {
        if (_command is not null) await _command.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private bool Changed()
    {
        try
        {
            var version = Version();
            return version != Interlocked.Exchange(ref _seen, version);
        }
        catch (SqliteException)
        {
            return true; // whoever waits reads, and learns what it is
        }
    }

    private long Version() => (long)_command!.ExecuteScalar()!;
}
