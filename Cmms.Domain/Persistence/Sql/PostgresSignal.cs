using Cmms.Domain.Events;
using Npgsql;

namespace Cmms.Domain.Persistence.Sql;

/// <summary>LISTEN, and a slow look of its own in case a notification was lost.</summary>
internal sealed class PostgresSignal(string connectionString) : EventSignal
{
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(5);
    private NpgsqlConnection? _connection;

    public override async Task ListenAsync(CancellationToken cancel)
    {
        if (_connection is not null) return;
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, KeepAlive = 30 }.ToString());
        try
        {
            await connection.OpenAsync(cancel);
            await using var command = connection.CreateCommand();
            command.CommandText = $"LISTEN {EventLog.Channel}";
            await command.ExecuteNonQueryAsync(cancel);
            _connection = connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public override async Task WaitAsync(CancellationToken cancel)
    {
        try
        {
            await _connection!.WaitAsync(s_longest, cancel);
        }
        catch (NpgsqlException)
        {
            await DisposeAsync(); // whoever waits reads, and listens again
        }
    }

    public override async ValueTask DisposeAsync()
    {
        if (_connection is { } connection) await connection.DisposeAsync();
        _connection = null;
    }
}
