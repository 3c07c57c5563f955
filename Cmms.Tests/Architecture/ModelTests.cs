using Cmms.Domain;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cmms.Tests.Architecture;

/// <summary>What every table must have, whoever maps it.</summary>
public sealed class ModelTests : IDisposable
{
    private readonly CmmsDbFactory _factory = new(new DatabaseOptions { ConnectionString = "Data Source=:memory:" });

    private IEnumerable<IEntityType> Types => _factory.Model.GetEntityTypes();

    [Fact]
    public void Every_row_is_owned_and_can_only_be_referred_to_together_with_its_owner() => Assert.Empty(
        from type in Types
        let owner = SchemaConventions.IsSiteOwned(type) ? "SiteId" : "CustomerId"
        where typeof(CustomerEntity).IsAssignableFrom(type.ClrType)
        where !type.GetKeys().Any(key => key.Properties.Select(property => property.Name).SequenceEqual([owner, "Id"]))
        select $"{type.DisplayName()} has no unique ({owner}, Id)");

    [Fact]
    public void Every_reference_carries_the_owner_of_what_it_refers_to() => Assert.Empty(
        from type in Types
        from key in type.GetForeignKeys()
        where key.PrincipalEntityType.ClrType != typeof(Customer)
        let owner = SchemaConventions.IsSiteOwned(key.PrincipalEntityType) ? "SiteId" : "CustomerId"
        where key.Properties[0].Name != owner || key.PrincipalKey.Properties[0].Name != owner || key.Properties.Count != 2
        select $"{type.DisplayName()}: {key.Properties.Format()} refers to {key.PrincipalEntityType.DisplayName()} without {owner}: map it with BelongsTo or Links");

    [Fact]
    public void Every_id_is_a_reference() => Assert.Empty(
        from type in Types
        from property in type.GetProperties()
        where property.Name.EndsWith("Id", StringComparison.Ordinal) && property.ClrType.IsAssignableTo(typeof(long?))
        where !property.IsPrimaryKey() && property.Name != "SubjectId" && !property.GetContainingForeignKeys().Any()
        select $"{type.DisplayName()}.{property.Name} refers to nothing: map it with BelongsTo");

    [Fact]
    public void Every_site_owned_row_refers_to_its_site_and_customer() => Assert.Empty(
        from type in Types
        where typeof(SiteEntity).IsAssignableFrom(type.ClrType)
        where !type.GetForeignKeys().Any(key => key.PrincipalEntityType.ClrType == typeof(Site) && key.Properties.Select(property => property.Name).SequenceEqual(["CustomerId", "SiteId"]))
        select type.DisplayName());

    [Fact]
    public void Every_reference_has_an_index() => Assert.Empty(
        from type in Types
        from key in type.GetForeignKeys()
        where key.Properties[^1].Name is not ("SiteId" or "CustomerId")
        where !type.GetIndexes().Select(index => index.Properties).Concat(type.GetKeys().Select(other => other.Properties))
            .Any(properties => properties.Take(2).SequenceEqual(key.Properties))
        select $"{type.DisplayName()}: {key.Properties.Format()}");

    [Fact]
    public void Every_owned_row_is_filtered() => Assert.Empty(
        from type in Types
        where type.FindProperty("CustomerId") is not null || SchemaConventions.IsSiteOwned(type) || type.ClrType == typeof(Customer)
        where type.GetDeclaredQueryFilters().Count == 0
        select type.DisplayName());

    [Fact]
    public void Amounts_are_exact_and_moments_are_instants() => Assert.Empty(
        from type in Types
        from property in type.GetProperties()
        let clr = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType
        where clr == typeof(decimal) || clr == typeof(float) || clr == typeof(DateTimeOffset)
        select $"{type.DisplayName()}.{property.Name}: use Quantity, Money or Instant");

    [Fact]
    public void Every_version_is_compared_on_saving() => Assert.Empty(
        from type in Types
        where typeof(Entity).IsAssignableFrom(type.ClrType) && type.FindProperty("Version") is not { IsConcurrencyToken: true }
        select type.DisplayName());

    /// <summary>Lines go with what they are lines of, and that is on record; a reference that vanished by itself would be on none.</summary>
    [Fact]
    public void No_reference_is_cleared_by_the_database() => Assert.Empty(
        from type in Types
        from key in type.GetForeignKeys()
        where key.DeleteBehavior is DeleteBehavior.SetNull
        select $"{type.DisplayName()}: {key.Properties.Format()}");

    public void Dispose() => _factory.Dispose();
}
