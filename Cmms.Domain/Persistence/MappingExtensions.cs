using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cmms.Domain.Persistence;

/// <summary>The vocabulary of the mappings beside the entities. Every reference carries its owner, so that no row can refer across sites.</summary>
public static class MappingExtensions
{
    /// <summary>A reference by the composite key (site, id), or (customer, id) where the other side belongs to the customer; required as its key is.</summary>
    public static void BelongsTo<T, TParent>(this EntityTypeBuilder<T> builder, Expression<Func<T, TParent?>> navigation, Expression<Func<T, long?>> key,
        Expression<Func<TParent, IEnumerable<T>?>>? inverse = null, DeleteBehavior onDelete = DeleteBehavior.Restrict)
        where T : CustomerEntity where TParent : CustomerEntity =>
        Refer(builder, builder.HasOne(navigation).WithMany(inverse), key, onDelete);

    /// <summary>A reference that is known by its key alone.</summary>
    public static void BelongsTo<T, TParent>(this EntityTypeBuilder<T> builder, Expression<Func<T, long?>> key, Expression<Func<TParent, IEnumerable<T>?>>? inverse = null,
        DeleteBehavior onDelete = DeleteBehavior.Restrict)
        where T : CustomerEntity where TParent : CustomerEntity =>
        Refer(builder, builder.HasOne<TParent>().WithMany(inverse), key, onDelete);

    /// <summary>Many to many through a table of its own, with composite keys on both sides.</summary>
    public static void Links<T, TOther>(this EntityTypeBuilder<T> builder, Expression<Func<T, IEnumerable<TOther>?>> navigation, string table,
        Expression<Func<TOther, IEnumerable<T>?>>? inverse = null)
        where T : SiteEntity where TOther : CustomerEntity
    {
        var (left, right) = (typeof(T).Name + "Id", (typeof(T) == typeof(TOther) ? "Other" : "") + typeof(TOther).Name + "Id");
        var owner = Owner(typeof(TOther));
        var many = builder.HasMany(navigation);
        (inverse is null ? many.WithMany() : many.WithMany(inverse)).UsingEntity<Dictionary<string, object>>(
            table,
            join => join.HasOne<TOther>().WithMany().HasForeignKey(owner, right).HasPrincipalKey(owner, nameof(Entity.Id)).OnDelete(DeleteBehavior.Cascade),
            join => join.HasOne<T>().WithMany().HasForeignKey(nameof(SiteEntity.SiteId), left).HasPrincipalKey(nameof(SiteEntity.SiteId), nameof(Entity.Id)).OnDelete(DeleteBehavior.Cascade),
            join =>
            {
                join.ToTable(table);
                join.HasKey(nameof(SiteEntity.SiteId), left, right);
                join.HasIndex(owner, right);
                if (owner == nameof(CustomerEntity.CustomerId)) SchemaConventions.ReferToSite(join.Metadata);
            });
    }

    /// <summary>Adds a column with the folded form of a text, by which it is searched and sorted.</summary>
    public static void Folded<T>(this EntityTypeBuilder<T> builder, Expression<Func<T, string?>> property) where T : Entity
    {
        var text = builder.Property(property);
        var shadow = text.Metadata.Name + "Folded";
        builder.Property<string>(shadow).IsRequired(!text.Metadata.IsNullable);
        text.HasAnnotation(Annotations.Folded, shadow);
    }

    /// <summary>The column in which a property's text is folded, or null.</summary>
    public static IProperty? FoldedColumn(this IReadOnlyProperty property) =>
        property.FindAnnotation(Annotations.Folded)?.Value is string shadow ? (IProperty?)property.DeclaringType.FindProperty(shadow) : null;

    /// <summary>Marks what must never leave the domain, not even in the event log.</summary>
    public static void Secret<T>(this EntityTypeBuilder<T> builder, Expression<Func<T, object?>> property) where T : Entity =>
        builder.Property(Names(property).Single()).HasAnnotation(Annotations.Secret, true);

    /// <summary>Changes of this property alone are neither logged nor a new version.</summary>
    public static void Unlogged<T>(this EntityTypeBuilder<T> builder, Expression<Func<T, object?>> property) where T : Entity =>
        builder.Property(Names(property).Single()).HasAnnotation(Annotations.Unlogged, true);

    /// <summary>The schema shows this property under another name, and so does the event log.</summary>
    public static void LoggedAs<T>(this EntityTypeBuilder<T> builder, Expression<Func<T, object?>> property, string name) where T : Entity =>
        builder.Property(Names(property).Single()).HasAnnotation(Annotations.LoggedAs, name);

    /// <summary>Rows of this table are history themselves: saving records only what they raise.</summary>
    public static void Unlogged<T>(this EntityTypeBuilder<T> builder) where T : Entity => builder.HasAnnotation(Annotations.Unlogged, true);

    /// <summary>Unique within the site (or the customer, for what it owns); nulls are not compared. A violation is a <see cref="Duplicate"/>.</summary>
    public static IndexBuilder<T> Unique<T>(this EntityTypeBuilder<T> builder, Expression<Func<T, object?>> properties) where T : Entity =>
        UniqueOn(builder, Names(properties));

    /// <summary>As <see cref="Unique"/>, over the folded form: "Bomba Ñ" and "bomba n" are the same.</summary>
    public static IndexBuilder<T> UniqueFolded<T>(this EntityTypeBuilder<T> builder, Expression<Func<T, object?>> properties) where T : Entity =>
        UniqueOn(builder, [.. Names(properties).Select(name => builder.Metadata.FindProperty(name)?.FindAnnotation(Annotations.Folded)?.Value as string ?? name)]);

    /// <summary>An index within the site (or customer), for a filter or order that screens use.</summary>
    public static IndexBuilder<T> Indexed<T>(this EntityTypeBuilder<T> builder, Expression<Func<T, object?>> properties) where T : Entity =>
        builder.HasIndex(Owned<T>(Names(properties)));

    private static IndexBuilder<T> UniqueOn<T>(EntityTypeBuilder<T> builder, string[] names) where T : Entity
    {
        var index = builder.HasIndex(Owned<T>(names)).IsUnique();
        var nullable = names.Where(name => builder.Property(name).Metadata.IsNullable).Select(name => $"\"{SchemaConventions.Snake(name)}\" IS NOT NULL");
        return nullable.Any() ? index.HasFilter(string.Join(" AND ", nullable)) : index;
    }

    private static void Refer<T, TParent>(EntityTypeBuilder<T> builder, ReferenceCollectionBuilder<TParent, T> reference, Expression<Func<T, long?>> key, DeleteBehavior onDelete)
        where T : CustomerEntity where TParent : CustomerEntity
    {
        var (name, owner) = (Names(key).Single(), Owner(typeof(TParent)));
        reference.HasForeignKey(owner, name).HasPrincipalKey(owner, nameof(Entity.Id)).OnDelete(onDelete);
        // A principal of another scope may be filtered away; an inner join would then drop the row that refers to it.
        if (owner == nameof(CustomerEntity.CustomerId)) reference.IsRequired(false);
        builder.HasIndex(owner, name);
    }

    private static string Owner(Type principal) => principal.IsSubclassOf(typeof(SiteEntity)) ? nameof(SiteEntity.SiteId) : nameof(CustomerEntity.CustomerId);

    private static string[] Owned<T>(string[] names) => typeof(T).IsSubclassOf(typeof(CustomerEntity)) ? [Owner(typeof(T)), .. names] : names;

    private static string[] Names(LambdaExpression properties) => properties.Body switch
    {
        NewExpression all => [.. all.Arguments.Select(Name)],
        var one => [Name(one)],
    };

    private static string Name(Expression expression) => expression switch
    {
        UnaryExpression { NodeType: ExpressionType.Convert } convert => Name(convert.Operand),
        MemberExpression member => member.Member.Name,
        _ => throw new ArgumentException($"{expression} is not a property."),
    };
}
