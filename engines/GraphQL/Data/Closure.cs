using System.Linq.Expressions;

namespace Engines.GraphQL.Data;

/// <summary>Values in queries: always members of a closure, never constants, so that EF Core keeps one plan for all of them.</summary>
internal static class Closure
{
    public static Expression Of(object value, Type type)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        var member = Member(value, bare);
        return bare == type ? member : Expression.Convert(member, type);
    }

    /// <summary>A list: one parameter, or several where the host's ParameterTranslationMode says so.</summary>
    public static MemberExpression ListOf(IReadOnlyCollection<object> values, Type element)
    {
        var array = ArrayOf(values, element);
        return Member(array, array.GetType());
    }

    public static Array ArrayOf(IReadOnlyCollection<object> values, Type element)
    {
        var array = Array.CreateInstance(element, values.Count);
        var i = 0;
        foreach (var value in values) array.SetValue(value, i++);
        return array;
    }

    private static MemberExpression Member(object value, Type type) =>
        Expression.Field(Expression.Constant(Activator.CreateInstance(typeof(Holder<>).MakeGenericType(type), value)), "Value");

    private sealed class Holder<T>(T value)
    {
        public readonly T Value = value;
    }
}
