using System.Linq.Expressions;
using Engines.GraphQL.Execution;
using Microsoft.EntityFrameworkCore;

namespace Engines.GraphQL.Data;

/// <summary>Makes the requests of one list, and answers the lists that have a single parent.</summary>
internal sealed class EntityList<T>(EntityFields fields, ListOptions options) where T : class
{
    private readonly IReadOnlyList<SearchPath> _search = fields.Paths(typeof(T), options.Search);
    private readonly IReadOnlyList<OrderKey> _order = fields.DefaultOrder(typeof(T), options);
    private readonly string _name = fields.Shapes.Of(typeof(T)).Name;
    private readonly CompiledQueries<T> _plain = new();
    private readonly CompiledQueries<Row<T>> _keyed = new();
    private ListOrder? _usual;

    public ListRequest<T> Request(BatchContext field)
    {
        var where = fields.Compiler.Where<T>(field.Argument<Types.InputFields>("where"), field.Request);
        var search = fields.Compiler.Search<T>(field.Argument<string>("search"), _search, field.Request);
        return new ListRequest<T>(where is null ? search is null ? [] : [search] : search is null ? [where] : [where, search], Order(field));
    }

    public async Task<IReadOnlyList<object>> Rows(BatchContext field, QuerySource source)
    {
        var (request, query, reads) = (Request(field), (IQueryable<T>)source.Query, field.Selection.Reads(ofNodes: false));
        var (context, lifting) = (source.Lease.Context, new Lifting());
        var parts = Parts(lifting, query, request.Conditions);
        if (lifting.Values.Count > CompiledQueries<T>.MostValues)
            return await query.Provider.CreateQuery<T>(Sorted(request.Filter(query.Expression))).AsNoTracking().ToListAsync(field.Cancel);
        return await Read(_plain.Run(context, new QueryShape(context.Model, $"{request.Order.Name} {reads.Key}", parts), lifting, () =>
            Pruned.Rows<T>(Sorted(Joined(parts)), context.Model, reads)), field.Cancel);

        Expression Sorted(Expression rows) => rows.Sort(request.Order.Keys, reverse: false, Provider.NullsAreGreatest(context));
    }

    /// <summary>The first row of a resolver's query, or null.</summary>
    public async Task<T?> First(BatchContext field, QuerySource source)
    {
        var (context, lifting, reads) = (source.Lease.Context, new Lifting(), field.Selection.Reads(ofNodes: false));
        var parts = Parts(lifting, (IQueryable<T>)source.Query, []);
        var rows = _plain.Run(context, new QueryShape(context.Model, $"first {reads.Key}", parts), lifting, () =>
            Pruned.Rows<T>(Joined(parts), context.Model, reads).Take(Expression.Constant(1)));
        await foreach (var row in rows.WithCancellation(field.Cancel)) return row;
        return null;
    }

    public async Task<Connection> Page(BatchContext field, QuerySource source)
    {
        var (request, query, context) = (Request(field), (IQueryable<T>)source.Query, source.Lease.Context);
        var page = PageArguments.Of(field, options.Paging!, request.Order);
        var edges = page.NeedsRows ? await Edges(field, query, context, request, page) : [];
        var ends = page.EndsOf(edges.Count);
        if (edges.Count > page.Size) edges.RemoveRange(page.Size, edges.Count - page.Size);
        if (page.Backward) edges.Reverse();
        var filtered = ends.Next is null || ends.Previous is null || page.NeedsCount ? request.Filter(query.AsNoTracking().Expression) : query.Expression;
        return new Connection(
            edges,
            hasNextPage: ends.Next ?? await Any(request.Outside(filtered, page, atStart: false)),
            hasPreviousPage: ends.Previous ?? await Any(page.After is null ? filtered : request.Outside(filtered, page, atStart: true)),
            page.NeedsCount ? await Run(filtered).CountAsync(field.Cancel) : 0);

        Task<bool> Any(Expression rows) => Run(rows).AnyAsync(field.Cancel);
        IQueryable<T> Run(Expression rows) => query.Provider.CreateQuery<T>(rows);
    }

    private async Task<List<Edge>> Edges(BatchContext field, IQueryable<T> query, DbContext context, ListRequest<T> request, PageArguments page)
    {
        var (order, reads, lifting) = (request.Order, field.Selection.Reads(ofNodes: true), new Lifting());
        if (page.NeedsCursors) reads = reads.With(order.OwnKeys);
        var parts = Parts(lifting, query, page.After is null && page.Before is null ? request.Conditions : [.. request.Conditions, .. request.Bounds(page)]);
        var compiled = lifting.Values.Count <= CompiledQueries<T>.MostValues - 2;
        Expression skip = compiled && page.Offset > 0 ? lifting.Parameter(page.Offset, typeof(int)) : Closure.Of(page.Offset, typeof(int));
        Expression take = compiled ? lifting.Parameter(page.Rows, typeof(int)) : Closure.Of(page.Rows, typeof(int));
        var keys = page.NeedsCursors ? order.Projection(Expression.Parameter(typeof(T))) : null;
        var shape = compiled ? new QueryShape(context.Model, $"{order.Name} {reads.Key} {page.Backward} {page.Offset > 0} {keys is not null}", parts) : default;

        if (keys is null)
        {
            var rows = compiled ? _plain.Run(context, shape, lifting, () => Between(Pruned.Rows<T>(Sorted(Joined(parts)), context.Model, reads)))
                : query.Provider.CreateQuery<T>(Between(Sorted(request.Between(request.Filter(query.AsNoTracking().Expression), page)))).AsAsyncEnumerable();
            List<Edge> edges = new(Math.Min(page.Rows, 100));
            await foreach (var row in rows.WithCancellation(field.Cancel)) edges.Add(new Edge(row, order, null));
            return edges;
        }
        var keyed = compiled ? _keyed.Run(context, shape, lifting, () => Between(Keyed(Sorted(Joined(parts)))))
            : query.Provider.CreateQuery<Row<T>>(Between(Keyed(Sorted(request.Between(request.Filter(query.AsNoTracking().Expression), page))))).AsAsyncEnumerable();
        List<Edge> found = new(Math.Min(page.Rows, 100));
        await foreach (var row in keyed.WithCancellation(field.Cancel)) found.Add(new Edge(row.Node, order, row.Keys));
        return found;

        // What is shown is chosen before the rows are counted off: the other way round, EF Core would make two queries in one of them.
        Expression Sorted(Expression rows) => rows.Sort(order.Keys, page.Backward, Provider.NullsAreGreatest(context));
        Expression Between(Expression rows) => (page.Offset > 0 ? rows.Skip(skip) : rows).Take(take);

        Expression Keyed(Expression rows)
        {
            var entity = Expression.Parameter(typeof(T), "e");
            var row = Expression.MemberInit(
                Expression.New(typeof(Row<T>)), Expression.Bind(typeof(Row<T>).GetProperty(nameof(Row<>.Node))!, Pruned.Of(entity, context.Model, reads)),
                Expression.Bind(typeof(Row<T>).GetProperty(nameof(Row<>.Keys))!, order.Projection(entity)!));
            return rows.Select(Expression.Lambda(row, entity));
        }
    }

    private ListOrder Order(BatchContext field)
    {
        if (field.Argument<IReadOnlyList<object?>>("order") is { Count: > 0 } given) return new ListOrder(_name, fields.Sorts.Keys(typeof(T), given, _order, field.Request));
        return _usual ??= new ListOrder(_name, fields.Sorts.Keys(typeof(T), null, _order, field.Request));
    }

    /// <summary>The resolver's query and then each condition, without what is this caller's.</summary>
    private static Expression[] Parts(Lifting lifting, IQueryable<T> query, IReadOnlyList<Expression<Func<T, bool>>> conditions)
    {
        var parts = new Expression[conditions.Count + 1];
        parts[0] = lifting.Visit(query.Expression);
        for (var i = 0; i < conditions.Count; i++) parts[i + 1] = lifting.Visit(conditions[i]);
        return parts;
    }

    private static Expression Joined(Expression[] parts) => parts[1..].Aggregate(parts[0].NoTracking(), (rows, condition) => rows.Where((LambdaExpression)condition));

    private static async Task<List<T>> Read(IAsyncEnumerable<T> rows, CancellationToken cancel)
    {
        List<T> read = [];
        await foreach (var row in rows.WithCancellation(cancel)) read.Add(row);
        return read;
    }
}
