using System.Linq.Expressions;
using System.Reflection;

namespace Engines.GraphQL.Data;

/// <summary>
/// Comparisons for any type, also those without operators in C# (text, enums, identifiers): EF Core translates the node and ignores the method.
/// </summary>
internal static class Compare
{
    private static readonly MethodInfo Generic = typeof(Compare).GetMethod(nameof(Holds), BindingFlags.Static | BindingFlags.NonPublic)!;

    public static Expression Of(ExpressionType operation, Expression left, Expression right)
    {
        // A method stands for one operator in C#; for a translation only the node's kind counts, so null operands lift to false.
        var method = Generic.MakeGenericMethod(Nullable.GetUnderlyingType(left.Type) ?? left.Type);
        return Expression.MakeBinary(operation, left, right, liftToNull: false, method);
    }

    public static Expression IsNull(Expression value) => Expression.Equal(value, Expression.Constant(null, value.Type));
    public static Expression IsNotNull(Expression value) => Expression.NotEqual(value, Expression.Constant(null, value.Type));

    public static bool MayBeNull(Type type) => !type.IsValueType || Nullable.GetUnderlyingType(type) is not null;

    /// <summary>A balanced tree, so that many conditions nest only a few levels deep.</summary>
    public static Expression Join(IReadOnlyList<Expression> parts, Func<Expression, Expression, BinaryExpression> with)
    {
        return Range(0, parts.Count);

        Expression Range(int start, int length) =>
            length == 1 ? parts[start] : with(Range(start, length / 2), Range(start + (length / 2), length - (length / 2)));
    }

    private static bool Holds<T>(T left, T right) => throw new NotSupportedException($"{left} and {right} are compared by the database alone.");
}
