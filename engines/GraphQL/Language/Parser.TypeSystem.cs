using Engines.GraphQL.Types;

namespace Engines.GraphQL.Language;

public ref partial struct Parser
{
    /// <summary>A type system definition or extension; null when the next token begins none.</summary>
    private TypeSystemNode? ParseTypeSystem(int start, StringValueNode? description)
    {
        var extends = description is null && SkipKeyword("extend"u8);
        if (SkipKeyword("schema"u8)) return ParseSchema(start, description, extends);
        if (SkipKeyword("scalar"u8)) return ParseScalar(start, description, extends);
        if (SkipKeyword("type"u8)) return ParseFieldsType(start, description, extends, isInterface: false);
        if (SkipKeyword("interface"u8)) return ParseFieldsType(start, description, extends, isInterface: true);
        if (SkipKeyword("union"u8)) return ParseUnion(start, description, extends);
        if (SkipKeyword("enum"u8)) return ParseEnum(start, description, extends);
        if (SkipKeyword("input"u8)) return ParseInput(start, description, extends);
        if (!extends && SkipKeyword("directive"u8)) return ParseDirectiveDefinition(start, description);
        return extends ? throw Unexpected() : null;
    }

    private SchemaDefinitionNode ParseSchema(int start, StringValueNode? description, bool extends)
    {
        var directives = ParseDirectives(constant: true);
        var operations = new List<OperationTypeNode>();
        if (!extends && !Is(TokenKind.OpenBrace)) Expect(TokenKind.OpenBrace);
        if (Skip(TokenKind.OpenBrace))
        {
            do operations.Add(ParseOperationType()); while (!Skip(TokenKind.CloseBrace));
        }
        RequireContent(extends, directives.Count + operations.Count);
        return new SchemaDefinitionNode(From(start), directives, operations) { Description = description, IsExtension = extends };
    }

    private OperationTypeNode ParseOperationType()
    {
        var start = _lexer.Start;
        OperationType operation;
        if (SkipKeyword("query"u8)) operation = OperationType.Query;
        else if (SkipKeyword("mutation"u8)) operation = OperationType.Mutation;
        else if (SkipKeyword("subscription"u8)) operation = OperationType.Subscription;
        else if (Is(TokenKind.Name)) throw Unexpected();
        else throw _lexer.Error(_lexer.Start, $"Expected Name, found {DescribeToken()}.");
        Expect(TokenKind.Colon);
        var type = ParseNamedType();
        return new OperationTypeNode(From(start), operation, type);
    }

    private ScalarDefinitionNode ParseScalar(int start, StringValueNode? description, bool extends)
    {
        var name = ParseName(out var nameSpan);
        var directives = ParseDirectives(constant: true);
        RequireContent(extends, directives.Count);
        return new ScalarDefinitionNode(From(start), name, directives) { NameSpan = nameSpan, Description = description, IsExtension = extends };
    }

    private FieldsDefinitionNode ParseFieldsType(int start, StringValueNode? description, bool extends, bool isInterface)
    {
        var name = ParseName(out var nameSpan);
        var interfaces = SkipKeyword("implements"u8) ? ParseDelimited(TokenKind.Ampersand) : [];
        var directives = ParseDirectives(constant: true);
        var fields = new List<FieldDefinitionNode>();
        if (Skip(TokenKind.OpenBrace))
        {
            do fields.Add(ParseFieldDefinition()); while (!Skip(TokenKind.CloseBrace));
        }
        RequireContent(extends, interfaces.Count + directives.Count + fields.Count);
        return isInterface
            ? new InterfaceDefinitionNode(From(start), name, interfaces, directives, fields) { NameSpan = nameSpan, Description = description, IsExtension = extends }
            : new ObjectDefinitionNode(From(start), name, interfaces, directives, fields) { NameSpan = nameSpan, Description = description, IsExtension = extends };
    }

    private FieldDefinitionNode ParseFieldDefinition()
    {
        var start = _lexer.Start;
        var description = ParseDescription();
        var name = ParseName(out var nameSpan);
        var arguments = ParseInputValues(TokenKind.OpenParen, TokenKind.CloseParen);
        Expect(TokenKind.Colon);
        var type = ParseTypeReference();
        var directives = ParseDirectives(constant: true);
        return new FieldDefinitionNode(From(start), name, arguments, type, directives) { NameSpan = nameSpan, Description = description };
    }

    private List<InputValueDefinitionNode> ParseInputValues(TokenKind open, TokenKind close)
    {
        if (!Skip(open)) return [];
        var values = new List<InputValueDefinitionNode>();
        do
        {
            var start = _lexer.Start;
            var description = ParseDescription();
            var name = ParseName(out var nameSpan);
            Expect(TokenKind.Colon);
            var type = ParseTypeReference();
            var defaultValue = Skip(TokenKind.Equals) ? ParseValueLiteral(constant: true) : null;
            var directives = ParseDirectives(constant: true);
            values.Add(new InputValueDefinitionNode(From(start), name, type, defaultValue, directives) { NameSpan = nameSpan, Description = description });
        }
        while (!Skip(close));
        return values;
    }

    private UnionDefinitionNode ParseUnion(int start, StringValueNode? description, bool extends)
    {
        var name = ParseName(out var nameSpan);
        var directives = ParseDirectives(constant: true);
        var members = Skip(TokenKind.Equals) ? ParseDelimited(TokenKind.Pipe) : [];
        RequireContent(extends, directives.Count + members.Count);
        return new UnionDefinitionNode(From(start), name, directives, members) { NameSpan = nameSpan, Description = description, IsExtension = extends };
    }

    private EnumDefinitionNode ParseEnum(int start, StringValueNode? description, bool extends)
    {
        var name = ParseName(out var nameSpan);
        var directives = ParseDirectives(constant: true);
        var values = new List<EnumValueDefinitionNode>();
        if (Skip(TokenKind.OpenBrace))
        {
            do values.Add(ParseEnumValue()); while (!Skip(TokenKind.CloseBrace));
        }
        RequireContent(extends, directives.Count + values.Count);
        return new EnumDefinitionNode(From(start), name, directives, values) { NameSpan = nameSpan, Description = description, IsExtension = extends };
    }

    private EnumValueDefinitionNode ParseEnumValue()
    {
        var start = _lexer.Start;
        var description = ParseDescription();
        if (IsKeyword("true"u8) || IsKeyword("false"u8) || IsKeyword("null"u8))
            throw _lexer.Error(_lexer.Start, $"{DescribeToken()} is reserved and cannot be used for an enum value.");
        var name = ParseName(out var nameSpan);
        var directives = ParseDirectives(constant: true);
        return new EnumValueDefinitionNode(From(start), name, directives) { NameSpan = nameSpan, Description = description };
    }

    private InputDefinitionNode ParseInput(int start, StringValueNode? description, bool extends)
    {
        var name = ParseName(out var nameSpan);
        var directives = ParseDirectives(constant: true);
        var fields = ParseInputValues(TokenKind.OpenBrace, TokenKind.CloseBrace);
        RequireContent(extends, directives.Count + fields.Count);
        return new InputDefinitionNode(From(start), name, directives, fields) { NameSpan = nameSpan, Description = description, IsExtension = extends };
    }

    private DirectiveDefinitionNode ParseDirectiveDefinition(int start, StringValueNode? description)
    {
        Expect(TokenKind.At);
        var name = ParseName(out var nameSpan);
        var arguments = ParseInputValues(TokenKind.OpenParen, TokenKind.CloseParen);
        var repeatable = SkipKeyword("repeatable"u8);
        ExpectKeyword("on"u8);
        Skip(TokenKind.Pipe);
        var locations = new List<DirectiveLocationNode>();
        do
        {
            if (Is(TokenKind.Name) && DirectiveLocations.Find(System.Text.Encoding.ASCII.GetString(_lexer.Text)) is null) throw Unexpected();
            var location = ParseName(out var span);
            locations.Add(new DirectiveLocationNode(span, DirectiveLocations.Find(location)!.Value));
        }
        while (Skip(TokenKind.Pipe));
        return new DirectiveDefinitionNode(From(start), name, arguments, repeatable, locations) { NameSpan = nameSpan, Description = description };
    }

    private List<NamedTypeNode> ParseDelimited(TokenKind delimiter)
    {
        Skip(delimiter);
        var types = new List<NamedTypeNode>();
        do types.Add(ParseNamedType()); while (Skip(delimiter));
        return types;
    }

    /// <summary>An extension that adds nothing is an error.</summary>
    private readonly void RequireContent(bool extends, int count)
    {
        if (extends && count == 0) throw Unexpected();
    }
}
