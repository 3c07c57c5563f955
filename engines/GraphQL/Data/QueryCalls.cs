using System.Linq.Expressions;
using System.Reflection;

namespace Engines.GraphQL.Data;

/// <summary>Calls of <see cref="Queryable"/> as expressions, for a query's root and for queries inside its lambdas alike.</summary>
internal static class QueryCalls
{
    private static readonly MethodInfo NoTrackingMethod =
        new Func<IQueryable<object>, IQueryable<object>>(Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.AsNoTracking).Method.GetGenericMethodDefinition();
    private static readonly MethodInfo WhereMethod = Of(q => q.Where(i => i > 0));
    private static readonly MethodInfo SelectMethod = Of(q => q.Select(i => i));
    private static readonly MethodInfo SkipMethod = Of(q => q.Skip(1));
    private static readonly MethodInfo TakeMethod = Of(q => q.Take(1));
    private static readonly MethodInfo ContainsMethod = Of(q => q.Contains(1));
    private static readonly MethodInfo AnyMethod = Of(q => q.Any());
    private static readonly MethodInfo CountMethod = Of(q => q.Count());
    private static readonly MethodInfo OrderByMethod = Of(q => q.OrderBy(i => i));
    private static readonly MethodInfo OrderByDescendingMethod = Of(q => q.OrderByDescending(i => i));
    private static readonly MethodInfo ThenByMethod = Of(q => q.OrderBy(i => i).ThenBy(i => i));
    private static readonly MethodInfo ThenByDescendingMethod = Of(q => q.OrderBy(i => i).ThenByDescending(i => i));

    extension(Expression source)
    {
        public Expression Where(LambdaExpression condition) => Expression.Call(WhereMethod.MakeGenericMethod(Item(source)), source, Expression.Quote(condition));
        public Expression Select(LambdaExpression to) => Expression.Call(SelectMethod.MakeGenericMethod(Item(source), to.ReturnType), source, Expression.Quote(to));
        public Expression Take(int rows) => source.Take(Closure.Of(rows, typeof(int)));
        public Expression Skip(int rows) => rows == 0 ? source : source.Skip(Closure.Of(rows, typeof(int)));
        public Expression Take(Expression rows) => Expression.Call(TakeMethod.MakeGenericMethod(Item(source)), source, rows);
        public Expression Skip(Expression rows) => Expression.Call(SkipMethod.MakeGenericMethod(Item(source)), source, rows);
        public Expression NoTracking() => Expression.Call(NoTrackingMethod.MakeGenericMethod(Item(source)), source);
        public Expression Has(Expression item) => Expression.Call(ContainsMethod.MakeGenericMethod(item.Type), source, item);
        public Expression Any() => Expression.Call(AnyMethod.MakeGenericMethod(Item(source)), source);
        public Expression Count() => Expression.Call(CountMethod.MakeGenericMethod(Item(source)), source);

        /// <summary>Sorts by the keys of the entity that <paramref name="entity"/> finds in an item.</summary>
        /// <param name="nullsAreGreatest">As PostgreSQL sorts; here nulls are least.</param>
        public Expression Sort(IReadOnlyList<OrderKey> keys, bool reverse, bool nullsAreGreatest, Func<Expression, Expression>? entity = null)
        {
            var (item, sorted) = (Expression.Parameter(Item(source), "s"), false);
            foreach (var key in keys)
            {
                var column = key.Path.On(entity is null ? item : entity(item));
                if (key.Path.MayBeNull && nullsAreGreatest) By(Compare.IsNotNull(column), key.Descending != reverse);
                By(column, key.Descending != reverse);
            }
            return source;

            void By(Expression value, bool descending)
            {
                var method = (sorted, descending) switch
                {
                    (false, false) => OrderByMethod,
                    (false, true) => OrderByDescendingMethod,
                    (true, false) => ThenByMethod,
                    _ => ThenByDescendingMethod,
                };
                source = Expression.Call(method.MakeGenericMethod(item.Type, value.Type), source, Expression.Quote(Expression.Lambda(value, item)));
                sorted = true;
            }
        }
    }

    private static Type Item(Expression source) => source.Type.GetGenericArguments()[0];

    private static MethodInfo Of(Expression<Func<IQueryable<int>, object>> call)
    {
        var body = call.Body is UnaryExpression { Operand: var operand } ? operand : call.Body;
        return ((MethodCallExpression)body).Method.GetGenericMethodDefinition();
    }
}
