using System.Linq.Expressions;

namespace Engines.GraphQL.Data;

/// <summary>Where a row stands in an order: the comparison by all keys, expanded for nulls (first ascending, last descending).</summary>
internal static class Keyset
{
    /// <summary>Rows after (or before) the one that has these values, itself included or not. The last key is never null and unique.</summary>
    public static Expression<Func<T, bool>> Beyond<T>(IReadOnlyList<OrderKey> keys, IReadOnlyList<object?> values, bool before, bool inclusive)
    {
        var entity = Expression.Parameter(typeof(T), "e");
        Expression? condition = null;
        for (var i = keys.Count - 1; i >= 0; i--)
        {
            var (column, ascending) = (keys[i].Path.On(entity), keys[i].Descending == before);
            var strictly = Strictly(keys[i], column, values[i], ascending);
            condition = condition is null
                ? inclusive ? Or(strictly, Operators.Equal(column, values[i])) : strictly ?? Expression.Constant(false)
                : Or(strictly, Expression.AndAlso(Operators.Equal(column, values[i]), condition));
        }
        return Expression.Lambda<Func<T, bool>>(keys.Count > 1 && Range(keys[0], entity, values[0], before) is { } range ? Expression.AndAlso(range, condition!) : condition!, entity);
    }

    /// <summary>Null: nothing is.</summary>
    private static Expression? Strictly(OrderKey key, Expression column, object? value, bool ascending) => (value, ascending) switch
    {
        (null, true) => key.Path.MayBeNull ? Compare.IsNotNull(column) : null,
        (null, false) => null,
        (_, true) => Compare.Of(ExpressionType.GreaterThan, column, Closure.Of(value, column.Type)),
        (_, false) when key.Path.MayBeNull =>
            Expression.OrElse(Compare.Of(ExpressionType.LessThan, column, Closure.Of(value, column.Type)), Compare.IsNull(column)),
        _ => Compare.Of(ExpressionType.LessThan, column, Closure.Of(value, column.Type)),
    };

    // Says nothing new, but is a range that an index can seek, which the alternatives are not.
    private static Expression? Range(OrderKey first, Expression entity, object? value, bool before)
    {
        var ascending = first.Descending == before;
        if (value is null || (!ascending && first.Path.MayBeNull)) return null;
        var column = first.Path.On(entity);
        return Compare.Of(ascending ? ExpressionType.GreaterThanOrEqual : ExpressionType.LessThanOrEqual, column, Closure.Of(value, column.Type));
    }

    private static Expression Or(Expression? left, Expression right) => left is null ? right : Expression.OrElse(left, right);
}
