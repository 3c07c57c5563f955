namespace Engines.GraphQL.Types;

public sealed class InputObjectType(string name) : NamedType(name)
{
    private readonly List<InputValue> _fields = [];
    private readonly Dictionary<string, InputValue> _byName = [];

    public IReadOnlyList<InputValue> Fields => _fields;

    /// <summary>Exactly one field must be given, and not null (<c>@oneOf</c>).</summary>
    public bool IsOneOf { get; set; }

    /// <summary>Makes the C# value from the coerced fields; null leaves resolvers the <see cref="InputFields"/>.</summary>
    public Func<InputFields, object>? Materialize { get; set; }

    public InputObjectType Add(InputValue field)
    {
        _byName.Add(field.Name, field);
        _fields.Add(field);
        return this;
    }

    public InputValue? Find(string name) => _byName.GetValueOrDefault(name);
}

/// <summary>An argument or a field of an input object.</summary>
public sealed class InputValue(string name, GraphQLType type)
{
    public string Name => name;
    public GraphQLType Type => type;
    public string? Description { get; init; }
    public string? DeprecationReason { get; init; }
    /// <summary>As a literal; coerced against <see cref="Type"/> when the schema is sealed. Null: no default.</summary>
    public Language.ValueNode? DefaultValue { get; init; }
    public List<AppliedDirective> Directives { get; } = [];

    /// <summary>Turns the coerced value (never null) into what the resolver wants, such as a global id into a key. Its <see cref="InvalidValueException"/> names this input.</summary>
    public Func<object, object>? Convert { get; init; }

    public bool IsRequired => type.IsNonNull && DefaultValue is null;
}

/// <summary>
/// The coerced fields of an input object, in the order of the type's definition: only those that were given or have a default.
/// Values: null, C# scalars and enum members, lists (<c>IReadOnlyList&lt;object?&gt;</c>), materialized objects or further InputFields.
/// </summary>
public sealed class InputFields : Dictionary<string, object?>
{
    public InputFields() : base(StringComparer.Ordinal)
    {
    }
}
