namespace Engines.GraphQL.Language;

public ref partial struct Parser
{
    private DefinitionNode ParseDefinition()
    {
        var start = _lexer.Start;
        if (Is(TokenKind.OpenBrace)) return ParseShorthand(start);
        var description = ParseDescription();
        if (description is not null && Is(TokenKind.OpenBrace))
            throw _lexer.Error(start, "Unexpected description, descriptions are not supported on shorthand queries.");
        if (IsKeyword("query"u8)) return ParseOperation(start, description, OperationType.Query);
        if (IsKeyword("mutation"u8)) return ParseOperation(start, description, OperationType.Mutation);
        if (IsKeyword("subscription"u8)) return ParseOperation(start, description, OperationType.Subscription);
        if (IsKeyword("fragment"u8)) return ParseFragmentDefinition(start, description);
        if (ParseTypeSystem(start, description) is { } definition) return definition;
        throw description is null || !Is(TokenKind.Name)
            ? Unexpected() : _lexer.Error(start, "Unexpected description, only GraphQL definitions support descriptions.");
    }

    private OperationDefinitionNode ParseShorthand(int start)
    {
        var selectionSet = ParseSelectionSet();
        return new OperationDefinitionNode(From(start), OperationType.Query, null, [], [], selectionSet);
    }

    private OperationDefinitionNode ParseOperation(int start, StringValueNode? description, OperationType operation)
    {
        _lexer.Next();
        var nameSpan = default(Span);
        var name = Is(TokenKind.Name) ? ParseName(out nameSpan) : null;
        var variables = new List<VariableDefinitionNode>();
        if (Skip(TokenKind.OpenParen))
        {
            do variables.Add(ParseVariableDefinition()); while (!Skip(TokenKind.CloseParen));
        }
        var directives = ParseDirectives(constant: false);
        var selectionSet = ParseSelectionSet();
        return new OperationDefinitionNode(From(start), operation, name, variables, directives, selectionSet) { NameSpan = nameSpan, Description = description };
    }

    private FragmentDefinitionNode ParseFragmentDefinition(int start, StringValueNode? description)
    {
        _lexer.Next();
        if (IsKeyword("on"u8)) throw Unexpected();
        var name = ParseName(out var nameSpan);
        ExpectKeyword("on"u8);
        var condition = ParseNamedType();
        var directives = ParseDirectives(constant: false);
        var selectionSet = ParseSelectionSet();
        return new FragmentDefinitionNode(From(start), name, condition, directives, selectionSet) { NameSpan = nameSpan, Description = description };
    }

    private VariableDefinitionNode ParseVariableDefinition()
    {
        var start = _lexer.Start;
        var description = ParseDescription();
        var variable = ParseVariable();
        Expect(TokenKind.Colon);
        var type = ParseTypeReference();
        var defaultValue = Skip(TokenKind.Equals) ? ParseValueLiteral(constant: true) : null;
        var directives = ParseDirectives(constant: true);
        return new VariableDefinitionNode(From(start), variable, type, defaultValue, directives) { Description = description };
    }

    private SelectionSetNode ParseSelectionSet()
    {
        var start = _lexer.Start;
        if (++_selectionDepth > _options.MaxSelectionDepth) throw TooDeep(_options.MaxSelectionDepth);
        Expect(TokenKind.OpenBrace);
        var selections = new List<SelectionNode>();
        do selections.Add(Is(TokenKind.Spread) ? ParseFragment() : ParseField()); while (!Skip(TokenKind.CloseBrace));
        _selectionDepth--;
        return new SelectionSetNode(From(start), selections);
    }

    private FieldNode ParseField()
    {
        var start = _lexer.Start;
        var name = ParseName();
        string? alias = null;
        if (Skip(TokenKind.Colon)) (alias, name) = (name, ParseName());
        var arguments = ParseArguments(constant: false);
        var directives = ParseDirectives(constant: false);
        var selectionSet = Is(TokenKind.OpenBrace) ? ParseSelectionSet() : null;
        return new FieldNode(From(start), alias, name, arguments, directives, selectionSet);
    }

    private SelectionNode ParseFragment()
    {
        var start = _lexer.Start;
        Expect(TokenKind.Spread);
        var hasCondition = SkipKeyword("on"u8);
        if (!hasCondition && Is(TokenKind.Name))
        {
            var name = ParseName(out var nameSpan);
            var spreadDirectives = ParseDirectives(constant: false);
            return new FragmentSpreadNode(From(start), name, spreadDirectives) { NameSpan = nameSpan };
        }
        var condition = hasCondition ? ParseNamedType() : null;
        var directives = ParseDirectives(constant: false);
        var selectionSet = ParseSelectionSet();
        return new InlineFragmentNode(From(start), condition, directives, selectionSet);
    }

    private List<ArgumentNode> ParseArguments(bool constant)
    {
        if (!Skip(TokenKind.OpenParen)) return [];
        var arguments = new List<ArgumentNode>();
        do
        {
            var start = _lexer.Start;
            var name = ParseName();
            Expect(TokenKind.Colon);
            var value = ParseValueLiteral(constant);
            arguments.Add(new ArgumentNode(From(start), name, value));
        }
        while (!Skip(TokenKind.CloseParen));
        return arguments;
    }

    private List<DirectiveNode> ParseDirectives(bool constant)
    {
        if (!Is(TokenKind.At)) return [];
        var directives = new List<DirectiveNode>();
        while (Is(TokenKind.At))
        {
            var start = _lexer.Start;
            _lexer.Next();
            var name = ParseName();
            var arguments = ParseArguments(constant);
            directives.Add(new DirectiveNode(From(start), name, arguments));
        }
        return directives;
    }
}
