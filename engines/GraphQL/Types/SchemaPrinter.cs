using Engines.GraphQL.Language;

namespace Engines.GraphQL.Types;

/// <summary>A schema as SDL: directives, then types, by name; what a type holds stays in its own order. Built-ins are left out.</summary>
public static class SchemaPrinter
{
    public static string Print(Schema schema)
    {
        List<DefinitionNode> definitions = [];
        if (SchemaNode(schema) is { } root) definitions.Add(root);
        definitions.AddRange(schema.Directives.Values.Where(d => !BuiltInDirectives.Has(d.Name)).OrderBy(d => d.Name, StringComparer.Ordinal).Select(Node));
        definitions.AddRange(schema.Types.Values.Where(t => !Schema.IsBuiltIn(t)).OrderBy(t => t.Name, StringComparer.Ordinal).Select(Node));
        return SyntaxPrinter.Print(new DocumentNode(default, definitions));
    }

    public static string Print(NamedType type) => SyntaxPrinter.Print(Node(type));

    /// <summary>Null where the names of the root types say everything.</summary>
    private static SchemaDefinitionNode? SchemaNode(Schema schema)
    {
        static bool IsUsual(ObjectType? root, string name, Schema schema) => root is null ? schema.FindType(name) is null : root.Name == name;
        if (schema is { Description: null, AppliedDirectives: [] }
            && IsUsual(schema.Query, "Query", schema) && IsUsual(schema.Mutation, "Mutation", schema) && IsUsual(schema.Subscription, "Subscription", schema)) return null;
        List<OperationTypeNode> operations = [];
        foreach (var operation in Enum.GetValues<OperationType>())
            if (schema.RootOf(operation) is { } type) operations.Add(new OperationTypeNode(default, operation, new NamedTypeNode(default, type.Name)));
        return new SchemaDefinitionNode(default, Applied(schema.AppliedDirectives), operations) { Description = Text(schema.Description) };
    }

    private static DirectiveDefinitionNode Node(DirectiveDefinition directive) => new(
        default, directive.Name, Nodes(directive.Arguments), directive.IsRepeatable, [.. directive.Locations.Select(l => new DirectiveLocationNode(default, l))])
    {
        Description = Text(directive.Description),
    };

    private static TypeDefinitionNode Node(NamedType type)
    {
        var description = Text(type.Description);
        var applied = Applied(type.Directives);
        switch (type)
        {
            case ScalarType scalar:
                if (scalar.SpecifiedBy is { } url) applied.Add(Directive("specifiedBy", new ArgumentNode(default, "url", new StringValueNode(default, url))));
                return new ScalarDefinitionNode(default, type.Name, applied) { Description = description };
            case ObjectType fields:
                return new ObjectDefinitionNode(default, type.Name, References(fields.Interfaces), applied, Nodes(fields.Fields)) { Description = description };
            case InterfaceType fields:
                return new InterfaceDefinitionNode(default, type.Name, References(fields.Interfaces), applied, Nodes(fields.Fields)) { Description = description };
            case UnionType union:
                return new UnionDefinitionNode(default, type.Name, applied, References(union.Members)) { Description = description };
            case EnumType values:
                return new EnumDefinitionNode(default, type.Name, applied, [.. values.Values.Select(Node)]) { Description = description };
            default:
                var input = (InputObjectType)type;
                if (input.IsOneOf) applied.Add(Directive("oneOf"));
                return new InputDefinitionNode(default, type.Name, applied, Nodes(input.Fields)) { Description = description };
        }
    }

    private static EnumValueDefinitionNode Node(EnumValue value) =>
        new(default, value.Name, Applied(value.Directives, value.DeprecationReason)) { Description = Text(value.Description) };

    private static FieldDefinitionNode[] Nodes(IEnumerable<FieldDefinition> fields) =>
        [.. fields.Select(f => new FieldDefinitionNode(default, f.Name, Nodes(f.Arguments), Reference(f.Type), Applied(f.Directives, f.DeprecationReason)) { Description = Text(f.Description) })];

    private static InputValueDefinitionNode[] Nodes(IEnumerable<InputValue> inputs) =>
        [.. inputs.Select(i => new InputValueDefinitionNode(default, i.Name, Reference(i.Type), i.DefaultValue, Applied(i.Directives, i.DeprecationReason)) { Description = Text(i.Description) })];

    private static NamedTypeNode[] References(IEnumerable<NamedType> types) => [.. types.Select(t => new NamedTypeNode(default, t.Name))];

    private static TypeNode Reference(GraphQLType type) => type switch
    {
        NonNullType nonNull => new NonNullTypeNode(default, Reference(nonNull.Inner)),
        ListType list => new ListTypeNode(default, Reference(list.Item)),
        _ => new NamedTypeNode(default, type.Named.Name),
    };

    private static List<DirectiveNode> Applied(IEnumerable<AppliedDirective> directives, string? deprecation = null)
    {
        List<DirectiveNode> nodes = [.. directives.Select(d => new DirectiveNode(default, d.Name, d.Arguments))];
        if (deprecation is BuiltInDirectives.DefaultDeprecationReason) nodes.Add(Directive("deprecated"));
        else if (deprecation is not null) nodes.Add(Directive("deprecated", new ArgumentNode(default, "reason", new StringValueNode(default, deprecation))));
        return nodes;
    }

    private static DirectiveNode Directive(string name, params ArgumentNode[] arguments) => new(default, name, arguments);

    private static StringValueNode? Text(string? description) => description is null ? null : new StringValueNode(default, description, block: true);
}
