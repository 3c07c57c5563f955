namespace Engines.GraphQL.Execution;

/// <summary>
/// The C# properties of an object that a selection reads; all of them where one of its fields does not say which it needs. References that are
/// followed come with what is read of the objects that they lead to.
/// </summary>
internal sealed class PropertySet
{
    private static readonly Dictionary<string, PropertySet> s_none = [];
    private readonly SortedSet<string>? _names;

    private PropertySet(SortedSet<string>? names, IReadOnlyDictionary<string, PropertySet> references)
    {
        (_names, References) = (names, references);
        var followed = References.OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => $"{r.Key}({r.Value.Key})");
        Key = names is null ? "*" : string.Join(',', names.Concat(followed));
    }

    public static PropertySet All { get; } = new(null, s_none);

    /// <summary>Null: all.</summary>
    public IReadOnlyCollection<string>? Names => _names;

    public IReadOnlyDictionary<string, PropertySet> References { get; }

    /// <summary>Equal for equal sets.</summary>
    public string Key { get; }

    public PropertySet With(IEnumerable<string> more) => _names is null ? this : new PropertySet(new SortedSet<string>(_names.Concat(more), StringComparer.Ordinal), References);

    /// <param name="fields">What each field needs of its parent (null: it does not say), the reference that it follows if any, and what is read behind that.</param>
    public static PropertySet Of(IEnumerable<(IReadOnlyList<string>? Needs, string? Follows, PropertySet? Behind)> fields)
    {
        SortedSet<string> names = new(StringComparer.Ordinal);
        Dictionary<string, PropertySet> references = [];
        foreach (var (needs, follows, behind) in fields)
        {
            if (needs is null) return All;
            names.UnionWith(needs);
            if (follows is not null) references[follows] = references.TryGetValue(follows, out var other) ? other.Union(behind!) : behind!;
        }
        return new PropertySet(names, references);
    }

    private PropertySet Union(PropertySet other)
    {
        if (_names is null || other._names is null) return All;
        var references = References.Concat(other.References).GroupBy(r => r.Key, r => r.Value).ToDictionary(r => r.Key, r => r.Aggregate((a, b) => a.Union(b)));
        return new PropertySet(new SortedSet<string>(_names.Concat(other._names), StringComparer.Ordinal), references);
    }
}
