using System.Linq.Expressions;
using System.Reflection;

namespace Engines.GraphQL.Data;

/// <summary>
/// The operators of <c>where</c>. Each is either true or false, also for null, as in C# and unlike SQL; those that begin with n are the plain negation, so
/// that "neq" and "nin" hold where there is no value, and so do "ngt" and its like.
/// </summary>
internal static class Operators
{
    private static readonly (string, string)[] Equality =
    [
        ("eq", "Equal; null: there is no value."), ("neq", "Not equal; also where there is no value, unless asked for null."),
    ];
    private static readonly (string, string)[] Membership =
    [
        ("in", "One of these; an empty list never holds."), ("nin", "None of these; also where there is no value, unless the list has null."),
    ];
    private static readonly (string, string)[] Order =
    [
        ("gt", "Greater."), ("ngt", "Not greater; also where there is no value."),
        ("gte", "Greater or equal."), ("ngte", "Neither greater nor equal; also where there is no value."),
        ("lt", "Less."), ("nlt", "Not less; also where there is no value."),
        ("lte", "Less or equal."), ("nlte", "Neither less nor equal; also where there is no value."),
    ];
    private static readonly (string, string)[] Text =
    [
        ("contains", "Has this text in it, whatever the case and accents."), ("ncontains", "Does not have this text in it; also where there is no value."),
        ("startsWith", "Starts with this text, whatever the case and accents."), ("nstartsWith", "Does not start with this text; also where there is no value."),
        ("endsWith", "Ends with this text, whatever the case and accents."), ("nendsWith", "Does not end with this text; also where there is no value."),
    ];

    private static readonly MethodInfo EnumerableContains = new Func<IEnumerable<int>, int, bool>(Enumerable.Contains).Method.GetGenericMethodDefinition();

    /// <summary>Names and descriptions.</summary>
    public static IEnumerable<(string Name, string Description)> For(LeafKind kind) => kind switch
    {
        LeafKind.Boolean => Equality,
        LeafKind.Comparable => [.. Equality, .. Membership, .. Order],
        LeafKind.Text => [.. Equality, .. Membership, .. Text],
        _ => [.. Equality, .. Membership],
    };

    public static bool IsText(string op) => op is "contains" or "startsWith" or "endsWith";

    public static Expression Equal(Expression column, object? value) => value is null
        ? Compare.MayBeNull(column.Type) ? Compare.IsNull(column) : Expression.Constant(false)
        : Expression.Equal(column, Closure.Of(value, column.Type));

    public static Expression In(Expression column, bool nullable, IReadOnlyList<object?> values)
    {
        Expression among = values.Any(v => v is not null)
            ? Guarded(column, nullable, Expression.Call(EnumerableContains.MakeGenericMethod(column.Type), Closure.ListOf([.. values.OfType<object>()], column.Type), column))
            : Expression.Constant(false);
        return nullable && values.Contains(null) ? Expression.OrElse(Compare.IsNull(column), among) : among;
    }

    /// <summary>gt, gte, lt or lte. Nothing is greater or less than null.</summary>
    public static Expression Ordered(string op, Expression column, bool nullable, object? value)
    {
        if (value is null) return Expression.Constant(false);
        var kind = op switch
        {
            "gt" => ExpressionType.GreaterThan,
            "gte" => ExpressionType.GreaterThanOrEqual,
            "lt" => ExpressionType.LessThan,
            _ => ExpressionType.LessThanOrEqual,
        };
        return Guarded(column, nullable, Compare.Of(kind, column, Closure.Of(value, column.Type)));
    }

    /// <summary>contains, startsWith or endsWith on a folded column: the text is taken literally. Nothing contains null.</summary>
    public static Expression Textual(string op, Expression folded, bool nullable, string? text)
    {
        if (text is null) return Expression.Constant(false);
        var method = op switch
        {
            "contains" => nameof(string.Contains),
            "startsWith" => nameof(string.StartsWith),
            _ => nameof(string.EndsWith),
        };
        return Guarded(folded, nullable, Expression.Call(folded, typeof(string).GetMethod(method, [typeof(string)])!, Closure.Of(text, typeof(string))));
    }

    // Without the guard, a negation around it would be unknown instead of true where there is no value.
    private static Expression Guarded(Expression column, bool nullable, Expression condition) =>
        nullable ? Expression.AndAlso(Compare.IsNotNull(column), condition) : condition;
}
