namespace Engines.GraphQL.Types;

public sealed class DirectiveDefinition(string name)
{
    public string Name => name;
    public string? Description { get; init; }
    public List<InputValue> Arguments { get; init; } = [];
    public IReadOnlyList<DirectiveLocation> Locations { get; init; } = [];
    public bool IsRepeatable { get; init; }
}

/// <summary>Where a directive may stand; SDL names are these in upper snake case.</summary>
public enum DirectiveLocation
{
    Query, Mutation, Subscription, Field, FragmentDefinition, FragmentSpread, InlineFragment, VariableDefinition,
    Schema, Scalar, Object, FieldDefinition, ArgumentDefinition, Interface, Union, Enum, EnumValue, InputObject, InputFieldDefinition,
}
