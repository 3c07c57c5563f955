using System.Linq.Expressions;
using Engines.GraphQL.Types;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Engines.GraphQL.Data;

/// <summary>A column of an entity, or of one that its references lead to.</summary>
internal sealed record ColumnPath(IReadOnlyList<INavigationBase> Navigations, IProperty Column)
{
    public bool MayBeNull { get; } = Column.IsNullable || Navigations.Any(n => n.MayBeAbsent);

    /// <summary>Such as <c>Asset.NameFolded</c>.</summary>
    public string Name { get; } = string.Join('.', [.. Navigations.Select(n => n.Name), Column.Name]);

    public Expression On(Expression entity)
    {
        var column = Column.On(Navigations.Aggregate(entity, (owner, navigation) => navigation.On(owner)));
        return MayBeNull && !Compare.MayBeNull(column.Type) ? Expression.Convert(column, typeof(Nullable<>).MakeGenericType(column.Type)) : column;
    }

    /// <summary>Of a path as C# writes it; a text property leads to its folded column.</summary>
    public static ColumnPath Of(IEntityType owner, string path, DataConventions conventions)
    {
        var navigations = new List<INavigationBase>();
        var names = path.Split('.');
        foreach (var name in names[..^1])
        {
            var navigation = owner.FindNavigation(name) is { IsCollection: false } found ? found : throw new SchemaException($"{owner.DisplayName()} has no reference '{name}'.");
            navigations.Add(navigation);
            owner = navigation.TargetEntityType;
        }
        var column = owner.FindProperty(names[^1]) ?? throw new SchemaException($"{owner.DisplayName()} has no column '{names[^1]}'.");
        return new ColumnPath(navigations, conventions.FoldedOf(column) ?? column);
    }
}

/// <summary>One key of an order.</summary>
internal sealed record OrderKey(ColumnPath Path, bool Descending);
