namespace Engines.GraphQL.Language;

/// <summary>A definition or extension of the type system.</summary>
public abstract class TypeSystemNode(Span span, IReadOnlyList<DirectiveNode> directives) : DefinitionNode(span)
{
    public StringValueNode? Description { get; init; }
    /// <summary>Whether it began with <c>extend</c>.</summary>
    public bool IsExtension { get; init; }
    public IReadOnlyList<DirectiveNode> Directives => directives;
}

public sealed class SchemaDefinitionNode(Span span, IReadOnlyList<DirectiveNode> directives, IReadOnlyList<OperationTypeNode> operationTypes)
    : TypeSystemNode(span, directives)
{
    public IReadOnlyList<OperationTypeNode> OperationTypes => operationTypes;
}

public sealed class OperationTypeNode(Span span, OperationType operation, NamedTypeNode type) : SyntaxNode(span)
{
    public OperationType Operation => operation;
    public NamedTypeNode Type => type;
}

public abstract class TypeDefinitionNode(Span span, string name, IReadOnlyList<DirectiveNode> directives) : TypeSystemNode(span, directives)
{
    public string Name => name;
    public Span NameSpan { get; init; }
}

public sealed class ScalarDefinitionNode(Span span, string name, IReadOnlyList<DirectiveNode> directives) : TypeDefinitionNode(span, name, directives);

/// <summary>A type with fields: object or interface.</summary>
public abstract class FieldsDefinitionNode(
    Span span, string name, IReadOnlyList<NamedTypeNode> interfaces, IReadOnlyList<DirectiveNode> directives, IReadOnlyList<FieldDefinitionNode> fields)
    : TypeDefinitionNode(span, name, directives)
{
    public IReadOnlyList<NamedTypeNode> Interfaces => interfaces;
    public IReadOnlyList<FieldDefinitionNode> Fields => fields;
}

public sealed class ObjectDefinitionNode(
    Span span, string name, IReadOnlyList<NamedTypeNode> interfaces, IReadOnlyList<DirectiveNode> directives, IReadOnlyList<FieldDefinitionNode> fields)
    : FieldsDefinitionNode(span, name, interfaces, directives, fields);

public sealed class InterfaceDefinitionNode(
    Span span, string name, IReadOnlyList<NamedTypeNode> interfaces, IReadOnlyList<DirectiveNode> directives, IReadOnlyList<FieldDefinitionNode> fields)
    : FieldsDefinitionNode(span, name, interfaces, directives, fields);

public sealed class FieldDefinitionNode(
    Span span, string name, IReadOnlyList<InputValueDefinitionNode> arguments, TypeNode type, IReadOnlyList<DirectiveNode> directives) : SyntaxNode(span)
{
    public StringValueNode? Description { get; init; }
    public string Name => name;
    public Span NameSpan { get; init; }
    public IReadOnlyList<InputValueDefinitionNode> Arguments => arguments;
    public TypeNode Type => type;
    public IReadOnlyList<DirectiveNode> Directives => directives;
}

/// <summary>An argument or a field of an input object.</summary>
public sealed class InputValueDefinitionNode(Span span, string name, TypeNode type, ValueNode? defaultValue, IReadOnlyList<DirectiveNode> directives) : SyntaxNode(span)
{
    public StringValueNode? Description { get; init; }
    public string Name => name;
    public Span NameSpan { get; init; }
    public TypeNode Type => type;
    public ValueNode? DefaultValue => defaultValue;
    public IReadOnlyList<DirectiveNode> Directives => directives;
}

public sealed class UnionDefinitionNode(Span span, string name, IReadOnlyList<DirectiveNode> directives, IReadOnlyList<NamedTypeNode> members)
    : TypeDefinitionNode(span, name, directives)
{
    public IReadOnlyList<NamedTypeNode> Members => members;
}

public sealed class EnumDefinitionNode(Span span, string name, IReadOnlyList<DirectiveNode> directives, IReadOnlyList<EnumValueDefinitionNode> values)
    : TypeDefinitionNode(span, name, directives)
{
    public IReadOnlyList<EnumValueDefinitionNode> Values => values;
}

public sealed class EnumValueDefinitionNode(Span span, string name, IReadOnlyList<DirectiveNode> directives) : SyntaxNode(span)
{
    public StringValueNode? Description { get; init; }
    public string Name => name;
    public Span NameSpan { get; init; }
    public IReadOnlyList<DirectiveNode> Directives => directives;
}

public sealed class InputDefinitionNode(Span span, string name, IReadOnlyList<DirectiveNode> directives, IReadOnlyList<InputValueDefinitionNode> fields)
    : TypeDefinitionNode(span, name, directives)
{
    public IReadOnlyList<InputValueDefinitionNode> Fields => fields;
}

public sealed class DirectiveDefinitionNode(
    Span span, string name, IReadOnlyList<InputValueDefinitionNode> arguments, bool isRepeatable, IReadOnlyList<DirectiveLocationNode> locations)
    : TypeSystemNode(span, [])
{
    public string Name => name;
    public Span NameSpan { get; init; }
    public IReadOnlyList<InputValueDefinitionNode> Arguments => arguments;
    public bool IsRepeatable => isRepeatable;
    public IReadOnlyList<DirectiveLocationNode> Locations => locations;
}

public sealed class DirectiveLocationNode(Span span, Types.DirectiveLocation location) : SyntaxNode(span)
{
    public Types.DirectiveLocation Location => location;
}
