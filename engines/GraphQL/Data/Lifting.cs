using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace Engines.GraphQL.Data;

/// <summary>
/// Takes out of a query what belongs to one caller: its context becomes a parameter, and so does each captured value. What is left is the same
/// for every caller and can be compiled once. A compiled query would keep a value that was left in it for ever, so one that cannot be taken out
/// is an error.
/// </summary>
internal sealed class Lifting : ExpressionVisitor
{
    public static readonly ParameterExpression Context = Expression.Parameter(typeof(DbContext), "db");
    private readonly List<object?> _values = [];
    private readonly List<ParameterExpression> _parameters = [];

    /// <summary>Of this caller, in the order of <see cref="Parameters"/>.</summary>
    public IReadOnlyList<object?> Values => _values;
    public IReadOnlyList<ParameterExpression> Parameters => _parameters;

    public ParameterExpression Parameter(object? value, Type type)
    {
        var parameter = Expression.Parameter(type, $"v{_parameters.Count}");
        _parameters.Add(parameter);
        _values.Add(value);
        return parameter;
    }

    protected override Expression VisitMember(MemberExpression node) =>
        node.Type == typeof(DbFunctions) ? node : TryRead(node, out var value) ? Lifted(value, node.Type) : base.VisitMember(node);

    protected override Expression VisitConstant(ConstantExpression node) => node.Value switch
    {
        null or string or decimal or Type => node,
        DbContext or IQueryable => Lifted(node.Value, node.Type),
        { } value when value.GetType() is { IsPrimitive: true } or { IsEnum: true } => node,
        _ => throw new InvalidOperationException($"A query holds a captured {node.Type.Name} that cannot become a parameter of it."),
    };

    protected override Expression VisitExtension(Expression node) => node switch
    {
        EntityQueryRootExpression root when root.GetType() == typeof(EntityQueryRootExpression) => Expression.Call(Context, nameof(DbContext.Set), [root.ElementType]),
        QueryRootExpression => throw new InvalidOperationException($"A query begins with {node}, which cannot be compiled."),
        _ => base.VisitExtension(node),
    };

    private Expression Lifted(object? value, Type type) => value switch
    {
        DbContext => Expression.Convert(Context, type),
        // A set, or a query that was put into a variable before.
        IQueryable query => query.Expression is ConstantExpression ? throw new InvalidOperationException("A query holds a list that is none of the database.") : Visit(query.Expression),
        _ => Parameter(value, type),
    };

    /// <summary>A value that a lambda has captured, or a property of one, or a static one.</summary>
    private static bool TryRead(MemberExpression node, out object? value)
    {
        object? owner = null;
        value = null;
        switch (node.Expression)
        {
            case null: break;
            case ConstantExpression constant: owner = constant.Value; break;
            case MemberExpression member when TryRead(member, out owner) && (owner is not null || Nullable.GetUnderlyingType(member.Type) is not null): break;
            default: return false;
        }
        // Boxed, a nullable is its value or null.
        value = node.Expression is { } from && Nullable.GetUnderlyingType(from.Type) is not null ? node.Member.Name == nameof(Nullable<>.HasValue) ? owner is not null : owner
            : node.Member is FieldInfo field ? field.GetValue(owner) : ((PropertyInfo)node.Member).GetValue(owner);
        return true;
    }
}
