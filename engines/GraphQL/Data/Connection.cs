namespace Engines.GraphQL.Data;

/// <summary>A page of a list, as the connection types show it.</summary>
public sealed class Connection
{
    /// <param name="edges">In order.</param>
    /// <param name="totalCount">Of the filtered list; 0 when nobody asked.</param>
    public Connection(IReadOnlyList<Edge> edges, bool hasNextPage, bool hasPreviousPage, int totalCount)
    {
        Edges = edges;
        Nodes = [.. edges.Select(e => e.Node)];
        PageInfo = new PageInfo(hasNextPage, hasPreviousPage, edges);
        TotalCount = totalCount;
    }

    public IReadOnlyList<Edge> Edges { get; }
    public IReadOnlyList<object> Nodes { get; }
    public PageInfo PageInfo { get; }
    public int TotalCount { get; }
}

/// <summary>An object in its place in a list. The cursor is only made when it is read.</summary>
public sealed class Edge
{
    private readonly ListOrder? _order;
    private readonly object?[]? _keys;
    private readonly string? _cursor;

    internal Edge(object node, ListOrder order, object?[]? keys) => (Node, _order, _keys) = (node, order, keys);

    /// <summary>For lists that make their own cursors.</summary>
    public Edge(object node, string cursor) => (Node, _cursor) = (node, cursor);

    public object Node { get; }
    public string Cursor => _cursor ?? _order!.Cursor(Node, _keys);
}

public sealed class PageInfo(bool hasNextPage, bool hasPreviousPage, IReadOnlyList<Edge> edges)
{
    public bool HasNextPage => hasNextPage;
    public bool HasPreviousPage => hasPreviousPage;
    public string? StartCursor => edges is [var first, ..] ? first.Cursor : null;
    public string? EndCursor => edges is [.., var last] ? last.Cursor : null;
}
