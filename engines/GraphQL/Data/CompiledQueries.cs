using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Query;

namespace Engines.GraphQL.Data;

/// <summary>What two queries must share to be the same but for their values: a name for how they were put together, and the parts that callers gave.</summary>
internal readonly struct QueryShape : IEquatable<QueryShape>
{
    private readonly IModel _model;
    private readonly string _name;
    private readonly IReadOnlyList<Expression> _parts;
    private readonly int _hash;

    public QueryShape(IModel model, string name, IReadOnlyList<Expression> parts)
    {
        (_model, _name, _parts) = (model, name, parts);
        var hash = new HashCode();
        hash.Add(name);
        foreach (var part in parts) hash.Add(part, ExpressionEqualityComparer.Instance);
        _hash = hash.ToHashCode();
    }

    public bool Equals(QueryShape other)
    {
        if (_hash != other._hash || _model != other._model || _name != other._name || _parts.Count != other._parts.Count) return false;
        for (var i = 0; i < _parts.Count; i++)
            if (!ExpressionEqualityComparer.Instance.Equals(_parts[i], other._parts[i])) return false;
        return true;
    }

    public override bool Equals(object? obj) => obj is QueryShape other && Equals(other);
    public override int GetHashCode() => _hash;
}

/// <summary>The queries of one list, each compiled once: half the cost of an ordinary one, which EF Core takes apart and looks up at each run.</summary>
internal sealed class CompiledQueries<TRow>
{
    /// <summary>EF Core compiles queries of up to 15 values.</summary>
    public const int MostValues = 14;

    private readonly ConcurrentDictionary<QueryShape, Func<DbContext, IReadOnlyList<object?>, IAsyncEnumerable<TRow>>> _known = new();

    /// <param name="make">The query over the lifted parts.</param>
    public IAsyncEnumerable<TRow> Run(DbContext context, QueryShape shape, Lifting lifted, Func<Expression> make)
    {
        if (_known.TryGetValue(shape, out var query)) return query(context, lifted.Values);
        if (_known.Count >= Pruned.MostShapes) _known.Clear();
        return _known.GetOrAdd(shape, _ => Compile(make(), lifted.Parameters))(context, lifted.Values);
    }

    /// <summary>A query whose values are known without making it.</summary>
    public IAsyncEnumerable<TRow> Run(DbContext context, string name, IReadOnlyList<object?> values, Func<IQueryable<TRow>> make)
    {
        var shape = new QueryShape(context.Model, name, []);
        if (_known.TryGetValue(shape, out var query)) return query(context, values);
        var lifting = new Lifting();
        var lifted = lifting.Visit(make().Expression);
        if (lifting.Values.Count != values.Count) throw new InvalidOperationException($"A query has {lifting.Values.Count} values, not {values.Count}.");
        return Run(context, shape, lifting, () => lifted);
    }

    private static Func<DbContext, IReadOnlyList<object?>, IAsyncEnumerable<TRow>> Compile(Expression query, IReadOnlyList<ParameterExpression> parameters)
    {
        Type[] types = [typeof(DbContext), .. parameters.Select(p => p.Type), typeof(TRow)];
        var lambda = Expression.Lambda(Expression.GetFuncType([.. types[..^1], typeof(IQueryable<TRow>)]), query, [Lifting.Context, .. parameters]);
        var compile = typeof(EF).GetMethods().Where(m => m.Name == nameof(EF.CompileAsyncQuery) && m.GetGenericArguments().Length == types.Length)
            .Select(m => m.MakeGenericMethod(types)).Single(m => m.GetParameters()[0].ParameterType == lambda.GetType().BaseType || m.GetParameters()[0].ParameterType.IsInstanceOfType(lambda));
        var compiled = (Delegate)compile.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [lambda], null)!;
        var (context, values) = (Expression.Parameter(typeof(DbContext)), Expression.Parameter(typeof(IReadOnlyList<object?>)));
        var arguments = parameters.Select((p, i) => Expression.Convert(Expression.Property(values, "Item", Expression.Constant(i)), p.Type));
        return Expression.Lambda<Func<DbContext, IReadOnlyList<object?>, IAsyncEnumerable<TRow>>>(
            Expression.Invoke(Expression.Constant(compiled), [context, .. arguments]), context, values).Compile();
    }
}
