using Engines.GraphQL.Language;

namespace Engines.GraphQL.Types;

/// <summary>The types by which a schema answers questions about itself. Their values are the schema's own objects.</summary>
internal static partial class Introspection
{
    public static IReadOnlyList<NamedType> Types { get; }
    public static FieldDefinition SchemaField { get; }
    public static FieldDefinition TypeField { get; }
    public static FieldDefinition TypeNameField { get; }

    static Introspection()
    {
        var kind = new EnumType("__TypeKind") { Description = "An enum describing what kind of type a given `__Type` is." };
        foreach (var value in Enum.GetValues<TypeKind>()) kind.Add(new EnumValue(UpperSnake(value), value) { Description = KindDescriptions[value] });
        var location = new EnumType("__DirectiveLocation")
        {
            Description = "A Directive can be adjacent to many parts of the GraphQL language, a __DirectiveLocation describes one such possible adjacencies.",
        };
        foreach (var value in Enum.GetValues<DirectiveLocation>()) location.Add(new EnumValue(DirectiveLocations.NameOf(value), value) { Description = $"Location adjacent to {LocationDescriptions[value]}." });

        var schema = new ObjectType("__Schema")
        {
            Description = "A GraphQL Schema defines the capabilities of a GraphQL server. It exposes all available types and directives on the server, "
                + "as well as the entry points for query, mutation, and subscription operations.",
        };
        var type = new ObjectType("__Type")
        {
            Description = "The fundamental unit of any GraphQL Schema is the type. There are many kinds of types in GraphQL as represented by the `__TypeKind` enum.\n\n"
                + "Depending on the kind of a type, certain fields describe information about that type. Scalar types provide no information beyond a name, description and optional `specifiedByURL`, "
                + "while Enum types provide their values. Object and Interface types provide the fields they describe. Abstract types, Union and Interface, provide the Object types possible at runtime. "
                + "List and NonNull types compose other types.",
        };
        var field = new ObjectType("__Field")
        {
            Description = "Object and Interface types are described by a list of Fields, each of which has a name, potentially a list of arguments, and a return type.",
        };
        var input = new ObjectType("__InputValue")
        {
            Description = "Arguments provided to Fields or Directives and the input fields of an InputObject are represented as Input Values which describe their type and optionally a default value.",
        };
        var enumValue = new ObjectType("__EnumValue")
        {
            Description = "One possible value for a given Enum. Enum values are unique values, not a placeholder for a string or numeric value. "
                + "However an Enum value is returned in a JSON response as a string.",
        };
        var directive = new ObjectType("__Directive")
        {
            Description = "A Directive provides a way to describe alternate runtime execution and type validation behavior in a GraphQL document.",
        };
        var text = Scalars.String;
        var required = new NonNullType(text);
        var truth = new NonNullType(Scalars.Boolean);

        Fill<Schema>(schema)
            .Field("description", text, s => s.Description)
            .Field("types", ListOf(type), s => s.Types.Values)
            .Field("queryType", new NonNullType(type), s => s.Query)
            .Field("mutationType", type, s => s.Mutation)
            .Field("subscriptionType", type, s => s.Subscription)
            .Field("directives", ListOf(directive), s => s.Directives.Values);
        Fill<GraphQLType>(type)
            .Field("kind", new NonNullType(kind), t => KindOf(t))
            .Field("name", text, t => (t as NamedType)?.Name)
            .Field("description", text, t => (t as NamedType)?.Description)
            .Field("specifiedByURL", text, t => (t as ScalarType)?.SpecifiedBy)
            .Deprecable("fields", ListOf(field).Inner, t => (t as FieldsType)?.Fields, f => f.DeprecationReason)
            .Field("interfaces", ListOf(type).Inner, t => (t as FieldsType)?.Interfaces)
            .Batch("possibleTypes", ListOf(type).Inner, static (t, c) => t is InterfaceType or UnionType ? c.Request.Schema.PossibleTypes((CompositeType)t) : null)
            .Deprecable("enumValues", ListOf(enumValue).Inner, t => (t as EnumType)?.Values, v => v.DeprecationReason)
            .Deprecable("inputFields", ListOf(input).Inner, t => (t as InputObjectType)?.Fields, f => f.DeprecationReason)
            .Field("ofType", type, t => t switch { ListType l => l.Item, NonNullType n => n.Inner, _ => null })
            .Field("isOneOf", Scalars.Boolean, t => (t as InputObjectType)?.IsOneOf);
        Fill<FieldDefinition>(field)
            .Field("name", required, f => f.Name)
            .Field("description", text, f => f.Description)
            .Deprecable("args", ListOf(input), f => f.Arguments, a => a.DeprecationReason)
            .Field("type", new NonNullType(type), f => f.Type)
            .Field("isDeprecated", truth, f => f.DeprecationReason is not null)
            .Field("deprecationReason", text, f => f.DeprecationReason);
        Fill<InputValue>(input)
            .Field("name", required, i => i.Name)
            .Field("description", text, i => i.Description)
            .Field("type", new NonNullType(type), i => i.Type)
            .Field("defaultValue", text, i => i.DefaultValue is null ? null : SyntaxPrinter.Print(i.DefaultValue),
                "A GraphQL-formatted string representing the default value for this input value.")
            .Field("isDeprecated", truth, i => i.DeprecationReason is not null)
            .Field("deprecationReason", text, i => i.DeprecationReason);
        Fill<EnumValue>(enumValue)
            .Field("name", required, v => v.Name)
            .Field("description", text, v => v.Description)
            .Field("isDeprecated", truth, v => v.DeprecationReason is not null)
            .Field("deprecationReason", text, v => v.DeprecationReason);
        Fill<DirectiveDefinition>(directive)
            .Field("name", required, d => d.Name)
            .Field("description", text, d => d.Description)
            .Field("isRepeatable", truth, d => d.IsRepeatable)
            .Field("locations", ListOf(location), d => d.Locations)
            .Deprecable("args", ListOf(input), d => d.Arguments, a => a.DeprecationReason);

        Types = [schema, type, kind, field, input, enumValue, directive, location];
        SchemaField = new FieldDefinition("__schema", new NonNullType(schema))
        {
            Description = "Access the current type schema of this server.",
            Resolver = new BatchResolver(static c => new(c.Parents.Select(object? (_) => c.Request.Schema).ToArray())),
        };
        TypeField = new FieldDefinition("__type", type)
        {
            Description = "Request the type information of a single type.",
            Arguments = [new InputValue("name", required)],
            Resolver = new BatchResolver(static c => new(c.Parents.Select(object? (_) => c.Request.Schema.FindType(c.Argument<string>("name")!)).ToArray())),
        };
        TypeNameField = new FieldDefinition("__typename", required) { Description = "The name of the current Object type at runtime." };
    }

    public static TypeKind KindOf(GraphQLType type) => type switch
    {
        ScalarType => TypeKind.Scalar,
        ObjectType => TypeKind.Object,
        InterfaceType => TypeKind.Interface,
        UnionType => TypeKind.Union,
        EnumType => TypeKind.Enum,
        InputObjectType => TypeKind.InputObject,
        ListType => TypeKind.List,
        _ => TypeKind.NonNull,
    };

    /// <summary><c>[T!]!</c></summary>
    private static NonNullType ListOf(NamedType item) => new(new ListType(new NonNullType(item)));

    private static string UpperSnake(TypeKind kind) => System.Text.Json.JsonNamingPolicy.SnakeCaseUpper.ConvertName(kind.ToString());
}
