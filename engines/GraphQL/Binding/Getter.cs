using System.Linq.Expressions;
using System.Reflection;

namespace Engines.GraphQL.Binding;

/// <summary>Compiled readers of properties.</summary>
internal static class Getter
{
    /// <summary>A <c>Func&lt;owner, value&gt;</c>.</summary>
    public static Delegate Typed(Type owner, PropertyInfo property)
    {
        var type = typeof(Func<,>).MakeGenericType(owner, property.PropertyType);
        if (!owner.IsValueType && !property.DeclaringType!.IsValueType) return property.GetMethod!.CreateDelegate(type);
        var parameter = Expression.Parameter(owner);
        return Expression.Lambda(type, Expression.Property(parameter, property), parameter).Compile();
    }

    public static Func<object, object?> Boxed(PropertyInfo property)
    {
        var parameter = Expression.Parameter(typeof(object));
        var read = Expression.Property(Expression.Convert(parameter, property.DeclaringType!), property);
        return Expression.Lambda<Func<object, object?>>(Expression.Convert(read, typeof(object)), parameter).Compile();
    }

    /// <summary>The same, with values turned into what the executor writes.</summary>
    public static Func<object, object?> Converted(Func<object, object?> read, Func<object, object>? convert) =>
        convert is null ? read : owner => read(owner) is { } value ? convert(value) : null;
}
