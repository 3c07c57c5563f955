using System.Linq.Expressions;
using System.Text;
using Cmms.Domain.Events;
using Cmms.Domain.Organization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Cmms.Domain.Persistence;

/// <summary>What holds for every table, so that no mapping repeats it: names, keys, owners, filters, versions.</summary>
internal static class SchemaConventions
{
    public static void Apply(ModelBuilder builder, CmmsDb db)
    {
        foreach (var type in builder.Model.GetEntityTypes().ToList())
        {
            if (type.IsOwned()) continue;
            Own(type);
            if (Filter(type, db) is { } filter) type.SetQueryFilter(filter);
            if (typeof(Entity).IsAssignableFrom(type.ClrType)) type.FindProperty(nameof(Entity.Version))!.IsConcurrencyToken = true;
        }
        foreach (var type in builder.Model.GetEntityTypes())
        {
            if (!type.IsOwned() && ((IConventionEntityType)type).GetTableNameConfigurationSource() != ConfigurationSource.Explicit)
                type.SetTableName(Snake(type.ShortName()));
            foreach (var property in Properties(type))
            {
                property.SetColumnName(Snake(property.GetColumnName()));
                if (!db.IsSqlite && (property.GetProviderClrType() ?? property.GetValueConverter()?.ProviderClrType ?? property.ClrType) == typeof(string))
                    property.SetCollation("C");
            }
        }
    }

    /// <summary>The rows of a site: its entities, and tables beside them that carry its key.</summary>
    public static bool IsSiteOwned(IReadOnlyEntityType type) =>
        typeof(SiteEntity).IsAssignableFrom(type.ClrType)
        || (!typeof(Entity).IsAssignableFrom(type.ClrType) && type.FindProperty(nameof(SiteEntity.SiteId)) is { IsNullable: false });

    public static void ReferToSite(IMutableEntityType type)
    {
        var site = type.Model.FindEntityType(typeof(Site)) ?? type.Model.AddEntityType(typeof(Site));
        var key = Key(site, nameof(CustomerEntity.CustomerId), nameof(Entity.Id));
        var properties = new[] { nameof(CustomerEntity.CustomerId), nameof(SiteEntity.SiteId) }.Select(name => type.FindProperty(name)!).ToArray();
        if (type.FindForeignKey(properties, key, site) is null) type.AddForeignKey(properties, key, site).DeleteBehavior = DeleteBehavior.Restrict;
    }

    /// <summary>"WorkOrderId" and "Address_StreetName" become work_order_id and address_street_name.</summary>
    public static string Snake(string name)
    {
        var snake = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsUpper(name[i]) && name[i - 1] != '_' && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])))) snake.Append('_');
            snake.Append(char.ToLowerInvariant(name[i]));
        }
        return snake.ToString();
    }

    private static IEnumerable<IMutableProperty> Properties(IMutableTypeBase type) =>
        type.GetProperties().Concat(type.GetComplexProperties().SelectMany(part => Properties(part.ComplexType)));

    private static void Own(IMutableEntityType type)
    {
        if (typeof(SiteEntity).IsAssignableFrom(type.ClrType))
        {
            Key(type, nameof(SiteEntity.SiteId), nameof(Entity.Id));
            ReferToSite(type);
        }
        else if (typeof(CustomerEntity).IsAssignableFrom(type.ClrType))
        {
            Key(type, nameof(CustomerEntity.CustomerId), nameof(Entity.Id));
            var customer = type.Model.FindEntityType(typeof(Customer))!;
            type.AddForeignKey(type.FindProperty(nameof(CustomerEntity.CustomerId))!, customer.FindPrimaryKey()!, customer).DeleteBehavior = DeleteBehavior.Restrict;
        }
    }

    private static IMutableKey Key(IMutableEntityType type, string owner, string id)
    {
        var properties = new[] { type.FindProperty(owner) ?? type.AddProperty(owner, typeof(long)), type.FindProperty(id) ?? type.AddProperty(id, typeof(long)) };
        return type.FindKey(properties) ?? type.AddKey(properties);
    }

    /// <summary>
    /// By owner alone, never by state. The context in the expression stands for whichever context runs the query. EF Core knows at each run
    /// whether a parameter is null, so the first half of <c>@customer is null or customer_id = @customer</c> never reaches the database, and
    /// the second can use an index.
    /// </summary>
    private static LambdaExpression? Filter(IMutableEntityType type, CmmsDb db)
    {
        var row = Expression.Parameter(type.ClrType, "row");
        var body = type.ClrType == typeof(Customer) ? OfCustomer(nameof(Entity.Id))
            : type.ClrType == typeof(Site) ? OfCustomer(nameof(Site.CustomerId), Known(Column<long>(nameof(Site.Id))))
            : type.ClrType == typeof(UserRole) ? OfCustomer(nameof(UserRole.CustomerId), Known(Column<long>(nameof(UserRole.SiteId))))
            : type.ClrType == typeof(Event) ? OfCustomer(nameof(Event.CustomerId), OfSite(Column<long?>(nameof(Event.SiteId)), Column<string>(nameof(Event.SubjectType))))
            : IsSiteOwned(type) ? Expression.Equal(Column<long>(nameof(SiteEntity.SiteId)), Context(nameof(CmmsDb.SiteFilter)))
            : type.FindProperty(nameof(CustomerEntity.CustomerId)) is not null ? OfCustomer(nameof(CustomerEntity.CustomerId))
            : null;
        return body is null ? null : Expression.Lambda(body, row);

        Expression Context(string name) => Expression.Property(Expression.Constant(db), name);
        Expression Known(Expression site)
        {
            var known = Expression.Call(typeof(EF), nameof(EF.Parameter), [typeof(long[])], Context(nameof(CmmsDb.KnownSites)));
            return Expression.OrElse(Expression.Equal(known, Expression.Constant(null, typeof(long[]))), Expression.Call(typeof(Enumerable), nameof(Enumerable.Contains), [typeof(long)], Context(nameof(CmmsDb.KnownSites)), site));
        }
        // A site's own history, and that of the roles on it, goes with the site: it is read from wherever the site may be known of.
        Expression OfSite(Expression site, Expression subject) => Expression.OrElse(
            Expression.OrElse(
                Expression.Equal(site, Expression.Constant(null, typeof(long?))),
                Expression.Equal(site, Expression.Convert(Context(nameof(CmmsDb.SiteFilter)), typeof(long?)))),
            Expression.AndAlso(
                Expression.OrElse(Expression.Equal(subject, Expression.Constant(nameof(Site))), Expression.Equal(subject, Expression.Constant(nameof(UserRole)))),
                Known(Expression.Property(site, nameof(Nullable<>.Value)))));
        Expression Column<TColumn>(string name) => Expression.Call(typeof(EF), nameof(EF.Property), [typeof(TColumn)], row, Expression.Constant(name));
        Expression OfCustomer(string column, Expression? and = null)
        {
            // EF.Parameter: else EF Core would compute the comparison with null itself, and know no more than that it is true or false.
            var mine = Expression.Call(typeof(EF), nameof(EF.Parameter), [typeof(long?)], Context(nameof(CmmsDb.CustomerFilter)));
            var same = Expression.Equal(Expression.Convert(Column<long>(column), typeof(long?)), mine);
            return Expression.OrElse(Expression.Equal(mine, Expression.Constant(null, typeof(long?))), and is null ? same : Expression.AndAlso(same, and));
        }
    }
}
