using System.Data.Common;
using System.Globalization;
using Cmms.Domain;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Planning;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Cmms.Tests.Persistence;

/// <summary>
/// Makes a row of any table for any owner by plain SQL, with the rows that it must refer to, from what the model says: a new entity is covered
/// the day it is mapped. A check that these plain values break gets better ones in <see cref="s_values"/>.
/// </summary>
internal sealed class Rows(DbConnection connection)
{
    private static readonly Dictionary<string, object> s_values = new()
    {
        ["site.time_zone"] = "Etc/UTC",
        ["site.currency"] = "USD",
    };

    /// <summary>References that may be null, but not together with the others of their row.</summary>
    private static readonly HashSet<string> s_referred = ["attachment.asset_id"];

    private readonly Dictionary<(ITable, Owner), Row> _made = [];
    private readonly HashSet<ITable> _making = [];
    private int _last;

    public sealed record Owner(long CustomerId, long SiteId);

    public sealed record Row(ITable Table, IReadOnlyDictionary<string, object?> Values)
    {
        public string Where => string.Join(" AND ", Table.PrimaryKey!.Columns.Select(column => $"\"{column.Name}\" = {Literal(Values[column.Name])}"));
    }

    public static bool IsSiteOwned(ITable table) => SchemaConventions.IsSiteOwned(Type(table));

    public static IEntityType Type(ITable table) => (IEntityType)table.EntityTypeMappings.First().TypeBase;

    /// <summary>What follows refers to rows of its own.</summary>
    public void Forget() => _made.Clear();

    /// <summary>The owner's row of this table, made at the first call.</summary>
    public async Task<Row> GetAsync(ITable table, Owner owner)
    {
        var key = (table, IsSiteOwned(table) ? owner : owner with { SiteId = 0 });
        if (_made.TryGetValue(key, out var row)) return row;
        return _made[key] = await MakeAsync(table, owner);
    }

    public async Task<Row> MakeAsync(ITable table, Owner owner)
    {
        if (Type(table).ClrType == typeof(Customer)) return await ReadAsync(table, $"SELECT * FROM customer WHERE id = {owner.CustomerId}");
        if (Type(table).ClrType == typeof(Site)) return await ReadAsync(table, $"SELECT * FROM site WHERE id = {owner.SiteId}");
        if (!_making.Add(table)) throw new InvalidOperationException($"{table.Name} must refer to itself, directly or by others.");
        try
        {
            return await InsertAsync(table, owner);
        }
        finally
        {
            _making.Remove(table);
        }
    }

    public static string Literal(object? value) => value is string text ? $"'{text}'" : Convert.ToString(value, CultureInfo.InvariantCulture)!;

    private async Task<Row> InsertAsync(ITable table, Owner owner)
    {
        await using var command = connection.CreateCommand();
        var names = new List<string>();
        var referred = await ReferredAsync(table, owner);
        foreach (var column in table.Columns)
        {
            var property = column.PropertyMappings[0].Property;
            if (IsIdentity(property) && !referred.ContainsKey(column.Name)) continue;
            var value = column.Name switch
            {
                "customer_id" => owner.CustomerId,
                "site_id" => column.IsNullable ? null : owner.SiteId,
                _ when referred.TryGetValue(column.Name, out var key) => key,
                _ when s_values.TryGetValue($"{table.Name}.{column.Name}", out var given) => given,
                _ => column.IsNullable ? null : Sample(property.ClrType),
            };
            command.Parameters.Add(property.GetRelationalTypeMapping().CreateParameter(command, "@" + column.Name, value, column.IsNullable));
            names.Add(column.Name);
        }
        command.CommandText = $"INSERT INTO \"{table.Name}\" ({string.Join(", ", names.Select(name => $"\"{name}\""))}) VALUES ({string.Join(", ", names.Select(name => "@" + name))}) RETURNING *";
        try
        {
            return await ReadAsync(table, command);
        }
        catch (DbException exception)
        {
            throw new InvalidOperationException($"No plain row of {table.Name} can be made; give Rows better values: {exception.Message}", exception);
        }
    }

    private async Task<Dictionary<string, object?>> ReferredAsync(ITable table, Owner owner)
    {
        var referred = new Dictionary<string, object?>();
        foreach (var key in table.ForeignKeyConstraints)
        {
            foreach (var (column, principal) in key.Columns.Zip(key.PrincipalColumns))
            {
                if ((column.IsNullable && !s_referred.Contains($"{table.Name}.{column.Name}")) || column.Name is "customer_id" or "site_id" || referred.ContainsKey(column.Name)) continue;
                referred[column.Name] = (await GetAsync((ITable)key.PrincipalTable, owner)).Values[principal.Name];
            }
        }
        return referred;
    }

    private async Task<Row> ReadAsync(ITable table, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await ReadAsync(table, command);
    }

    private static async Task<Row> ReadAsync(ITable table, DbCommand command)
    {
        await using var reader = await command.ExecuteReaderAsync();
        if (!await reader.ReadAsync()) throw new InvalidOperationException($"{table.Name} has no such row.");
        return new Row(table, Enumerable.Range(0, reader.FieldCount).ToDictionary(reader.GetName, i => reader.IsDBNull(i) ? null : reader.GetValue(i)));
    }

    private static bool IsIdentity(IProperty property) => property.IsPrimaryKey() && property.ValueGenerated is ValueGenerated.OnAdd;

    private object Sample(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        _last++;
        return type switch
        {
            _ when type == typeof(string) => $"x{_last}",
            _ when type == typeof(Instant) => Instant.FromMicroseconds(1_767_225_600_000_000 + (_last * 1_000_000L)),
            _ when type == typeof(DateTime) => new DateTime(2026, 1, 1, 8, 0, 0, DateTimeKind.Unspecified).AddSeconds(_last),
            _ when type == typeof(DateOnly) => new DateOnly(2026, 1, 1).AddDays(_last),
            _ when type == typeof(TimeSpan) => TimeSpan.FromHours(1),
            _ when type == typeof(Recurrence) => new Recurrence(RecurrenceFrequency.Month, new DateOnly(2026, 1, 1)),
            _ when type == typeof(int) => 1,
            _ when type == typeof(byte[]) => new byte[] { 1 },
            _ when type.IsEnum => Enum.GetValues(type).GetValue(0)!,
            _ when type.IsArray => Array.CreateInstance(type.GetElementType()!, 0),
            _ when type.IsInterface && type.IsGenericType => Activator.CreateInstance(typeof(List<>).MakeGenericType(type.GetGenericArguments()[0]))!,
            _ => Activator.CreateInstance(type)!, // zero, false, the system, an empty list
        };
    }
}
