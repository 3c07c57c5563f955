using System.Linq.Expressions;
using Engines.GraphQL.Execution;
using Microsoft.EntityFrameworkCore;

namespace Engines.GraphQL.Data;

/// <summary>Which rows of a list a call of its field asks for, and in which order.</summary>
internal sealed record ListRequest<T>(IReadOnlyList<Expression<Func<T, bool>>> Conditions, ListOrder Order)
{
    /// <summary>The list's own conditions on a query of its rows.</summary>
    public Expression Filter(Expression rows) => Conditions.Aggregate(rows, (filtered, condition) => filtered.Where(condition));

    /// <summary>The rows between the cursors.</summary>
    public Expression Between(Expression rows, PageArguments page)
    {
        if (page.After is { } after) rows = rows.Where(Keyset.Beyond<T>(Order.Keys, after, before: false, inclusive: false));
        return page.Before is { } before ? rows.Where(Keyset.Beyond<T>(Order.Keys, before, before: true, inclusive: false)) : rows;
    }

    /// <summary>The rows that the page's start, or its end, has left out.</summary>
    public Expression Outside(Expression rows, PageArguments page, bool atStart) => rows.Where(
        Keyset.Beyond<T>(Order.Keys, (atStart ? page.After : page.Before)!, before: atStart, inclusive: true));
}

/// <summary>A row with the values of its order's keys that it does not carry itself.</summary>
internal sealed class Row<T>
{
    public required T Node { get; init; }
    public object?[]? Keys { get; init; }
}

/// <summary>Makes the requests of one list, and answers the lists that have a single parent.</summary>
internal sealed class EntityList<T>(EntityFields fields, ListOptions options) where T : class
{
    private readonly IReadOnlyList<ColumnPath> _search = fields.Paths(typeof(T), options.Search);
    private readonly IReadOnlyList<OrderKey> _order = fields.DefaultOrder(typeof(T), options);
    private readonly string _name = fields.Shapes.Of(typeof(T)).Name;

    public ListRequest<T> Request(BatchContext field)
    {
        Expression<Func<T, bool>>?[] conditions =
        [
            fields.Compiler.Where<T>(field.Argument<Types.InputFields>("where"), field.Request), fields.Compiler.Search<T>(field.Argument<string>("search"), _search),
        ];
        var keys = fields.Sorts.Keys(typeof(T), field.Argument<IReadOnlyList<object?>>("order"), _order, field.Request);
        return new ListRequest<T>([.. conditions.OfType<Expression<Func<T, bool>>>()], new ListOrder(_name, keys));
    }

    public async Task<IReadOnlyList<object>> Rows(BatchContext field, QuerySource source)
    {
        var (request, query) = (Request(field), (IQueryable<T>)source.Query);
        var rows = request.Filter(query.Expression).Sort(request.Order.Keys, reverse: false, Provider.NullsAreGreatest(source.Lease.Context));
        return await query.Provider.CreateQuery<T>(rows).AsNoTracking().ToListAsync(field.Cancel);
    }

    public async Task<Connection> Page(BatchContext field, QuerySource source)
    {
        var (request, query) = (Request(field), ((IQueryable<T>)source.Query).AsNoTracking());
        var page = PageArguments.Of(field, options.Paging!, request.Order);
        var filtered = request.Filter(query.Expression);
        var edges = page.NeedsRows ? await Edges() : [];
        var ends = page.EndsOf(edges.Count);
        var found = page.NeedsRows ? edges.Take(page.Size).ToList() : [];
        if (page.Backward) found.Reverse();
        return new Connection(
            found,
            hasNextPage: ends.Next ?? await Any(request.Outside(filtered, page, atStart: false)),
            hasPreviousPage: ends.Previous ?? await Any(page.After is null ? filtered : request.Outside(filtered, page, atStart: true)),
            page.NeedsCount ? await Run(filtered).CountAsync(field.Cancel) : 0);

        async Task<List<Edge>> Edges()
        {
            var rows = request.Between(filtered, page)
                .Sort(request.Order.Keys, page.Backward, Provider.NullsAreGreatest(source.Lease.Context)).Skip(page.Offset).Take(page.Rows);
            var entity = Expression.Parameter(typeof(T), "e");
            if (!page.NeedsCursors || request.Order.Projection(entity) is not { } keys)
                return (await Run(rows).ToListAsync(field.Cancel)).ConvertAll(e => new Edge(e, request.Order, null));
            var row = Expression.MemberInit(
                Expression.New(typeof(Row<T>)), Expression.Bind(typeof(Row<T>).GetProperty(nameof(Row<>.Node))!, entity),
                Expression.Bind(typeof(Row<T>).GetProperty(nameof(Row<>.Keys))!, keys));
            var projected = query.Provider.CreateQuery<Row<T>>(rows.Select(Expression.Lambda(row, entity)));
            return (await projected.ToListAsync(field.Cancel)).ConvertAll(r => new Edge(r.Node, request.Order, r.Keys));
        }

        Task<bool> Any(Expression rows) => Run(rows).AnyAsync(field.Cancel);
        IQueryable<T> Run(Expression rows) => query.Provider.CreateQuery<T>(rows);
    }
}
