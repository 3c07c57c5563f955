using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using Engines.GraphQL.Execution;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Engines.GraphQL.Data;

/// <summary>
/// Rows by the values of one column: one statement with one text, however many values. The query never changes, so it is compiled once (half the cost of an
/// ordinary one): its values are parameters (one, by the host's ParameterTranslationMode), and what the context's filters ask of their context is asked of each anew.
/// </summary>
internal abstract class KeyedRows<T>(IProperty key) where T : class
{
    /// <param name="reads">What is read of each row beside its keys; null: everything.</param>
    public static KeyedRows<T> By(IProperty key, PropertySet? reads = null) =>
        (KeyedRows<T>)Activator.CreateInstance(typeof(Compiled<>).MakeGenericType(typeof(T), key.ClrType), key, reads ?? PropertySet.All)!;

    public async Task<IReadOnlyDictionary<object, object>> Load(DbContext context, IReadOnlyCollection<object> values, CancellationToken cancel)
    {
        var (found, getter) = (new Dictionary<object, object>(values.Count), key.GetGetter());
        await foreach (var row in Query(context, values).WithCancellation(cancel)) found[getter.GetClrValue(row)!] = row;
        return found;
    }

    /// <summary>As a part of a larger query.</summary>
    public static IQueryable<T> Among(IQueryable<T> rows, IProperty key, IReadOnlyCollection<object> values)
    {
        var entity = Expression.Parameter(typeof(T), "e");
        var among = Operators.In(key.On(entity), nullable: false, [.. values]);
        return rows.Where(Expression.Lambda<Func<T, bool>>(among, entity));
    }

    protected abstract IAsyncEnumerable<T> Query(DbContext context, IReadOnlyCollection<object> values);

    private sealed class Compiled<TKey>(IProperty key, PropertySet reads) : KeyedRows<T>(key)
    {
        private static readonly MethodInfo NoTracking = new Func<IQueryable<T>, IQueryable<T>>(EntityFrameworkQueryableExtensions.AsNoTracking).Method;
        private static readonly MethodInfo Contains = new Func<IEnumerable<TKey>, TKey, bool>(Enumerable.Contains).Method;

        // A compiled query belongs to the first model that it meets.
        private readonly ConditionalWeakTable<IModel, Func<DbContext, TKey[], IAsyncEnumerable<T>>> _queries = [];
        private readonly IProperty _key = key;

        protected override IAsyncEnumerable<T> Query(DbContext context, IReadOnlyCollection<object> values) =>
            _queries.GetValue(context.Model, Compile)(context, [.. values.Cast<TKey>()]);

        private Func<DbContext, TKey[], IAsyncEnumerable<T>> Compile(IModel model)
        {
            var (context, values, entity) = (Expression.Parameter(typeof(DbContext), "db"), Expression.Parameter(typeof(TKey[]), "values"), Expression.Parameter(typeof(T), "e"));
            var among = Expression.Call(Contains, values, _key.On(entity));
            var rows = Expression.Call(NoTracking, Expression.Call(context, nameof(DbContext.Set), [typeof(T)]));
            var found = Pruned.Rows<T>(rows.Where(Expression.Lambda<Func<T, bool>>(among, entity)), model, reads);
            return EF.CompileAsyncQuery(Expression.Lambda<Func<DbContext, TKey[], IQueryable<T>>>(found, context, values));
        }
    }
}
