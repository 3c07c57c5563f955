using System.Linq.Expressions;
using System.Reflection;
using Engines.GraphQL.Execution;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Engines.GraphQL.Data;

/// <summary>Entities that carry no more than a selection reads of them, and their keys: what nobody asked for is not fetched.</summary>
internal static class Pruned
{
    /// <summary>A list keeps so many forms of its query; whatever else is asked for reads whole rows, or is made anew.</summary>
    public const int MostShapes = 200;

    public static Expression Rows<T>(Expression rows, IModel model, PropertySet reads)
    {
        var entity = Expression.Parameter(typeof(T), "e");
        var pruned = Of(entity, model, reads);
        return pruned == entity ? rows : rows.Select(Expression.Lambda(pruned, entity));
    }

    /// <summary>The entity again where it must be whole: a property is computed from others, or EF Core makes it in a way of its own.</summary>
    public static Expression Of(Expression entity, IModel model, PropertySet reads)
    {
        if (reads.Names is not { } names || model.FindEntityType(entity.Type) is not { } type) return entity;
        if (type.BaseType is not null || type.GetDirectlyDerivedTypes().Any() || type.GetNavigations().Any(n => n.TargetEntityType.IsOwned() || n.IsEagerLoaded)) return entity;
        if (entity.Type.GetConstructor(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, []) is not { } constructor) return entity;
        var columns = type.GetKeys().SelectMany(k => k.Properties).Where(p => !p.IsShadowProperty()).Select(p => p.Name).Union(names).ToList();
        List<MemberBinding> bindings = [];
        foreach (var name in columns)
        {
            var column = (IPropertyBase?)type.FindProperty(name) ?? type.FindComplexProperty(name);
            if (column is null or { PropertyInfo: null } or { FieldInfo: null } or { FieldInfo.IsInitOnly: true }) return entity;
            bindings.Add(Expression.Bind(column.FieldInfo, column.On(entity)));
        }
        return Expression.MemberInit(Expression.New(constructor), bindings);
    }
}
