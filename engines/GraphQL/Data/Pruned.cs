using System.Linq.Expressions;
using System.Reflection;
using Engines.GraphQL.Execution;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Engines.GraphQL.Data;

/// <summary>
/// Entities that carry no more than a selection reads of them, and their keys: what nobody asked for is not fetched. What few columns of their
/// references are asked for comes in the same statement.
/// </summary>
internal static class Pruned
{
    /// <summary>A list keeps so many forms of its query; whatever else is asked for reads whole rows, or is made anew.</summary>
    public const int MostShapes = 200;
    /// <summary>References of references; below, each is a statement of its own again.</summary>
    private const int Deepest = 3;
    /// <summary>Of one entity.</summary>
    private const int MostReferences = 4;

    public static Expression Rows<T>(Expression rows, IModel model, PropertySet reads)
    {
        var entity = Expression.Parameter(typeof(T), "e");
        var pruned = Of(entity, model, reads);
        return pruned == entity ? rows : rows.Select(Expression.Lambda(pruned, entity));
    }

    /// <summary>The entity again where it must be whole: a property is computed from others, or EF Core makes it in a way of its own.</summary>
    public static Expression Of(Expression entity, IModel model, PropertySet reads) => Of(entity, model, reads, 0);

    private static Expression Of(Expression entity, IModel model, PropertySet reads, int depth)
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
        if (depth < Deepest) bindings.AddRange(reads.References.OrderBy(r => r.Key, StringComparer.Ordinal).Take(MostReferences).Select(r => Reference(entity, type, r.Key, r.Value, model, depth)).OfType<MemberBinding>());
        return Expression.MemberInit(Expression.New(constructor), bindings);
    }

    /// <summary>Null where the target must be whole: many parents would fetch the same wide row again and again.</summary>
    private static MemberAssignment? Reference(Expression entity, IEntityType type, string name, PropertySet reads, IModel model, int depth)
    {
        if (type.FindNavigation(name) is not { FieldInfo: { IsInitOnly: false } field } navigation) return null;
        var target = navigation.On(entity);
        var pruned = Of(target, model, reads, depth + 1);
        if (pruned == target) return null;
        return Expression.Bind(field, navigation.MayBeAbsent ? Expression.Condition(Compare.IsNull(target), Expression.Constant(null, target.Type), pruned) : pruned);
    }
}
