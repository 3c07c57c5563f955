using System.Data.Common;
using System.Reflection;
using Cmms.Domain;
using Cmms.Domain.Events;
using Cmms.Domain.Persistence;
using Cmms.Domain.Planning;
using Cmms.Tests.Persistence;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace Cmms.Tests.Events;

/// <summary>A plant in which a row of any entity can be had, and two different values for any of its properties.</summary>
internal sealed class EventWorld : IAsyncDisposable
{
    private static readonly MethodInfo s_first = typeof(EventWorld).GetMethod(nameof(FirstAsync), BindingFlags.NonPublic | BindingFlags.Static)!;
    private readonly DbConnection _connection;
    private readonly Rows _rows;
    private int _last = 1_000;

    private EventWorld(TestPlant plant, DbConnection connection) => (Plant, _connection, _rows) = (plant, connection, new Rows(connection));

    public TestPlant Plant { get; }

    public IEnumerable<IEntityType> Entities => Plant.Database.Factory.Model.GetEntityTypes().Where(t => typeof(Entity).IsAssignableFrom(t.ClrType));

    public static async Task<EventWorld> CreateAsync(DatabaseProvider provider)
    {
        var plant = await TestPlant.CreateAsync(provider);
        DbConnection connection = provider is DatabaseProvider.Sqlite
            ? new SqliteConnection(plant.Database.Options.ConnectionString + ";Foreign Keys=True;Pooling=False")
            : new NpgsqlConnection(plant.Database.Options.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        return new EventWorld(plant, connection);
    }

    /// <summary>A row of the plant's site or customer, made at the first call; a fresh copy of it.</summary>
    public async Task<object> RowAsync(IEntityType type)
    {
        var row = await _rows.GetAsync((ITable)type.GetTableMappings().Single().Table, new Rows.Owner(Plant.CustomerId, Plant.SiteId));
        await using var db = Plant.Read();
        return await FindAsync(db, type, Convert.ToInt64(row.Values["id"], System.Globalization.CultureInfo.InvariantCulture));
    }

    public static Task<object> FindAsync(CmmsDb db, IEntityType type, long id) => (Task<object>)s_first.MakeGenericMethod(type.ClrType).Invoke(null, [db, id])!;

    public Task<Event> LastAsync(IEntityType type, long id)
    {
        var name = type.ClrType.Name;
        return Plant.ReadAsync(db => db.Events.Where(e => e.SubjectType == name && e.SubjectId == id).OrderByDescending(e => e.Position).FirstAsync());
    }

    /// <summary>A value that is not null; with <paramref name="other"/>, another one than the current.</summary>
    public async Task<object> ValueAsync(IProperty property, object? current, bool other)
    {
        if (property.GetContainingForeignKeys().FirstOrDefault(key => key.Properties[^1] == property) is { } key)
        {
            // Another row of the same kind; only its number is looked at.
            return other ? (long)current! + 1 : current ?? ((Entity)await RowAsync(key.PrincipalEntityType)).Id;
        }
        return !other && current is not (null or "") ? current : Sample(property.ClrType, current);
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await Plant.DisposeAsync();
    }

    private object Sample(Type declared, object? current)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        _last++;
        return type switch
        {
            _ when type == typeof(string) => $"text {_last}",
            _ when type == typeof(bool) => current is not true,
            _ when type == typeof(int) => _last,
            _ when type == typeof(long) => (long)_last,
            _ when type == typeof(Instant) => Plant.Now + TimeSpan.FromSeconds(_last),
            _ when type == typeof(DateTime) => new DateTime(2026, 1, 1, 8, 0, 0, DateTimeKind.Unspecified).AddSeconds(_last),
            _ when type == typeof(DateOnly) => new DateOnly(2026, 1, 1).AddDays(_last),
            _ when type == typeof(TimeOnly) => new TimeOnly(8, 0).Add(TimeSpan.FromSeconds(_last)),
            _ when type == typeof(TimeSpan) => TimeSpan.FromMinutes(_last),
            _ when type == typeof(Quantity) => Quantity.FromThousandths(_last),
            _ when type == typeof(Money) => Money.FromTenThousandths(_last),
            _ when type == typeof(Actor) => Actor.User(_last),
            _ when type == typeof(Recurrence) => new Recurrence(RecurrenceFrequency.Day, new DateOnly(2026, 1, 1).AddDays(_last)),
            _ when type == typeof(NumberSet) => NumberSet.Parse(current is NumberSet set && set.Contains(1) ? "2,3" : "1"),
            _ when type.IsEnum => Enum.GetValues(type).Cast<object>().First(value => !value.Equals(current)),
            _ => throw new InvalidOperationException($"No sample of {type.Name}: give it one here."),
        };
    }

    private static async Task<object> FirstAsync<T>(CmmsDb db, long id) where T : Entity => await db.Set<T>().SingleAsync(row => row.Id == id);
}
