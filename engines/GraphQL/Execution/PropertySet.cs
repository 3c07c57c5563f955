namespace Engines.GraphQL.Execution;

/// <summary>The C# properties of an object that a selection reads; all of them where one of its fields does not say which it needs.</summary>
internal sealed class PropertySet
{
    private PropertySet(SortedSet<string>? names) => (Names, Key) = (names, names is null ? "*" : string.Join(',', names));

    public static PropertySet All { get; } = new(null);

    /// <summary>Null: all.</summary>
    public IReadOnlyCollection<string>? Names { get; }

    /// <summary>Equal for equal sets.</summary>
    public string Key { get; }

    /// <param name="needs">Of each field; null: it does not say.</param>
    public static PropertySet Of(IEnumerable<IReadOnlyList<string>?> needs)
    {
        SortedSet<string> names = new(StringComparer.Ordinal);
        foreach (var need in needs)
        {
            if (need is null) return All;
            names.UnionWith(need);
        }
        return new PropertySet(names);
    }

    public PropertySet With(IEnumerable<string> more) => Names is null ? this : Of([[.. Names], [.. more]]);
}
