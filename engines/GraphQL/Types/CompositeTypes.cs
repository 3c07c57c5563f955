namespace Engines.GraphQL.Types;

/// <summary>A type with a selection set: object, interface or union.</summary>
public abstract class CompositeType(string name) : NamedType(name);

/// <summary>A type with fields: object or interface.</summary>
public abstract class FieldsType(string name) : CompositeType(name)
{
    private readonly List<FieldDefinition> _fields = [];
    private readonly Dictionary<string, FieldDefinition> _byName = [];

    public IReadOnlyList<FieldDefinition> Fields => _fields;
    public List<InterfaceType> Interfaces { get; } = [];

    public FieldsType Add(FieldDefinition field)
    {
        if (!_byName.TryAdd(field.Name, field)) throw new ArgumentException($"{Name} has two fields named '{field.Name}'.");
        _fields.Add(field);
        return this;
    }

    public FieldDefinition? Find(string name) => _byName.GetValueOrDefault(name);
}

public sealed class ObjectType(string name) : FieldsType(name)
{
    /// <summary>
    /// Asked once a request before anything runs. For whom one of them answers an error, no object of this type exists: a field that may be null is null, an
    /// interface or union shows it nowhere, and a list, a page or a field that must have one answers the error without running.
    /// </summary>
    public List<FieldGuard> Guards { get => PageOf?.Guards ?? field; } = [];
    /// <summary>Of a page of a list: the type of what is listed, by whose guards the page is guarded.</summary>
    public ObjectType? PageOf { get; init; }
    /// <summary>The C# type of its values, by which values of interfaces and unions find their object type.</summary>
    public Type? ClrType { get; set; }
}

public sealed class InterfaceType(string name) : FieldsType(name)
{
    /// <summary>The object type of a value; null: by C# type (<see cref="Schema.ObjectTypeOf"/>).</summary>
    public Func<object, ObjectType?>? ResolveType { get; set; }
}

public sealed class UnionType(string name) : CompositeType(name)
{
    public List<ObjectType> Members { get; } = [];
    /// <summary>The object type of a value; null: by C# type (<see cref="Schema.ObjectTypeOf"/>).</summary>
    public Func<object, ObjectType?>? ResolveType { get; set; }
}

/// <summary>A field of an object or interface. Only an object's fields have a resolver.</summary>
public sealed class FieldDefinition(string name, GraphQLType type)
{
    public string Name => name;
    public GraphQLType Type => type;
    public string? Description { get; init; }
    public string? DeprecationReason { get; init; }
    public List<InputValue> Arguments { get; init; } = [];
    public List<AppliedDirective> Directives { get; } = [];
    public FieldResolver? Resolver { get; init; }
    /// <summary>Asked once a request before anything runs; the first that answers an error denies the field.</summary>
    public List<FieldGuard> Guards { get; init; } = [];
    /// <summary>
    /// Whether it answers the same to all whom the host says to have equal rights, whoever they are. A value that is read off its parent always does; a
    /// resolver only where it is known to.
    /// </summary>
    public bool IsImpersonal { get => field || Resolver is InlineResolver; init; }
    /// <summary>The cost of one call, for cost limits.</summary>
    public double Cost { get; init; } = 1;
    /// <summary>Whether, as a root field, it tests or makes credentials: few of its kind may stand in one operation.</summary>
    public bool TouchesCredentials { get; init; }
    /// <summary>A secret: an answer that is kept and given again has null and the error <c>SHOWN_ONCE</c> in its place.</summary>
    public bool ShownOnce { get; init; }
    /// <summary>The argument that bounds this list (a number such as "first", or a list such as "ids"), by which the cost of what is below multiplies; null: not a sized list.</summary>
    public string? SizeArgument { get; init; }
    /// <summary>The size of the list when <see cref="SizeArgument"/> is not given, or of a list without one.</summary>
    public int AssumedSize { get; init; } = 1;
    /// <summary>The C# properties of its parent that the field reads, by which a list knows what its rows must carry; null: perhaps any.</summary>
    public IReadOnlyList<string>? Needs { get; init; }
    /// <summary>The C# reference that the field follows: where its parent has it at hand, it asks for nothing more.</summary>
    public string? Follows { get; init; }

    /// <summary>Its own guards, and those of the type that it leads to.</summary>
    internal IEnumerable<FieldGuard> AllGuards => Type.Named is ObjectType type ? Guards.Concat(type.Guards) : Guards;

    public InputValue? FindArgument(string argument) => Arguments.Find(a => a.Name == argument);
}
