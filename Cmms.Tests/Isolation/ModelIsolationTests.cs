using Cmms.Domain;
using Cmms.Domain.Persistence;
using Cmms.Tests.Contract;
using Cmms.Tests.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Xunit;

namespace Cmms.Tests.Isolation;

/// <summary>What the database itself refuses and what it must not refuse, from the model alone.</summary>
public sealed class ModelIsolationTests
{
    [Fact]
    public async Task Every_reference_carries_its_owner()
    {
        await using var plant = await TestPlant.CreateAsync(DatabaseProvider.Sqlite);
        var references = plant.Database.Factory.Model.GetEntityTypes().SelectMany(t => t.GetForeignKeys()).Where(k => k.PrincipalEntityType.ClrType != typeof(Domain.Organization.Customer)).ToList();
        Assert.True(references.Count > 60, $"only {references.Count} references");
        Assert.Equal([], from key in references
                         let owner = SchemaConventions.IsSiteOwned(key.PrincipalEntityType) ? nameof(SiteEntity.SiteId) : nameof(CustomerEntity.CustomerId)
                         where key.Properties.Count != 2 || key.Properties[0].Name != owner || key.PrincipalKey.Properties[0].Name != owner
                         select $"{key.DeclaringEntityType.DisplayName()}.{string.Join(",", key.Properties.Select(p => p.Name))}");
    }

    [Fact]
    public async Task Nothing_is_unique_beyond_its_owner()
    {
        await using var plant = await TestPlant.CreateAsync(DatabaseProvider.Sqlite);
        var unique = plant.Database.Factory.Model.GetEntityTypes().Where(SchemaConventions.IsSiteOwned).SelectMany(t => t.GetIndexes()).Where(i => i.IsUnique).ToList();
        Assert.True(unique.Count > 15, $"only {unique.Count} unique indexes");
        Assert.Equal([], unique.Where(i => i.Properties[0].Name != nameof(SiteEntity.SiteId)).Select(i => $"{i.DeclaringEntityType.DisplayName()}.{string.Join(",", i.Properties.Select(p => p.Name))}"));
    }

    /// <summary>A value that one site has is free in every other: the same row once more is refused at home and taken next door.</summary>
    [Theory, Sqlite, PostgreSql]
    public async Task What_is_taken_in_one_site_is_free_in_another(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        await using var connection = await DatabaseImage.OpenAsync(plant.Database.Options);
        Rows rows = new(connection);
        var (mine, theirs) = (new Rows.Owner(plant.CustomerId, plant.SiteId), new Rows.Owner(plant.CustomerId, plant.NeighbourId));
        var tried = 0;
        foreach (var index in plant.Database.Factory.Model.GetRelationalModel().Tables.Where(Rows.IsSiteOwned).SelectMany(t => t.Indexes).Where(i => i.IsUnique))
        {
            var columns = index.Columns.Where(c => c.Name != "site_id").ToList();
            // One a site, or one of those in a state: nothing that another site could take. A key that refers to something of the site cannot be had elsewhere at all.
            if (columns.Count == 0 || index.Filter?.Replace(" IS NOT NULL", "", StringComparison.Ordinal).Contains(' ', StringComparison.Ordinal) == true) continue;
            if (columns.Exists(c => index.Table.ForeignKeyConstraints.Any(k => k.Columns.Contains(c)))) continue;
            tried++;
            var set = string.Join(", ", columns.Select(c => $"\"{c.Name}\" = {Sample(c)}"));
            Assert.Null(await TryAsync(await rows.MakeAsync(index.Table, mine)));
            rows.Forget(); // two of a pair could not be
            Assert.NotNull(await TryAsync(await rows.MakeAsync(index.Table, mine)));
            Assert.Null(await TryAsync(await rows.MakeAsync(index.Table, theirs)));

            // What the database has against it.
            async Task<string?> TryAsync(Rows.Row row)
            {
                await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Names of our own columns.
                command.CommandText = $"UPDATE \"{index.Table.Name}\" SET {set} WHERE {row.Where}";
#pragma warning restore CA2100
                try
                {
                    await command.ExecuteNonQueryAsync();
                    return null;
                }
                catch (System.Data.Common.DbException e)
                {
                    return e.Message;
                }
            }
        }
        Assert.True(tried > 10, $"only {tried} were tried");
    }

    private static string Sample(IColumn column)
    {
        var type = Nullable.GetUnderlyingType(column.PropertyMappings[0].Property.ClrType) ?? column.PropertyMappings[0].Property.ClrType;
        return type == typeof(string) || type.IsEnum ? "'same'" : type == typeof(DateOnly) ? "'2026-02-03'" : type == typeof(DateTime) ? "'2026-02-03 08:00:00'" : type == typeof(TimeOnly) ? "'07:00:00'" : type == typeof(bool) ? "TRUE" : "7";
    }
}
