using System.Data.Common;
using System.Reflection;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using Xunit;

namespace Cmms.Tests.Persistence;

/// <summary>The three layers, over every table of the model. Each first shows that the owner may do what a stranger then may not.</summary>
public sealed class IsolationTests
{
    [Theory, Sqlite, PostgreSql]
    public async Task The_filter_shows_each_owner_its_own_rows_alone(DatabaseProvider provider)
    {
        await using var world = await World.CreateAsync(provider);
        var failures = new List<string>();
        foreach (var table in world.Tables.Where(table => Rows.Type(table).GetDeclaredQueryFilters().Count > 0))
        {
            var type = Rows.Type(table);
            foreach (var owner in world.Owners)
            {
                var there = await world.CountAsync(table, owner, [.. world.Owners.Where(o => o.CustomerId == owner.CustomerId)]);
                var scope = Scope.Site(owner.CustomerId, owner.SiteId);
                Expect(there, scope, $"{owner}");
                Expect(await world.CountAsync(table, owner, [owner]), scope.Knowing([owner.SiteId]), $"{owner}, who knows of no other site,");
                if (there == 0) failures.Add($"{table.Name}: the world has no row of {owner}");
                if (!Rows.IsSiteOwned(table)) continue;
                Expect(0, Scope.Customer(owner.CustomerId), "its customer's scope");
                Expect(0, Scope.System, "the system's scope");
            }

            void Expect(int expected, Scope scope, string who)
            {
                using var db = world.Plant.Database.For(scope);
                var seen = Count(db, type);
                if (seen != expected) failures.Add($"{table.Name}: {who} sees {seen} rows instead of {expected}");
            }
        }
        Assert.Empty(failures);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Saving_refuses_whatever_another_owner_has(DatabaseProvider provider)
    {
        await using var world = await World.CreateAsync(provider);
        var mine = world.Owners[0];
        var failures = new List<string>();
        foreach (var table in world.Tables.Where(table => Rows.Type(table).FindAnnotation("WrittenBySql") is null))
        {
            var type = Rows.Type(table);
            object row;
            await using (var db = world.Plant.Database.For(Scope.Site(mine.CustomerId, mine.SiteId))) row = First(db, type);
            Scope[] strangers = Rows.IsSiteOwned(table)
                ? [.. world.Owners.Skip(1).Select(owner => Scope.Site(owner.CustomerId, owner.SiteId)), Scope.Customer(mine.CustomerId), Scope.System]
                : [.. world.Owners.Skip(2).Select(owner => Scope.Site(owner.CustomerId, owner.SiteId))];
            // A link has nothing but its key; there is nothing to modify.
            EntityState[] states = type.HasSharedClrType ? [EntityState.Deleted, EntityState.Added] : [EntityState.Modified, EntityState.Deleted, EntityState.Added];
            if (await RefusedAsync(Scope.Site(mine.CustomerId, mine.SiteId), states[0])) failures.Add($"{table.Name}: its owner is refused");
            foreach (var scope in strangers)
                foreach (var state in states)
                    if (!await RefusedAsync(scope, state)) failures.Add($"{table.Name}: {scope} may save it as {state}");

            async Task<bool> RefusedAsync(Scope scope, EntityState state)
            {
                await using var transaction = await world.Plant.Database.BeginAsync(scope);
                Track(transaction.Db, type, row, state);
                try
                {
                    await transaction.Db.SaveChangesAsync();
                    return false;
                }
                catch (ScopeViolation)
                {
                    return true;
                }
                catch (Exception other) when (other is DbUpdateException or Cmms.Domain.DomainError)
                {
                    return false; // the database itself had to object
                }
            }
        }
        Assert.Empty(failures);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task The_keys_let_no_row_refer_to_another_owners(DatabaseProvider provider)
    {
        await using var world = await World.CreateAsync(provider);
        // What keeps history as it was would refuse before the keys do.
        foreach (var (table, guard) in ((string, string)[])[("status_change", provider is DatabaseProvider.Sqlite ? "status_change_is_not_changed" : "status_change_stays"), ("downtime", "downtime_keeps_its_time")])
            await world.ExecuteAsync(provider is DatabaseProvider.Sqlite ? $"DROP TRIGGER {guard}" : $"ALTER TABLE {table} DISABLE TRIGGER {guard}");
        var (mine, failures, tried) = (world.Owners[0], new List<string>(), 0);
        foreach (var table in world.Tables)
        {
            foreach (var key in table.ForeignKeyConstraints)
            {
                var principal = (ITable)key.PrincipalTable;
                var (column, target) = key.Columns.Zip(key.PrincipalColumns).Last();
                if (Rows.Type(principal).ClrType == typeof(Customer)) continue;
                var row = await world.Rows.GetAsync(table, mine);
                var own = await world.Rows.GetAsync(principal, mine);
                // A row that belongs to one of several things belongs to nothing else meanwhile.
                var others = table.ForeignKeyConstraints.Select(k => k.Columns[^1]).Where(c => column.IsNullable && c.IsNullable && c != column && row.Values[c.Name] is not null).Select(c => c.Name).Distinct().ToList();
                if (await SetAsync(own) is { } refused) failures.Add($"{key.Name}: refuses the owner's own row: {refused}");
                foreach (var stranger in Rows.IsSiteOwned(principal) ? world.Owners.Skip(1) : world.Owners.Skip(2))
                {
                    tried++;
                    if (await SetAsync(await world.Rows.GetAsync(principal, stranger)) is null) failures.Add($"{key.Name}: a row of {mine} may refer to one of {stranger}");
                }
                string[] before = [.. others.Append(column.Name).Select(name => $"\"{name}\" = {(row.Values[name] is { } value ? Rows.Literal(value) : "NULL")}")];
                await world.ExecuteAsync($"UPDATE \"{table.Name}\" SET {string.Join(", ", before)} WHERE {row.Where}");

                async Task<string?> SetAsync(Rows.Row other)
                {
                    // A link's key is what is being changed: find the row by what it is now.
                    var where = row.Table.PrimaryKey!.Columns.All(part => part.Name == column.Name) ? $"customer_id = {mine.CustomerId}"
                        : row.Table.PrimaryKey!.Columns.Any(part => part.Name == column.Name) ? string.Join(" AND ", table.PrimaryKey!.Columns.Where(part => part.Name != column.Name).Select(part => $"\"{part.Name}\" = {Rows.Literal(row.Values[part.Name])}"))
                        : row.Where;
                    var alone = string.Concat(others.Select(name => $", \"{name}\" = NULL"));
                    return await world.TryAsync($"UPDATE \"{table.Name}\" SET \"{column.Name}\" = {Rows.Literal(other.Values[target.Name])}{alone} WHERE {where}");
                }
            }
        }
        Assert.Empty(failures);
        Assert.True(tried > 5);
    }

    private static int Count(CmmsDb db, IEntityType type) => (int)Generic(nameof(CountOf), type).Invoke(null, [db, Name(type)])!;
    private static object First(CmmsDb db, IEntityType type) => Generic(nameof(FirstOf), type).Invoke(null, [db, Name(type)])!;
    private static void Track(CmmsDb db, IEntityType type, object row, EntityState state) => Generic(nameof(TrackAs), type).Invoke(null, [db, Name(type), row, state]);

    private static MethodInfo Generic(string name, IEntityType type) =>
        typeof(IsolationTests).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type.ClrType);

    private static string? Name(IEntityType type) => type.HasSharedClrType ? type.Name : null;
    private static DbSet<T> Set<T>(CmmsDb db, string? name) where T : class => name is null ? db.Set<T>() : db.Set<T>(name);
    private static int CountOf<T>(CmmsDb db, string? name) where T : class => Set<T>(db, name).Count();
    private static T FirstOf<T>(CmmsDb db, string? name) where T : class => Set<T>(db, name).AsNoTracking().First();
    private static void TrackAs<T>(CmmsDb db, string? name, T row, EntityState state) where T : class => Set<T>(db, name).Entry(row).State = state;

    /// <summary>Two customers with two sites each, and a row of every table for each of the four.</summary>
    private sealed class World : IAsyncDisposable
    {
        private DbConnection _connection = null!;

        public required TestPlant Plant { get; init; }
        public required IReadOnlyList<Rows.Owner> Owners { get; init; }
        public required IReadOnlyList<ITable> Tables { get; init; }
        public Rows Rows { get; private set; } = null!;

        public static async Task<World> CreateAsync(DatabaseProvider provider)
        {
            var plant = await TestPlant.CreateAsync(provider);
            var other = await TestPlant.AddCustomerAsync(plant.Database, "Other");
            var model = plant.Database.Factory.Model;
            var world = new World
            {
                Plant = plant,
                Owners = [new(plant.CustomerId, plant.SiteId), new(plant.CustomerId, plant.NeighbourId), new(other.CustomerId, other.SiteId), new(other.CustomerId, other.NeighbourId)],
                Tables = [.. model.GetRelationalModel().Tables.Where(table => Rows.Type(table).FindProperty("CustomerId") is not null || Rows.IsSiteOwned(table))],
            };
            world._connection = provider is DatabaseProvider.Sqlite
                ? new SqliteConnection(plant.Database.Options.ConnectionString + ";Foreign Keys=True;Pooling=False")
                : new NpgsqlConnection(plant.Database.Options.ConnectionString + ";Pooling=false");
            await world._connection.OpenAsync();
            world.Rows = new Rows(world._connection);
            foreach (var table in world.Tables)
                foreach (var owner in world.Owners)
                    if (Rows.Type(table).FindAnnotation("WrittenBySql") is null || Rows.IsSiteOwned(table) || await world.CountAsync(table, owner, world.Owners) == 0) await world.Rows.GetAsync(table, owner);
            return world;
        }

        /// <param name="known">The sites that may be known of.</param>
        public async Task<int> CountAsync(ITable table, Rows.Owner owner, IReadOnlyList<Rows.Owner> known)
        {
            await using var command = _connection.CreateCommand();
            var sites = string.Join(", ", known.Select(o => o.SiteId));
            var where = Rows.Type(table).ClrType switch
            {
                _ when Rows.IsSiteOwned(table) => $"site_id = {owner.SiteId}",
                var type when type == typeof(Site) => $"customer_id = {owner.CustomerId} AND id IN ({sites})",
                var type when type == typeof(UserRole) => $"customer_id = {owner.CustomerId} AND site_id IN ({sites})",
                var type when type == typeof(Cmms.Domain.Events.Event) =>
                    $"customer_id = {owner.CustomerId} AND (site_id IS NULL OR site_id = {owner.SiteId} OR (subject_type IN ('Site', 'UserRole') AND site_id IN ({sites})))",
                _ => $"customer_id = {owner.CustomerId}",
            };
            command.CommandText = $"SELECT count(*) FROM \"{table.Name}\" WHERE {where}";
            return Convert.ToInt32(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
        }

        public async Task ExecuteAsync(string sql)
        {
            await using var command = _connection.CreateCommand();
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync();
        }

        /// <summary>What the database has against it, or null.</summary>
        public async Task<string?> TryAsync(string sql)
        {
            try
            {
                await ExecuteAsync(sql);
                return null;
            }
            catch (DbException exception)
            {
                return exception.Message;
            }
        }

        public async ValueTask DisposeAsync()
        {
            await _connection.DisposeAsync();
            await Plant.DisposeAsync();
        }
    }
}
