namespace Engines.GraphQL.Types;

/// <summary>A sealed, consistent set of types. Made by <c>Binding</c> from C#, or from SDL text.</summary>
public sealed class Schema
{
    private readonly Dictionary<string, NamedType> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DirectiveDefinition> _directives = new(StringComparer.Ordinal);
    private readonly Dictionary<CompositeType, IReadOnlyList<ObjectType>> _possible = [];
    private readonly Dictionary<CompositeType, HashSet<ObjectType>> _possibleSets = [];
    private readonly Dictionary<Type, ObjectType> _byClrType = [];

    /// <param name="types">Every type that the roots reach, and those that only implement interfaces. Built-in scalars, directives and introspection are added here.</param>
    /// <exception cref="SchemaException">The types contradict each other or the specification.</exception>
    public Schema(
        ObjectType query, ObjectType? mutation, ObjectType? subscription, IEnumerable<NamedType> types,
        IEnumerable<DirectiveDefinition> directives, string? description = null, IReadOnlyList<AppliedDirective>? appliedDirectives = null)
    {
        (Query, Mutation, Subscription, Description, AppliedDirectives) = (query, mutation, subscription, description, appliedDirectives ?? []);
        var reach = new SchemaReach();
        foreach (var directive in directives)
        {
            if (!_directives.TryAdd(directive.Name, directive)) reach.Problems.Add($"Schema must contain uniquely named directives but has two named \"@{directive.Name}\".");
            reach.Add(directive);
        }
        foreach (var type in types) reach.Add(type);
        foreach (var root in new[] { query, mutation, subscription }.OfType<ObjectType>()) reach.Add(root);
        foreach (var builtIn in BuiltInDirectives.All)
            if (_directives.TryAdd(builtIn.Name, builtIn)) reach.Add(builtIn);
        foreach (var type in Introspection.Types) reach.Add(type);
        foreach (var type in reach.Types) _types.Add(type.Name, type);

        foreach (var type in _types.Values.OfType<ObjectType>().Where(t => t.ClrType is not null)) _byClrType.TryAdd(type.ClrType!, type);
        foreach (var type in _types.Values.OfType<InterfaceType>())
            _possible[type] = [.. _types.Values.OfType<ObjectType>().Where(o => o.Interfaces.Contains(type))];
        foreach (var type in _types.Values.OfType<CompositeType>()) _possibleSets[type] = [.. PossibleTypes(type)];

        var problems = reach.Problems.Concat(SchemaRules.Problems(this)).ToList();
        if (problems.Count > 0) throw new SchemaException(string.Join('\n', problems));
    }

    /// <summary><c>__schema</c> of the query type; its resolver takes the schema from the request.</summary>
    public static FieldDefinition SchemaField => Introspection.SchemaField;
    /// <summary><c>__type(name:)</c> of the query type.</summary>
    public static FieldDefinition TypeField => Introspection.TypeField;
    /// <summary><c>__typename</c> of every composite type; without a resolver, since execution knows the type.</summary>
    public static FieldDefinition TypeNameField => Introspection.TypeNameField;

    public string? Description { get; }
    /// <summary>Directives applied to the schema itself.</summary>
    public IReadOnlyList<AppliedDirective> AppliedDirectives { get; }
    public ObjectType Query { get; }
    public ObjectType? Mutation { get; }
    public ObjectType? Subscription { get; }
    public IReadOnlyDictionary<string, NamedType> Types => _types;
    public IReadOnlyDictionary<string, DirectiveDefinition> Directives => _directives;

    public NamedType? FindType(string name) => _types.GetValueOrDefault(name);
    public DirectiveDefinition? FindDirective(string name) => _directives.GetValueOrDefault(name);

    /// <summary>A field that may be selected on a type, meta fields included.</summary>
    public FieldDefinition? FindField(CompositeType parent, string name) => name switch
    {
        "__typename" => TypeNameField,
        "__schema" when ReferenceEquals(parent, Query) => SchemaField,
        "__type" when ReferenceEquals(parent, Query) => TypeField,
        _ => (parent as FieldsType)?.Find(name),
    };

    /// <summary>The schema type of a type reference; null when it names an unknown type.</summary>
    public GraphQLType? Resolve(Language.TypeNode node) => node switch
    {
        Language.NonNullTypeNode nonNull => Resolve(nonNull.InnerType) is { } inner ? new NonNullType(inner) : null,
        Language.ListTypeNode list => Resolve(list.ItemType) is { } item ? new ListType(item) : null,
        Language.NamedTypeNode named => FindType(named.Name),
        _ => null,
    };

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
        _ => _possible.GetValueOrDefault(type) ?? [],
    };

    /// <summary>Whether a value can be of both types.</summary>
    public bool Overlap(CompositeType a, CompositeType b) => ReferenceEquals(a, b) || (a, b) switch
    {
        (ObjectType x, ObjectType) => ReferenceEquals(x, b),
        (ObjectType x, _) => _possibleSets[b].Contains(x),
        (_, ObjectType y) => _possibleSets[a].Contains(y),
        _ => _possibleSets[a].Overlaps(_possibleSets[b]),
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

    /// <summary>Whether the specification itself defines this type: its scalars and introspection.</summary>
    public static bool IsBuiltIn(NamedType type) => Scalars.All.Contains(type) || Introspection.Types.Contains(type);

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
