using Engines.GraphQL.Language;

namespace Engines.GraphQL.Types;

/// <summary>First an empty type for each name, then their contents, since types refer to each other.</summary>
internal sealed class SdlBuilder
{
    private readonly Func<string, string, FieldResolver?> _resolver;
    private readonly DocumentNode _document;
    private readonly ILookup<string, TypeDefinitionNode> _extensions;
    private readonly Dictionary<string, NamedType> _types = Scalars.All.ToDictionary(s => s.Name, NamedType (s) => s, StringComparer.Ordinal);
    private readonly List<string> _problems = [];

    public SdlBuilder(DocumentNode document, Func<string, string, FieldResolver?> resolver)
    {
        (_document, _resolver) = (document, resolver);
        _extensions = document.Definitions.OfType<TypeDefinitionNode>().Where(d => d.IsExtension).ToLookup(d => d.Name);
    }

    public Schema Build()
    {
        foreach (var executable in _document.Definitions.Where(d => d is not TypeSystemNode)) Add(executable, "Only type system definitions may stand in a schema.");
        var definitions = _document.Definitions.OfType<TypeDefinitionNode>().Where(d => !d.IsExtension && Scalars.Find(d.Name) is null).ToList();
        foreach (var definition in definitions)
            if (!_types.TryAdd(definition.Name, Shell(definition))) Add(definition, $"There can be only one type named \"{definition.Name}\".");
        foreach (var definition in definitions) Fill(_types[definition.Name], definition);
        foreach (var extension in _extensions.SelectMany(e => e))
        {
            if (!_types.TryGetValue(extension.Name, out var type) || Scalars.All.Contains(type)) Add(extension, $"Cannot extend type \"{extension.Name}\" because it is not defined.");
            else Fill(type, extension);
        }
        var directives = _document.Definitions.OfType<DirectiveDefinitionNode>().Select(d => new DirectiveDefinition(d.Name)
        {
            Description = d.Description?.Value,
            Arguments = [.. d.Arguments.Select(Input)],
            Locations = [.. d.Locations.Select(l => l.Location)],
            IsRepeatable = d.IsRepeatable,
        }).ToList();

        var schemas = _document.Definitions.OfType<SchemaDefinitionNode>().ToList();
        foreach (var second in schemas.Where(s => !s.IsExtension).Skip(1)) Add(second, "Must provide only one schema definition.");
        var query = Root(schemas, OperationType.Query);
        var mutation = Root(schemas, OperationType.Mutation);
        var subscription = Root(schemas, OperationType.Subscription);
        if (query is null) _problems.Add("Query root type must be provided.");
        if (_problems.Count > 0) throw new SchemaException(string.Join('\n', _problems));
        return new Schema(
            query!, mutation, subscription, definitions.Select(d => _types[d.Name]), directives,
            schemas.FirstOrDefault(s => !s.IsExtension)?.Description?.Value, [.. schemas.SelectMany(s => Applied(s.Directives))]);
    }

    private void Add(SyntaxNode node, string problem)
    {
        var place = _document.Locate(node.Span.Start);
        _problems.Add($"{problem} ({place.Line}:{place.Column})");
    }

    private ObjectType? Root(List<SchemaDefinitionNode> schemas, OperationType operation)
    {
        var named = schemas.SelectMany(s => s.OperationTypes).Where(o => o.Operation == operation).ToList();
        foreach (var second in named.Skip(1)) Add(second, $"There can be only one {operation} type in schema.");
        // Without a schema definition the usual names are the roots.
        if (named is [] && (schemas.Any(s => !s.IsExtension) || !_types.ContainsKey(operation.ToString()))) return null;
        var name = named is [var first, ..] ? first.Type.Name : operation.ToString();
        if (_types.GetValueOrDefault(name) is ObjectType type) return type;
        _problems.Add($"{operation} root type must be Object type, it cannot be \"{name}\".");
        return null;
    }

    private NamedType Shell(TypeDefinitionNode definition)
    {
        var directives = definition.Directives.Concat(_extensions[definition.Name].SelectMany(e => e.Directives)).ToList();
        NamedType type = definition switch
        {
            ScalarDefinitionNode => new JsonScalar(definition.Name) { SpecifiedBy = TextOf(directives, "specifiedBy", "url") },
            ObjectDefinitionNode => new ObjectType(definition.Name),
            InterfaceDefinitionNode => new InterfaceType(definition.Name) { ResolveType = ByTypeName },
            UnionDefinitionNode => new UnionType(definition.Name) { ResolveType = ByTypeName },
            EnumDefinitionNode => new EnumType(definition.Name),
            _ => new InputObjectType(definition.Name) { IsOneOf = directives.Any(d => d.Name == "oneOf") },
        };
        type.Description = definition.Description?.Value;
        return type;
    }

    private ObjectType? ByTypeName(object value) =>
        value is IReadOnlyDictionary<string, object?> fields && fields.GetValueOrDefault("__typename") is string name ? _types.GetValueOrDefault(name) as ObjectType : null;

    private void Fill(NamedType type, TypeDefinitionNode node)
    {
        type.Directives.AddRange(Applied(node.Directives));
        switch (type, node)
        {
            case (ScalarType, ScalarDefinitionNode): break;
            case (ObjectType, ObjectDefinitionNode) or (InterfaceType, InterfaceDefinitionNode):
                var (fields, definition) = ((FieldsType)type, (FieldsDefinitionNode)node);
                fields.Interfaces.AddRange(Referred<InterfaceType>(definition.Interfaces));
                foreach (var field in definition.Fields)
                    if (fields.Find(field.Name) is null) fields.Add(Field(type, field));
                    else Add(field, $"Field \"{type}.{field.Name}\" can only be defined once.");
                break;
            case (UnionType union, UnionDefinitionNode members): union.Members.AddRange(Referred<ObjectType>(members.Members)); break;
            case (EnumType values, EnumDefinitionNode defined):
                foreach (var value in defined.Values)
                    if (values.Find(value.Name) is null) values.Add(Value(value));
                    else Add(value, $"Enum value \"{type}.{value.Name}\" can only be defined once.");
                break;
            case (InputObjectType input, InputDefinitionNode defined):
                foreach (var field in defined.Fields)
                    if (input.Find(field.Name) is null) input.Add(Input(field));
                    else Add(field, $"Field \"{type}.{field.Name}\" can only be defined once.");
                break;
            default: Add(node, $"Cannot extend type \"{type}\" as another kind."); break;
        }
    }

    private FieldDefinition Field(NamedType owner, FieldDefinitionNode node)
    {
        var field = new FieldDefinition(node.Name, Resolve(node.Type))
        {
            Description = node.Description?.Value,
            DeprecationReason = DeprecationOf(node.Directives),
            Arguments = [.. node.Arguments.Select(Input)],
            Resolver = owner is not ObjectType ? null : _resolver(owner.Name, node.Name)
                ?? new InlineResolver(parent => (parent as IReadOnlyDictionary<string, object?>)?.GetValueOrDefault(node.Name)),
        };
        field.Directives.AddRange(Applied(node.Directives));
        return field;
    }

    private InputValue Input(InputValueDefinitionNode node)
    {
        var input = new InputValue(node.Name, Resolve(node.Type))
        {
            Description = node.Description?.Value,
            DefaultValue = node.DefaultValue,
            DeprecationReason = DeprecationOf(node.Directives),
        };
        input.Directives.AddRange(Applied(node.Directives));
        return input;
    }

    private static EnumValue Value(EnumValueDefinitionNode node) => new(node.Name, node.Name)
    {
        Description = node.Description?.Value,
        DeprecationReason = DeprecationOf(node.Directives),
        Directives = [.. Applied(node.Directives)],
    };

    private IEnumerable<T> Referred<T>(IReadOnlyList<NamedTypeNode> nodes) where T : NamedType
    {
        foreach (var node in nodes)
        {
            if (_types.GetValueOrDefault(node.Name) is T type) yield return type;
            else Add(node, _types.ContainsKey(node.Name) ? $"\"{node.Name}\" is not an {typeof(T).Name}." : $"Unknown type \"{node.Name}\".");
        }
    }

    private GraphQLType Resolve(TypeNode node)
    {
        switch (node)
        {
            case NonNullTypeNode nonNull: return new NonNullType(Resolve(nonNull.InnerType));
            case ListTypeNode list: return new ListType(Resolve(list.ItemType));
            default:
                var name = ((NamedTypeNode)node).Name;
                if (_types.TryGetValue(name, out var type)) return type;
                Add(node, $"Unknown type \"{name}\".");
                return Scalars.String;
        }
    }

    /// <summary>What has a property of its own is not kept as a directive too.</summary>
    private static IEnumerable<AppliedDirective> Applied(IEnumerable<DirectiveNode> directives) =>
        directives.Where(d => d.Name is not ("deprecated" or "specifiedBy" or "oneOf")).Select(d => new AppliedDirective(d.Name, d.Arguments));

    private static string? DeprecationOf(IReadOnlyList<DirectiveNode> directives) =>
        directives.Any(d => d.Name == "deprecated") ? TextOf(directives, "deprecated", "reason") ?? BuiltInDirectives.DefaultDeprecationReason : null;

    private static string? TextOf(IEnumerable<DirectiveNode> directives, string directive, string argument) =>
        directives.Where(d => d.Name == directive).SelectMany(d => d.Arguments).FirstOrDefault(a => a.Name == argument)?.Value is StringValueNode text ? text.Value : null;
}
