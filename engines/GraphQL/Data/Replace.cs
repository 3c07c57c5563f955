using System.Linq.Expressions;

namespace Engines.GraphQL.Data;

/// <summary>Puts expressions in the place of a lambda's parameters.</summary>
internal sealed class Replace : ExpressionVisitor
{
    private readonly Dictionary<ParameterExpression, Expression> _by;

    private Replace(Dictionary<ParameterExpression, Expression> by) => _by = by;

    public static Expression In(LambdaExpression lambda, params Expression[] arguments) =>
        new Replace(lambda.Parameters.Zip(arguments).ToDictionary(p => p.First, p => p.Second)).Visit(lambda.Body);

    protected override Expression VisitParameter(ParameterExpression node) => _by.GetValueOrDefault(node, node);
}
