using System.Collections.Concurrent;
using System.Data.Common;
using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Cmms.Tests.GraphQL.Data;

/// <summary>A workshop in a database of its own, with every statement that was sent to it.</summary>
internal sealed class WorkshopDatabase : DbCommandInterceptor
{
    private readonly DbContextOptions<Workshop> _options;
    private Sent? _last;

    private WorkshopDatabase(DatabaseOptions database)
    {
        var builder = new DbContextOptionsBuilder<Workshop>().AddInterceptors(this)
            .LogTo((id, _) => id == CoreEventId.QueryCompilationStarting, _ => Compiled++);
        _options = (database.Provider is DatabaseProvider.Sqlite
            ? builder.UseSqlite(database.ConnectionString, s => s.UseParameterizedCollectionMode(
                HasOneParameterForAList ? ParameterTranslationMode.Parameter : ParameterTranslationMode.MultipleParameters))
            : builder.UseNpgsql(database.ConnectionString, s => s.UseParameterizedCollectionMode(ParameterTranslationMode.Parameter))).Options;
    }

    /// <summary>EF Core reads a list out of one parameter where SQLite has its JSON functions for sure.</summary>
    public static bool HasOneParameterForAList => SqliteLibrary.Version >= new Version(3, 38);

    public ConcurrentQueue<string> Statements { get; } = [];

    /// <summary>How often EF Core had to make a plan.</summary>
    public int Compiled { get; set; }

    public static async Task<WorkshopDatabase> CreateAsync(DatabaseProvider provider)
    {
        var options = await TestDatabase.EmptyAsync(provider);
        var database = new WorkshopDatabase(options);
        await using var db = database.Open();
        await TestDatabase.ExecuteAsync(options, db.Database.GenerateCreateScript());
        return database;
    }

    /// <summary>Whose rows contexts see from now on.</summary>
    public long Site { get; set; } = 1;

    public Workshop Open() => new(_options) { Site = Site };

    public async Task SaveAsync(params IEnumerable<object> entities)
    {
        await using var db = Open();
        db.AddRange(entities);
        await db.SaveChangesAsync();
        Statements.Clear();
    }

    /// <summary>How the database carries the last statement out.</summary>
    public async Task<string> PlanOfLastAsync()
    {
        await using var db = Open();
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = $"{(db.Database.IsSqlite() ? "EXPLAIN QUERY PLAN" : "EXPLAIN")} {_last!.Text}";
        foreach (var (name, value) in _last.Parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync()) lines.Add((string)reader.GetValue(reader.FieldCount - 1));
        return string.Join('\n', lines);
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Statements.Enqueue(command.CommandText);
        _last = new Sent(command.CommandText, [.. command.Parameters.Cast<DbParameter>().Select(p => (p.ParameterName, p.Value))]);
        return new(result);
    }

    private sealed record Sent(string Text, List<(string Name, object? Value)> Parameters);
}
