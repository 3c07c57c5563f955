namespace Engines.GraphQL.Data;

/// <summary>The method's <c>IQueryable</c> becomes a connection: <c>first after last before offset</c>.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property)]
public sealed class UsePagingAttribute : Attribute
{
    public int MaxPageSize { get; init; } = 100;
    public int DefaultPageSize { get; init; } = 50;
}

/// <summary>The field is the first entity of the method's <c>IQueryable</c>, or null where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UseFirstOrDefaultAttribute : Attribute;

/// <summary>The list takes <c>where</c>.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property)]
public sealed class UseFilteringAttribute : Attribute;

/// <summary>The list takes <c>order</c>.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property)]
public sealed class UseSortingAttribute : Attribute;

/// <summary>The list takes <c>search</c>: one plain text, each word of which must be found in one of these text properties (paths such as <c>Asset.Name</c> go through references).</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property | AttributeTargets.Class)]
public sealed class UseSearchAttribute(params string[] properties) : Attribute
{
    public IReadOnlyList<string> Properties => properties;
}

/// <summary>The order of the list where the client gives none. Several apply in turn; the id is always the last.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property | AttributeTargets.Class, AllowMultiple = true)]
public sealed class OrderByAttribute(string property) : Attribute
{
    /// <summary>A property, or a path such as <c>Asset.Name</c>.</summary>
    public string Property => property;
    public bool Descending { get; init; }
}
