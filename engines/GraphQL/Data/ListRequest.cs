using System.Linq.Expressions;

namespace Engines.GraphQL.Data;

/// <summary>Which rows of a list a call of its field asks for, and in which order.</summary>
internal sealed record ListRequest<T>(IReadOnlyList<Expression<Func<T, bool>>> Conditions, ListOrder Order)
{
    /// <summary>The list's own conditions on a query of its rows.</summary>
    public Expression Filter(Expression rows) => Conditions.Aggregate(rows, (filtered, condition) => filtered.Where(condition));

    /// <summary>The rows between the cursors.</summary>
    public Expression Between(Expression rows, PageArguments page) => Bounds(page).Aggregate(rows, (bounded, bound) => bounded.Where(bound));

    public IEnumerable<Expression<Func<T, bool>>> Bounds(PageArguments page)
    {
        if (page.After is { } after) yield return Keyset.Beyond<T>(Order.Keys, after, before: false, inclusive: false);
        if (page.Before is { } before) yield return Keyset.Beyond<T>(Order.Keys, before, before: true, inclusive: false);
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
