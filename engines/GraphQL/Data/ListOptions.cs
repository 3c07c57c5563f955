using System.Reflection;

namespace Engines.GraphQL.Data;

/// <summary>What a list of entities offers its readers.</summary>
public sealed record ListOptions
{
    /// <summary>Null: a plain list instead of a connection.</summary>
    public UsePagingAttribute? Paging { get; init; }
    public bool Filtering { get; init; }
    public bool Sorting { get; init; }
    public IReadOnlyList<string> Search { get; init; } = [];
    public IReadOnlyList<OrderByAttribute> Order { get; init; } = [];

    /// <summary>A connection with everything: what a collection navigation gets unless told otherwise.</summary>
    public static ListOptions Everything { get; } = new() { Paging = new UsePagingAttribute(), Filtering = true, Sorting = true };

    /// <summary>As the attributes of a resolver method (or of a property) say.</summary>
    public static ListOptions Of(MemberInfo member) => new()
    {
        Paging = member.GetCustomAttribute<UsePagingAttribute>(),
        Filtering = member.IsDefined(typeof(UseFilteringAttribute)),
        Sorting = member.IsDefined(typeof(UseSortingAttribute)),
        Search = member.GetCustomAttribute<UseSearchAttribute>()?.Properties ?? [],
        Order = [.. member.GetCustomAttributes<OrderByAttribute>()],
    };

    /// <summary>These options, with the search and order that the <c>[ObjectType]</c> class of the entity names where these name none.</summary>
    public ListOptions WithDefaultsOf(MemberInfo objectTypeClass) => this with
    {
        Search = Search.Count > 0 ? Search : objectTypeClass.GetCustomAttribute<UseSearchAttribute>()?.Properties ?? [],
        Order = Order.Count > 0 ? Order : [.. objectTypeClass.GetCustomAttributes<OrderByAttribute>()],
    };
}
