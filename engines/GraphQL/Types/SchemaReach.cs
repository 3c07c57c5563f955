namespace Engines.GraphQL.Types;

/// <summary>Collects types with everything that they refer to, each name once.</summary>
internal sealed class SchemaReach
{
    private readonly Dictionary<string, NamedType> _byName = new(StringComparer.Ordinal);
    private readonly List<NamedType> _types = [];

    /// <summary>In the order they were met.</summary>
    public IReadOnlyList<NamedType> Types => _types;
    public List<string> Problems { get; } = [];

    public void Add(DirectiveDefinition directive)
    {
        foreach (var argument in directive.Arguments) Add(argument.Type.Named);
    }

    public void Add(NamedType first)
    {
        var waiting = new Stack<NamedType>([first]);
        while (waiting.TryPop(out var type))
        {
            if (!_byName.TryAdd(type.Name, type))
            {
                if (!ReferenceEquals(_byName[type.Name], type)) Problems.Add($"Schema must contain uniquely named types but contains multiple types named \"{type}\".");
                continue;
            }
            if (type is ScalarType && Scalars.Find(type.Name) is { } builtIn && !ReferenceEquals(type, builtIn)) Problems.Add($"\"{type}\" must be the built-in scalar.");
            _types.Add(type);
            foreach (var next in NextTo(type).Reverse()) waiting.Push(next);
        }
    }

    private static IEnumerable<NamedType> NextTo(NamedType type) => type switch
    {
        FieldsType fields => [.. fields.Interfaces, .. fields.Fields.SelectMany(f => f.Arguments.Select(a => a.Type.Named).Prepend(f.Type.Named))],
        UnionType union => union.Members,
        InputObjectType input => input.Fields.Select(f => f.Type.Named),
        _ => [],
    };
}
