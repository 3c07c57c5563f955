using Engines.GraphQL.Execution;

namespace Engines.GraphQL.Data;

/// <summary>Which page is asked for, and what of it is selected.</summary>
internal sealed record PageArguments
{
    /// <summary>At most so many rows.</summary>
    public int Size { get; private init; }
    /// <summary>From the end (<c>last</c>).</summary>
    public bool Backward { get; private init; }
    public int Offset { get; private init; }
    public IReadOnlyList<object?>? After { get; private init; }
    public IReadOnlyList<object?>? Before { get; private init; }

    public bool NeedsRows { get; private init; }
    public bool NeedsCursors { get; private init; }
    public bool NeedsNext { get; private init; }
    public bool NeedsPrevious { get; private init; }
    public bool NeedsCount { get; private init; }

    /// <summary>One row more than the page tells whether there is another.</summary>
    public int Rows => Size + ((Backward ? NeedsPrevious : NeedsNext) ? 1 : 0);

    /// <exception cref="GraphQLException">The arguments are out of range or contradict each other.</exception>
    public static PageArguments Of(BatchContext field, UsePagingAttribute paging, ListOrder order)
    {
        var (first, last) = (Bound(field, "first", paging), Bound(field, "last", paging));
        var offset = field.Argument<int?>("offset");
        if (first is not null && last is not null) throw Refuse("last", "not together with first");
        if (offset is < 0) throw Refuse("offset", "must not be negative");
        if (offset is not null && last is not null) throw Refuse("offset", "not together with last");
        var (pageInfo, edges) = (field.Selection.Below("pageInfo"), field.Selection.Below("edges"));
        return new PageArguments
        {
            Size = first ?? last ?? paging.DefaultPageSize,
            Backward = last is not null,
            Offset = offset ?? 0,
            After = field.Argument<string>("after") is { } after ? order.Values(after, "after") : null,
            Before = field.Argument<string>("before") is { } before ? order.Values(before, "before") : null,
            NeedsRows = edges is not null || pageInfo is not null || field.Selection.Selects("nodes"),
            NeedsCursors = edges?.Selects("cursor") == true || pageInfo?.Selects("startCursor") == true || pageInfo?.Selects("endCursor") == true,
            NeedsNext = pageInfo?.Selects("hasNextPage") == true,
            NeedsPrevious = pageInfo?.Selects("hasPreviousPage") == true,
            NeedsCount = field.Selection.Selects("totalCount"),
        };
    }

    /// <summary>
    /// Whether there is a page after and before one for which so many rows were found, or null where only a query can tell (does anything lie beyond
    /// the cursor?). False where it was not asked.
    /// </summary>
    public (bool? Next, bool? Previous) EndsOf(int rows)
    {
        var more = rows > Size;
        bool? next = !NeedsNext ? false : !Backward && more ? true : Before is null ? false : null;
        bool? previous = !NeedsPrevious ? false : (Backward ? more : Offset > 0 && rows > 0) ? true : After is null && Offset == 0 ? false : null;
        return (next, previous);
    }

    private static int? Bound(BatchContext field, string argument, UsePagingAttribute paging) => field.Argument<int?>(argument) switch
    {
        null => null,
        { } size when size < 1 || size > paging.MaxPageSize => throw Refuse(argument, $"must be between 1 and {paging.MaxPageSize}"),
        { } size => size,
    };

    private static GraphQLException Refuse(string argument, string why) => new($"{argument}: {why}.", ErrorCodes.BadUserInput);
}
