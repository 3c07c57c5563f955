using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.InteropServices;
using Engines.GraphQL.Execution;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Engines.GraphQL.Data;

/// <summary>Reads a collection for all its parents at once: whole, or a page for each.</summary>
internal sealed class CollectionLoader<TOwner, T>(INavigationBase navigation, EntityList<T> list, IProperty ownerKey) where TOwner : class where T : class
{
    private static readonly List<object> s_none = [];
    private static readonly MethodInfo SelectMany = new Func<
        IQueryable<TOwner>, Expression<Func<TOwner, IEnumerable<T>>>, Expression<Func<TOwner, T, Pair>>, IQueryable<Pair>>(Queryable.SelectMany).Method;

    private readonly CompiledQueries<Owned<T>> _lists = new();
    private readonly IProperty _itemKey = navigation.TargetEntityType.FindPrimaryKey()!.Properties[^1];

    /// <summary>Every item of each parent, in one statement.</summary>
    public async Task<IReadOnlyList<object?>> Lists(BatchContext field, DbContext context)
    {
        var (ids, request, reads) = (Ids(field), list.Request(field), field.Selection.Reads(ofNodes: false));
        var rows = request.Conditions.Count > 0 ? Query(PropertySet.All).AsAsyncEnumerable()
            : _lists.Run(context, $"{request.Order.Name} {reads.Key}", [Closure.ArrayOf(ids, ownerKey.ClrType)], () => Query(reads));
        var byOwner = new Dictionary<object, List<object>>(ids.Count);
        await foreach (var row in rows.WithCancellation(field.Cancel))
        {
            ref var items = ref CollectionsMarshal.GetValueRefOrAddDefault(byOwner, row.Owner, out _);
            (items ??= []).Add(row.Item!);
        }
        var answer = new object?[field.Parents.Count];
        for (var i = 0; i < answer.Length; i++) answer[i] = byOwner.GetValueOrDefault(IdOf(field.Parents[i])) ?? s_none;
        return answer;

        IQueryable<Owned<T>> Query(PropertySet read)
        {
            var owner = Expression.Parameter(typeof(TOwner), "o");
            return Join(context, ids, owner, request.Filter(ItemsOf(owner)), null, request, page: null, read);
        }
    }

    /// <summary>A page for each parent: its rows in one statement, and one more for each of counts, what is before and what is after, where selected.</summary>
    public async Task<IReadOnlyList<object?>> Pages(BatchContext field, DbContext context, UsePagingAttribute paging)
    {
        var (ids, request) = (Ids(field), list.Request(field));
        var page = PageArguments.Of(field, paging, request.Order);
        var owner = Expression.Parameter(typeof(TOwner), "o");
        var filtered = request.Filter(ItemsOf(owner));

        var rows = page.NeedsRows ? await JoinPages(context, ids, owner, request, page).ToListAsync(field.Cancel) : [];
        var edges = rows.ToLookup(r => r.Owner, r => new Edge(r.Item!, request.Order, r.Keys));
        var counts = page.NeedsCount ? await Counts() : null;
        // Only where a page's own rows cannot tell: that depends on the arguments, and with an offset on whether it has rows.
        var ends = ids.ToDictionary(id => id, id => page.EndsOf(edges[id].Count()));
        var after = ends.Values.Any(e => e.Next is null) ? await Having(request.Outside(filtered, page, atStart: false)) : [];
        var before = ends.Values.Any(e => e.Previous is null) ? await Having(page.After is null ? filtered : request.Outside(filtered, page, atStart: true)) : [];
        var pages = ids.ToDictionary(id => id, object (id) =>
        {
            var found = edges[id].Take(page.Size).ToList();
            if (page.Backward) found.Reverse();
            return new Connection(found, ends[id].Next ?? after.Contains(id), ends[id].Previous ?? before.Contains(id), counts?.GetValueOrDefault(id) ?? 0);
        });
        return [.. field.Parents.Select(p => pages[IdOf(p)])];

        async Task<Dictionary<object, int>> Counts()
        {
            var count = Expression.MemberInit(
                Expression.New(typeof(Counted)), Expression.Bind(typeof(Counted).GetProperty(nameof(Counted.Owner))!, Expression.Convert(ownerKey.On(owner), typeof(object))),
                Expression.Bind(typeof(Counted).GetProperty(nameof(Counted.Items))!, filtered.Count()));
            return await Owners(context, ids).Select(Expression.Lambda<Func<TOwner, Counted>>(count, owner)).ToDictionaryAsync(c => c.Owner, c => c.Items, field.Cancel);
        }

        async Task<HashSet<object>> Having(Expression some)
        {
            var having = Owners(context, ids).Where(Expression.Lambda<Func<TOwner, bool>>(some.Any(), owner));
            return [.. await having.Select(Expression.Lambda<Func<TOwner, object>>(Expression.Convert(ownerKey.On(owner), typeof(object)), owner)).ToListAsync(field.Cancel)];
        }
    }

    /// <summary>
    /// Parents joined with their pages. Of the plain form (SelectMany of a Take) EF Core would make ROW_NUMBER over all children. PostgreSQL takes it as LATERAL,
    /// provided that EF Core finds no pair of columns to join by; SQLite, which has no LATERAL, looks each row up by the ids that a limited subquery gives.
    /// </summary>
    private IQueryable<Owned<T>> JoinPages(
        DbContext context, IReadOnlyCollection<object> ids, ParameterExpression owner, ListRequest<T> request, PageArguments page)
    {
        if (Provider.HasLateral(context)) return Join(context, ids, owner, Limited(Lateral(context, owner)), null, request, page);
        var (item, inner) = (Expression.Parameter(typeof(T), "i"), Expression.Parameter(typeof(T), "x"));
        var found = Limited(ItemsOf(owner)).Select(Expression.Lambda(_itemKey.On(inner), inner)).Has(_itemKey.On(item));
        return Join(context, ids, owner, Set(context), Expression.Lambda<Func<TOwner, T, bool>>(found, owner, item), request, page);

        Expression Limited(Expression items) => request.Between(request.Filter(items), page)
            .Sort(request.Order.Keys, page.Backward, Provider.NullsAreGreatest(context)).Skip(page.Offset).Take(page.Rows);
    }

    private Expression Lateral(DbContext context, Expression owner)
    {
        var item = Expression.Parameter(typeof(T), "c");
        if (navigation is not ISkipNavigation skip)
        {
            var key = ((INavigation)navigation).ForeignKey;
            var tied = key.Properties.Zip(key.PrincipalKey.Properties, Expression (foreign, principal) => Tied(foreign.On(item), principal.On(owner)));
            return Set(context).Where(Expression.Lambda<Func<T, bool>>(Compare.Join([.. tied], Expression.AndAlso), item));
        }
        var other = Expression.Parameter(typeof(TOwner), "q");
        var back = Queried(skip.Inverse.On(item), typeof(TOwner)).Where(Expression.Lambda<Func<TOwner, bool>>(Expression.Equal(ownerKey.On(other), ownerKey.On(owner)), other));
        return Set(context).Where(Expression.Lambda<Func<T, bool>>(back.Any(), item));
    }

    // To EF Core the sum is no column that it could join by; to PostgreSQL it is a value that an index can be searched for.
    private static BinaryExpression Tied(Expression foreign, Expression principal)
    {
        var value = principal.Type == typeof(long) || principal.Type == typeof(int) ? Expression.Add(principal, Expression.Default(principal.Type)) : principal;
        return Expression.Equal(foreign, value.Type == foreign.Type ? value : Expression.Convert(value, foreign.Type));
    }

    private IQueryable<Owned<T>> Join(
        DbContext context, IReadOnlyCollection<object> ids, ParameterExpression owner, Expression items, Expression<Func<TOwner, T, bool>>? condition,
        ListRequest<T> request, PageArguments? page, PropertySet? reads = null)
    {
        var (owners, item) = (Owners(context, ids), Expression.Parameter(typeof(T), "i"));
        var pairs = (Expression)Expression.Call(
            SelectMany, owners.Expression, Expression.Quote(Expression.Lambda<Func<TOwner, IEnumerable<T>>>(items, owner)),
            Expression.Quote(Expression.Lambda<Func<TOwner, T, Pair>>(Pair.Of(owner, item), owner, item)));
        var pair = Expression.Parameter(typeof(Pair), "p");
        var (itsOwner, itsItem) = (Expression.Property(pair, nameof(Pair.Owner)), Expression.Property(pair, nameof(Pair.Item)));
        if (condition is not null) pairs = pairs.Where(Expression.Lambda<Func<Pair, bool>>(Replace.In(condition, itsOwner, itsItem), pair));
        var sorted = pairs.Sort(request.Order.Keys, page is { Backward: true }, Provider.NullsAreGreatest(context), row => Expression.Property(row, nameof(Pair.Item)));
        var keys = page is { NeedsCursors: true } ? request.Order.Projection(itsItem) : null;
        return owners.Provider.CreateQuery<Owned<T>>(sorted.Select(Expression.Lambda<Func<Pair, Owned<T>>>(Owned<T>.Of(ownerKey.On(itsOwner), Pruned.Of(itsItem, context.Model, reads ?? PropertySet.All), keys), pair)));
    }

    private IQueryable<TOwner> Owners(DbContext context, IReadOnlyCollection<object> ids) => KeyedRows<TOwner>.Among(context.Set<TOwner>().AsNoTracking(), ownerKey, ids);

    private MethodCallExpression ItemsOf(Expression owner) => Queried(navigation.On(owner), typeof(T));

    private static MethodCallExpression Queried(Expression items, Type item) => Expression.Call(typeof(Queryable), nameof(Queryable.AsQueryable), [item], items);

    private static Expression Set(DbContext context) => ((IQueryable)context.Set<T>()).Expression;

    private HashSet<object> Ids(BatchContext field) => [.. field.Parents.Select(IdOf)];

    private object IdOf(object parent) => ownerKey.GetGetter().GetClrValue(parent)!;

    private sealed class Pair
    {
        public required TOwner Owner { get; init; }
        public required T Item { get; init; }

        public static MemberInitExpression Of(Expression owner, Expression item) => Expression.MemberInit(
            Expression.New(typeof(Pair)), Expression.Bind(typeof(Pair).GetProperty(nameof(Owner))!, owner), Expression.Bind(typeof(Pair).GetProperty(nameof(Item))!, item));
    }

    private sealed class Counted
    {
        public required object Owner { get; init; }
        public int Items { get; init; }
    }
}
