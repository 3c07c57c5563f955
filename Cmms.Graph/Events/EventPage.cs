using Cmms.Domain.Events;
using Cmms.Graph.Live;
using Engines.GraphQL;
using Engines.GraphQL.Data;

namespace Cmms.Graph.Events;

/// <summary>Which page of a list of events is asked for. Such a list has the newest first.</summary>
internal sealed record EventPage
{
    private const int MaxSize = 100;
    private readonly bool _isCut;

    /// <exception cref="GraphQLException">The arguments are out of range or contradict each other.</exception>
    public EventPage(long customerId, int defaultSize, int? first, string? after, int? last, string? before)
    {
        if (first is not null && last is not null) throw Refuse("last", "not together with first");
        if (first is < 1 or > MaxSize) throw Refuse("first", $"must be between 1 and {MaxSize}");
        if (last is < 1 or > MaxSize) throw Refuse("last", $"must be between 1 and {MaxSize}");
        (Size, Backward) = (first ?? last ?? defaultSize, last is not null);
        if (after is not null) OlderThan = EventCursor.Decode(after, customerId);
        if (before is not null) NewerThan = EventCursor.Decode(before, customerId, "before");
        _isCut = Backward ? before is not null : after is not null;
    }

    public int Size { get; }
    /// <summary>From the oldest end.</summary>
    public bool Backward { get; }
    /// <summary>Only positions below.</summary>
    public long OlderThan { get; } = long.MaxValue;
    /// <summary>Only positions above.</summary>
    public long NewerThan { get; } = -1;

    /// <summary>The page out of its rows, walked from its own end, with one more than fit if there are any.</summary>
    public Connection Of(IEnumerable<Event> rows, int totalCount)
    {
        var found = rows.ToList();
        var page = found.Take(Size);
        var edges = (Backward ? page.Reverse() : page).Select(e => new Edge(e, EventCursor.Encode(e.CustomerId, e.Position))).ToList();
        var more = found.Count > Size;
        return new Connection(edges, hasNextPage: Backward ? _isCut : more, hasPreviousPage: Backward ? more : _isCut, totalCount);
    }

    private static GraphQLException Refuse(string argument, string why) => new($"{argument}: {why}.", ErrorCodes.BadUserInput);
}
