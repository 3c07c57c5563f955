using Npgsql;

namespace Cmms.Tests.Worker;

/// <summary>
/// Another customer's transaction in the same PostgreSQL database: it has written and goes on for as long as it likes. Readers that take "all
/// that is older than the oldest open transaction" stand still beside it.
/// </summary>
internal sealed class ForeignTransaction : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;

    private ForeignTransaction(NpgsqlConnection connection) => _connection = connection;

    public static async Task<ForeignTransaction> BeginAsync(TestPlant plant)
    {
        var (customer, site, _) = await TestPlant.AddCustomerAsync(plant.Database, "Elsewhere");
        NpgsqlConnection connection = new(plant.Database.Options.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        ForeignTransaction foreign = new(connection);
        await foreign.ExecuteAsync($"BEGIN; CREATE TABLE foreign_business (id int); INSERT INTO foreign_business VALUES (1); UPDATE site SET name = 'Held' WHERE customer_id = {customer} AND id = {site}");
        return foreign;
    }

    /// <summary>Fails where the transaction did not last until now.</summary>
    public Task CommitAsync() => ExecuteAsync("SAVEPOINT still_open; COMMIT");

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _connection.CreateCommand();
#pragma warning disable CA2100 // The test's own.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
