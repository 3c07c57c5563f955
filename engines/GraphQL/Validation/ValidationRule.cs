using Engines.GraphQL.Language;
using Engines.GraphQL.Types;

namespace Engines.GraphQL.Validation;

/// <summary>A rule of the specification, told of each node while a document is walked once for all rules.</summary>
internal abstract class ValidationRule(ValidationContext context)
{
    protected ValidationContext Context => context;

    public virtual void EnterDocument()
    {
    }

    public virtual void LeaveDocument()
    {
    }

    public virtual void EnterOperation(OperationDefinitionNode operation)
    {
    }

    public virtual void EnterFragment(FragmentDefinitionNode fragment)
    {
    }

    public virtual void EnterVariable(VariableDefinitionNode variable)
    {
    }

    /// <param name="set">An operation's, fragment's or field's; an inline fragment's is part of the one around it.</param>
    public virtual void EnterSelectionSet(SelectionSetNode set)
    {
    }

    public virtual void EnterField(FieldNode node)
    {
    }

    public virtual void LeaveField(FieldNode node)
    {
    }

    public virtual void EnterSpread(FragmentSpreadNode spread)
    {
    }

    public virtual void EnterInlineFragment(InlineFragmentNode fragment)
    {
    }

    /// <summary>All directives at one place.</summary>
    public virtual void EnterDirectives(IReadOnlyList<DirectiveNode> directives)
    {
    }

    public virtual void EnterDirective(DirectiveNode directive, DirectiveLocation location)
    {
    }

    public virtual void LeaveDirective(DirectiveNode directive)
    {
    }

    /// <summary>All arguments of a field or directive.</summary>
    public virtual void EnterArguments(IReadOnlyList<ArgumentNode> arguments)
    {
    }

    /// <param name="definition">Null when the field or directive has no such argument.</param>
    public virtual void EnterArgument(ArgumentNode argument, InputValue? definition)
    {
    }

    /// <summary>A whole value: of an argument, or the default of a variable.</summary>
    public virtual void EnterValue(ValueNode value, GraphQLType type)
    {
    }

    /// <summary>An object inside or as a value.</summary>
    public virtual void EnterObject(ObjectValueNode value)
    {
    }

    public virtual void EnterTypeName(NamedTypeNode type)
    {
    }

    protected void Report(string message, params ReadOnlySpan<Span> places) => context.Report(GetType().Name, message, places);
}
