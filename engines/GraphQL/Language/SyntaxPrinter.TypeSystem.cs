using Engines.GraphQL.Types;

namespace Engines.GraphQL.Language;

public sealed partial class SyntaxPrinter
{
    private void WriteTypeSystem(SyntaxNode node)
    {
        switch (node)
        {
            case SchemaDefinitionNode schema:
                Begin(schema, "schema", null);
                Directives(schema.Directives);
                Fields(schema.OperationTypes);
                break;
            case OperationTypeNode operation:
                _out.Append(operation.Operation switch { OperationType.Query => "query: ", OperationType.Mutation => "mutation: ", _ => "subscription: " });
                _out.Append(operation.Type.Name);
                break;
            case ScalarDefinitionNode scalar:
                Begin(scalar, "scalar ", scalar.Name);
                Directives(scalar.Directives);
                break;
            case FieldsDefinitionNode type:
                Begin(type, type is InterfaceDefinitionNode ? "interface " : "type ", type.Name);
                for (var i = 0; i < type.Interfaces.Count; i++) _out.Append(i == 0 ? " implements " : " & ").Append(type.Interfaces[i].Name);
                Directives(type.Directives);
                Fields(type.Fields);
                break;
            case FieldDefinitionNode field:
                Description(field.Description);
                _out.Append(field.Name);
                Arguments(field.Arguments);
                _out.Append(": ");
                Write(field.Type);
                Directives(field.Directives);
                break;
            case InputValueDefinitionNode input:
                Description(input.Description);
                _out.Append(input.Name).Append(": ");
                Write(input.Type);
                DefaultValue(input.DefaultValue);
                Directives(input.Directives);
                break;
            case UnionDefinitionNode union:
                Begin(union, "union ", union.Name);
                Directives(union.Directives);
                for (var i = 0; i < union.Members.Count; i++) _out.Append(i == 0 ? " = " : " | ").Append(union.Members[i].Name);
                break;
            case EnumDefinitionNode type:
                Begin(type, "enum ", type.Name);
                Directives(type.Directives);
                Fields(type.Values);
                break;
            case EnumValueDefinitionNode value:
                Description(value.Description);
                _out.Append(value.Name);
                Directives(value.Directives);
                break;
            case InputDefinitionNode input:
                Begin(input, "input ", input.Name);
                Directives(input.Directives);
                Fields(input.Fields);
                break;
            case DirectiveDefinitionNode directive:
                Begin(directive, "directive @", directive.Name);
                Arguments(directive.Arguments);
                if (directive.IsRepeatable) _out.Append(" repeatable");
                for (var i = 0; i < directive.Locations.Count; i++) _out.Append(i == 0 ? " on " : " | ").Append(DirectiveLocations.NameOf(directive.Locations[i].Location));
                break;
            case DirectiveLocationNode location: _out.Append(DirectiveLocations.NameOf(location.Location)); break;
        }
    }

    private void Begin(TypeSystemNode node, string keyword, string? name)
    {
        Description(node.Description);
        if (node.IsExtension) _out.Append("extend ");
        _out.Append(keyword).Append(name);
    }

    private void Fields(IReadOnlyList<SyntaxNode> fields)
    {
        if (fields.Count == 0) return;
        _out.Append(' ');
        Block(fields);
    }

    private void Arguments(IReadOnlyList<InputValueDefinitionNode> arguments)
    {
        if (arguments.Any(a => a.Description is not null)) Lines("(", arguments, ")");
        else List("(", arguments, ")");
    }
}
