namespace Engines.GraphQL.Types;

public sealed class EnumType(string name) : NamedType(name)
{
    private readonly Dictionary<string, EnumValue> _byName = [];
    private readonly Dictionary<object, EnumValue> _byValue = [];
    private readonly List<EnumValue> _values = [];

    public IReadOnlyList<EnumValue> Values => _values;

    public EnumType Add(EnumValue value)
    {
        _byName.Add(value.Name, value);
        _byValue.TryAdd(value.Value, value);
        _values.Add(value);
        return this;
    }

    public EnumValue? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The enum value of a runtime value (a C# enum member, or the name itself in a schema made from SDL).</summary>
    public EnumValue? FindByValue(object value) => _byValue.GetValueOrDefault(value);
}

/// <param name="Value">What resolvers see and give: a C# enum member, or the name.</param>
public sealed record EnumValue(string Name, object Value)
{
    public string? Description { get; init; }
    public string? DeprecationReason { get; init; }
    public IReadOnlyList<AppliedDirective> Directives { get; init; } = [];
}
