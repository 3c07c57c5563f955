namespace Engines.GraphQL.Language;

/// <summary>Where a node stands in its document, in UTF-8 bytes; <see cref="DocumentNode.Locate"/> turns it into line and column.</summary>
public readonly record struct Span(int Start, int End);

/// <summary>A node of a GraphQL document.</summary>
public abstract class SyntaxNode(Span span)
{
    public Span Span => span;
}

/// <summary>A parsed document; keeps its text so that errors can be located.</summary>
public sealed class DocumentNode(ReadOnlyMemory<byte> source, IReadOnlyList<DefinitionNode> definitions) : SyntaxNode(new Span(0, source.Length))
{
    public IReadOnlyList<DefinitionNode> Definitions => definitions;

    /// <summary>The text, in UTF-8.</summary>
    public ReadOnlyMemory<byte> Source => source;

    /// <summary>Line and column of a byte offset, both from 1; columns count UTF-16 units as graphql-js does.</summary>
    public SourceLocation Locate(int offset) => SourceLocation.At(source.Span, offset);
}

public abstract class DefinitionNode(Span span) : SyntaxNode(span);

public enum OperationType { Query, Mutation, Subscription }

public sealed class OperationDefinitionNode(
    Span span, OperationType operation, string? name, IReadOnlyList<VariableDefinitionNode> variables,
    IReadOnlyList<DirectiveNode> directives, SelectionSetNode selectionSet) : DefinitionNode(span)
{
    public OperationType Operation => operation;
    public string? Name => name;
    /// <summary>Where the name itself stands, for errors.</summary>
    public Span NameSpan { get; init; }
    public StringValueNode? Description { get; init; }
    public IReadOnlyList<VariableDefinitionNode> Variables => variables;
    public IReadOnlyList<DirectiveNode> Directives => directives;
    public SelectionSetNode SelectionSet => selectionSet;
}

public sealed class FragmentDefinitionNode(
    Span span, string name, NamedTypeNode typeCondition, IReadOnlyList<DirectiveNode> directives, SelectionSetNode selectionSet) : DefinitionNode(span)
{
    public string Name => name;
    /// <summary>Where the name itself stands, for errors.</summary>
    public Span NameSpan { get; init; }
    public StringValueNode? Description { get; init; }
    public NamedTypeNode TypeCondition => typeCondition;
    public IReadOnlyList<DirectiveNode> Directives => directives;
    public SelectionSetNode SelectionSet => selectionSet;
}

public sealed class VariableDefinitionNode(Span span, VariableNode variable, TypeNode type, ValueNode? defaultValue, IReadOnlyList<DirectiveNode> directives) : SyntaxNode(span)
{
    public VariableNode Variable => variable;
    public StringValueNode? Description { get; init; }
    public TypeNode Type => type;
    public ValueNode? DefaultValue => defaultValue;
    public IReadOnlyList<DirectiveNode> Directives => directives;
}

public sealed class SelectionSetNode(Span span, IReadOnlyList<SelectionNode> selections) : SyntaxNode(span)
{
    public IReadOnlyList<SelectionNode> Selections => selections;
}

public abstract class SelectionNode(Span span, IReadOnlyList<DirectiveNode> directives) : SyntaxNode(span)
{
    public IReadOnlyList<DirectiveNode> Directives => directives;
}

public sealed class FieldNode(
    Span span, string? alias, string name, IReadOnlyList<ArgumentNode> arguments, IReadOnlyList<DirectiveNode> directives,
    SelectionSetNode? selectionSet) : SelectionNode(span, directives)
{
    public string? Alias => alias;
    public string Name => name;
    /// <summary>The key of this field in the answer.</summary>
    public string ResponseKey => alias ?? name;
    public IReadOnlyList<ArgumentNode> Arguments => arguments;
    public SelectionSetNode? SelectionSet => selectionSet;
}

public sealed class FragmentSpreadNode(Span span, string name, IReadOnlyList<DirectiveNode> directives) : SelectionNode(span, directives)
{
    public string Name => name;
    /// <summary>Where the name itself stands, for errors.</summary>
    public Span NameSpan { get; init; }
}

public sealed class InlineFragmentNode(Span span, NamedTypeNode? typeCondition, IReadOnlyList<DirectiveNode> directives, SelectionSetNode selectionSet)
    : SelectionNode(span, directives)
{
    public NamedTypeNode? TypeCondition => typeCondition;
    public SelectionSetNode SelectionSet => selectionSet;
}

public sealed class ArgumentNode(Span span, string name, ValueNode value) : SyntaxNode(span)
{
    public string Name => name;
    public ValueNode Value => value;
}

public sealed class DirectiveNode(Span span, string name, IReadOnlyList<ArgumentNode> arguments) : SyntaxNode(span)
{
    public string Name => name;
    public IReadOnlyList<ArgumentNode> Arguments => arguments;
}

public abstract class TypeNode(Span span) : SyntaxNode(span);

public sealed class NamedTypeNode(Span span, string name) : TypeNode(span)
{
    public string Name => name;
}

public sealed class ListTypeNode(Span span, TypeNode itemType) : TypeNode(span)
{
    public TypeNode ItemType => itemType;
}

public sealed class NonNullTypeNode(Span span, TypeNode innerType) : TypeNode(span)
{
    public TypeNode InnerType => innerType;
}

public abstract class ValueNode(Span span) : SyntaxNode(span);

public sealed class VariableNode(Span span, string name) : ValueNode(span)
{
    public string Name => name;
    /// <summary>Where the name itself stands, for errors.</summary>
    public Span NameSpan { get; init; }
}

public sealed class IntValueNode(Span span, string text) : ValueNode(span)
{
    public string Text => text;
}

public sealed class FloatValueNode(Span span, string text) : ValueNode(span)
{
    public string Text => text;
}

public sealed class StringValueNode(Span span, string value, bool block = false) : ValueNode(span)
{
    public string Value => value;
    public bool Block => block;
}

public sealed class BooleanValueNode(Span span, bool value) : ValueNode(span)
{
    public bool Value => value;
}

public sealed class NullValueNode(Span span) : ValueNode(span);

public sealed class EnumValueNode(Span span, string name) : ValueNode(span)
{
    public string Name => name;
}

public sealed class ListValueNode(Span span, IReadOnlyList<ValueNode> items) : ValueNode(span)
{
    public IReadOnlyList<ValueNode> Items => items;
}

public sealed class ObjectValueNode(Span span, IReadOnlyList<ObjectFieldNode> fields) : ValueNode(span)
{
    public IReadOnlyList<ObjectFieldNode> Fields => fields;
}

public sealed class ObjectFieldNode(Span span, string name, ValueNode value) : SyntaxNode(span)
{
    public string Name => name;
    public ValueNode Value => value;
}
