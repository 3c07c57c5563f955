namespace Engines.GraphQL.Types;

/// <summary>A sealed, consistent set of types. Made by <c>Binding</c> from C#, or from SDL text.</summary>
public sealed class Schema
{
    private readonly Dictionary<string, NamedType> _types;
    private readonly Dictionary<string, DirectiveDefinition> _directives;
    private readonly Dictionary<string, IReadOnlyList<ObjectType>> _possible = [];
    private readonly Dictionary<Type, ObjectType> _byClrType = [];

    /// <param name="types">Every type that the roots reach, and those that only implement interfaces. Built-in scalars, directives and introspection are added here.</param>
    /// <exception cref="SchemaException">The types contradict each other or the specification.</exception>
    public Schema(
        ObjectType query, ObjectType? mutation, ObjectType? subscription, IEnumerable<NamedType> types,
        IEnumerable<DirectiveDefinition> directives, string? description = null)
    {
        (Query, Mutation, Subscription, Description) = (query, mutation, subscription, description);
        _types = types.ToDictionary(t => t.Name, StringComparer.Ordinal);
        _directives = directives.ToDictionary(d => d.Name, StringComparer.Ordinal);
        foreach (var type in _types.Values.OfType<ObjectType>().Where(t => t.ClrType is not null)) _byClrType.TryAdd(type.ClrType!, type);
        foreach (var type in _types.Values.OfType<InterfaceType>())
            _possible[type.Name] = [.. _types.Values.OfType<ObjectType>().Where(o => o.Interfaces.Contains(type))];
    }

    public string? Description { get; }
    public ObjectType Query { get; }
    public ObjectType? Mutation { get; }
    public ObjectType? Subscription { get; }
    public IReadOnlyDictionary<string, NamedType> Types => _types;
    public IReadOnlyDictionary<string, DirectiveDefinition> Directives => _directives;

    public NamedType? FindType(string name) => _types.GetValueOrDefault(name);
    public DirectiveDefinition? FindDirective(string name) => _directives.GetValueOrDefault(name);

    public ObjectType? RootOf(Language.OperationType operation) => operation switch
    {
        Language.OperationType.Query => Query,
        Language.OperationType.Mutation => Mutation,
        _ => Subscription,
    };

    /// <summary>The object types that a value of this type may have: itself, a union's members, an interface's implementers.</summary>
    public IReadOnlyList<ObjectType> PossibleTypes(CompositeType type) => type switch
    {
        ObjectType o => [o],
        UnionType u => u.Members,
        _ => _possible.GetValueOrDefault(type.Name) ?? [],
    };

    /// <summary>Whether a value of <paramref name="part"/> is always one of <paramref name="whole"/>.</summary>
    public static bool IsSubtype(GraphQLType part, GraphQLType whole) => (part, whole) switch
    {
        _ when ReferenceEquals(part, whole) => true,
        (NonNullType p, NonNullType w) => IsSubtype(p.Inner, w.Inner),
        (NonNullType p, _) => IsSubtype(p.Inner, whole),
        (ListType p, ListType w) => IsSubtype(p.Item, w.Item),
        (ObjectType p, UnionType w) => w.Members.Contains(p),
        (FieldsType p, InterfaceType w) => p.Interfaces.Contains(w),
        _ => false,
    };

    /// <summary>The object type of a C# value, found by its type or a base type of it.</summary>
    public ObjectType? ObjectTypeOf(object value)
    {
        for (var type = value.GetType(); type is not null; type = type.BaseType)
            if (_byClrType.TryGetValue(type, out var found)) return found;
        return null;
    }
}

/// <summary>A schema that cannot be: a programmer's mistake, found at start.</summary>
public sealed class SchemaException(string message) : Exception(message);
