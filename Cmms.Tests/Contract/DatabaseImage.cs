using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Cmms.Domain.Persistence;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Cmms.Tests.Contract;

/// <summary>A whole database as one line a table: how many rows there are, and a hash of all that is in them.</summary>
internal static class DatabaseImage
{
    public static async Task<IReadOnlyDictionary<string, string>> TakeAsync(TestDatabase database)
    {
        await using var connection = await OpenAsync(database.Options);
        var image = new Dictionary<string, string>();
        foreach (var table in await TextsAsync(connection, connection is SqliteConnection
            ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            : "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
        {
            var rows = await TextsAsync(connection, connection is SqliteConnection ? $"SELECT * FROM \"{table}\"" : $"SELECT t::text FROM \"{table}\" t");
            image[table] = $"{rows.Count} {Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', rows.Order(StringComparer.Ordinal)))))}";
        }
        return image;
    }

    /// <summary>A connection that keeps its rules, outside the program.</summary>
    public static async Task<DbConnection> OpenAsync(DatabaseOptions options)
    {
        DbConnection connection = options.Provider is DatabaseProvider.Sqlite
            ? new SqliteConnection(options.ConnectionString + ";Foreign Keys=True;Pooling=False")
            : new NpgsqlConnection(options.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    private static async Task<List<string>> TextsAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Names of our own tables.
        command.CommandText = sql;
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync();
        List<string> texts = [];
        while (await reader.ReadAsync())
            texts.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetValue(i) is byte[] bytes ? Convert.ToHexString(bytes) : reader.GetValue(i).ToString())));
        return texts;
    }
}
