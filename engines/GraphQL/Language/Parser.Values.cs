using System.Text;

namespace Engines.GraphQL.Language;

public ref partial struct Parser
{
    private ValueNode ParseValueLiteral(bool constant)
    {
        var span = new Span(_lexer.Start, _lexer.End);
        switch (_lexer.Kind)
        {
            case TokenKind.OpenBracket: return ParseList(constant);
            case TokenKind.OpenBrace: return ParseObject(constant);
            case TokenKind.Int: return new IntValueNode(span, TakeText());
            case TokenKind.Float: return new FloatValueNode(span, TakeText());
            case TokenKind.String or TokenKind.BlockString: return ParseString();
            case TokenKind.Dollar when !constant: return ParseVariable();
            case TokenKind.Dollar:
                _lexer.Next();
                throw _lexer.Error(span.Start, Is(TokenKind.Name)
                    ? $"Unexpected variable \"${Shorten(Encoding.ASCII.GetString(_lexer.Text))}\" in constant value." : "Unexpected \"$\".");
            case TokenKind.Name:
                return TakeText() switch
                {
                    "true" => new BooleanValueNode(span, true),
                    "false" => new BooleanValueNode(span, false),
                    "null" => new NullValueNode(span),
                    var name => new EnumValueNode(span, name),
                };
            default: throw Unexpected();
        }
    }

    private ListValueNode ParseList(bool constant)
    {
        var start = _lexer.Start;
        if (++_valueDepth > _options.MaxValueDepth) throw TooDeep(_options.MaxValueDepth);
        _lexer.Next();
        var items = new List<ValueNode>();
        while (!Skip(TokenKind.CloseBracket)) items.Add(ParseValueLiteral(constant));
        _valueDepth--;
        return new ListValueNode(From(start), items);
    }

    private ObjectValueNode ParseObject(bool constant)
    {
        var start = _lexer.Start;
        if (++_valueDepth > _options.MaxValueDepth) throw TooDeep(_options.MaxValueDepth);
        _lexer.Next();
        var fields = new List<ObjectFieldNode>();
        while (!Skip(TokenKind.CloseBrace))
        {
            var fieldStart = _lexer.Start;
            var name = ParseName();
            Expect(TokenKind.Colon);
            var value = ParseValueLiteral(constant);
            fields.Add(new ObjectFieldNode(From(fieldStart), name, value));
        }
        _valueDepth--;
        return new ObjectValueNode(From(start), fields);
    }

    private VariableNode ParseVariable()
    {
        var start = _lexer.Start;
        Expect(TokenKind.Dollar);
        var name = ParseName(out var nameSpan);
        return new VariableNode(From(start), name) { NameSpan = nameSpan };
    }

    private TypeNode ParseTypeReference()
    {
        var start = _lexer.Start;
        TypeNode type;
        if (Is(TokenKind.OpenBracket))
        {
            if (++_valueDepth > _options.MaxValueDepth) throw TooDeep(_options.MaxValueDepth);
            _lexer.Next();
            var item = ParseTypeReference();
            Expect(TokenKind.CloseBracket);
            _valueDepth--;
            type = new ListTypeNode(From(start), item);
        }
        else
        {
            type = ParseNamedType();
        }
        return Skip(TokenKind.Bang) ? new NonNullTypeNode(From(start), type) : type;
    }

    private NamedTypeNode ParseNamedType()
    {
        var name = ParseName(out var span);
        return new NamedTypeNode(span, name);
    }

    private StringValueNode? ParseDescription() => Is(TokenKind.String) || Is(TokenKind.BlockString) ? ParseString() : null;

    private StringValueNode ParseString()
    {
        var node = new StringValueNode(new Span(_lexer.Start, _lexer.End), _lexer.StringValue, Is(TokenKind.BlockString));
        _lexer.Next();
        return node;
    }

    private string TakeText()
    {
        var text = Encoding.ASCII.GetString(_lexer.Text);
        _lexer.Next();
        return text;
    }
}
