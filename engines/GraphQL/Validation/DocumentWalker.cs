using Engines.GraphQL.Language;
using Engines.GraphQL.Types;

namespace Engines.GraphQL.Validation;

/// <summary>Goes through a document once, keeps track of the schema beside it, and tells every rule of every node.</summary>
internal sealed class DocumentWalker(ValidationContext context, ValidationRule[] rules)
{
    private List<VariableUsage> _usages = [];

    public void Walk()
    {
        foreach (var rule in rules) rule.EnterDocument();
        foreach (var definition in context.Document.Definitions)
        {
            context.Usages[definition] = _usages = [];
            switch (definition)
            {
                case OperationDefinitionNode operation: Walk(operation); break;
                case FragmentDefinitionNode fragment: Walk(fragment); break;
            }
        }
        foreach (var rule in rules) rule.LeaveDocument();
    }

    private void Walk(OperationDefinitionNode operation)
    {
        foreach (var rule in rules) rule.EnterOperation(operation);
        foreach (var variable in operation.Variables) Walk(variable);
        Walk(operation.Directives, operation.Operation switch
        {
            OperationType.Query => DirectiveLocation.Query,
            OperationType.Mutation => DirectiveLocation.Mutation,
            _ => DirectiveLocation.Subscription,
        });
        Walk(operation.SelectionSet, context.Schema.RootOf(operation.Operation));
    }

    private void Walk(FragmentDefinitionNode fragment)
    {
        foreach (var rule in rules) rule.EnterFragment(fragment);
        Walk(fragment.TypeCondition);
        Walk(fragment.Directives, DirectiveLocation.FragmentDefinition);
        Walk(fragment.SelectionSet, context.Schema.FindType(fragment.TypeCondition.Name) as CompositeType);
    }

    private void Walk(VariableDefinitionNode variable)
    {
        foreach (var rule in rules) rule.EnterVariable(variable);
        Walk(variable.Type);
        if (variable.DefaultValue is { } value) Walk(value, context.Schema.Resolve(variable.Type));
        Walk(variable.Directives, DirectiveLocation.VariableDefinition);
    }

    private void Walk(TypeNode type)
    {
        var named = type;
        while (named is not NamedTypeNode) named = named is ListTypeNode list ? list.ItemType : ((NonNullTypeNode)named).InnerType;
        foreach (var rule in rules) rule.EnterTypeName((NamedTypeNode)named);
    }

    private void Walk(SelectionSetNode set, CompositeType? parent, bool inline = false)
    {
        var outer = context.ParentType;
        context.ParentType = parent;
        if (!inline)
            foreach (var rule in rules) rule.EnterSelectionSet(set);
        foreach (var selection in set.Selections)
        {
            switch (selection)
            {
                case FieldNode field: Walk(field); break;
                case FragmentSpreadNode spread:
                    foreach (var rule in rules) rule.EnterSpread(spread);
                    Walk(spread.Directives, DirectiveLocation.FragmentSpread);
                    break;
                case InlineFragmentNode fragment: Walk(fragment); break;
            }
        }
        context.ParentType = outer;
    }

    private void Walk(FieldNode node)
    {
        var outer = context.Field;
        var field = context.ParentType is { } parent ? context.Schema.FindField(parent, node.Name) : null;
        context.Field = field;
        foreach (var rule in rules) rule.EnterField(node);
        Walk(node.Arguments, field?.Arguments);
        Walk(node.Directives, DirectiveLocation.Field);
        if (node.SelectionSet is { } below) Walk(below, field?.Type.Named as CompositeType);
        context.Field = field;
        foreach (var rule in rules) rule.LeaveField(node);
        context.Field = outer;
    }

    private void Walk(InlineFragmentNode fragment)
    {
        foreach (var rule in rules) rule.EnterInlineFragment(fragment);
        if (fragment.TypeCondition is { } condition) Walk(condition);
        Walk(fragment.Directives, DirectiveLocation.InlineFragment);
        Walk(fragment.SelectionSet, fragment.TypeCondition is { } type ? context.Schema.FindType(type.Name) as CompositeType : context.ParentType, inline: true);
    }

    private void Walk(IReadOnlyList<DirectiveNode> directives, DirectiveLocation location)
    {
        if (directives.Count == 0) return;
        foreach (var rule in rules) rule.EnterDirectives(directives);
        foreach (var directive in directives)
        {
            context.Directive = context.Schema.FindDirective(directive.Name);
            foreach (var rule in rules) rule.EnterDirective(directive, location);
            Walk(directive.Arguments, context.Directive?.Arguments);
            foreach (var rule in rules) rule.LeaveDirective(directive);
            context.Directive = null;
        }
    }

    private void Walk(IReadOnlyList<ArgumentNode> arguments, List<InputValue>? definitions)
    {
        if (arguments.Count == 0) return;
        foreach (var rule in rules) rule.EnterArguments(arguments);
        foreach (var argument in arguments)
        {
            var definition = definitions?.Find(d => d.Name == argument.Name);
            foreach (var rule in rules) rule.EnterArgument(argument, definition);
            Walk(argument.Value, definition?.Type, definition?.DefaultValue is not null);
        }
    }

    private void Walk(ValueNode value, GraphQLType? type, bool hasDefault = false)
    {
        if (type?.Named.IsInput == true)
            foreach (var rule in rules) rule.EnterValue(value, type);
        Descend(value, type, hasDefault, oneOf: null);
    }

    private void Descend(ValueNode value, GraphQLType? type, bool hasDefault, InputObjectType? oneOf)
    {
        switch (value)
        {
            case VariableNode variable: _usages.Add(new VariableUsage(variable, type, hasDefault, oneOf)); break;
            case ListValueNode list:
                var item = (type?.Nullable as ListType)?.Item;
                foreach (var element in list.Items) Descend(element, item, hasDefault: false, oneOf: null);
                break;
            case ObjectValueNode fields:
                foreach (var rule in rules) rule.EnterObject(fields);
                var input = type?.Named as InputObjectType;
                foreach (var field in fields.Fields)
                {
                    var definition = input?.Find(field.Name);
                    Descend(field.Value, definition?.Type, definition?.DefaultValue is not null, input is { IsOneOf: true } ? input : null);
                }
                break;
        }
    }
}
