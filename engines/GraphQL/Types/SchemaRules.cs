namespace Engines.GraphQL.Types;

/// <summary>What the specification demands of a type system, checked once when a schema is sealed.</summary>
internal sealed partial class SchemaRules(Schema schema)
{
    private readonly List<string> _problems = [];

    public static IReadOnlyList<string> Problems(Schema schema)
    {
        var rules = new SchemaRules(schema);
        rules.CheckRoots();
        foreach (var directive in schema.Directives.Values.Where(d => !BuiltInDirectives.All.Contains(d))) rules.CheckDirective(directive);
        foreach (var type in schema.Types.Values.Where(t => !Schema.IsBuiltIn(t))) rules.CheckType(type);
        rules.CheckInputCycles();
        return rules._problems;
    }

    private void Add(string problem) => _problems.Add(problem);

    private void CheckRoots()
    {
        var roots = new[] { schema.Query, schema.Mutation, schema.Subscription }.OfType<ObjectType>();
        foreach (var shared in roots.GroupBy(r => r.Name).Where(g => g.Count() > 1))
            Add($"All root types must be different, \"{shared.Key}\" is used more than once.");
        CheckApplied("The schema", schema.AppliedDirectives, DirectiveLocation.Schema);
    }

    private void CheckDirective(DirectiveDefinition directive)
    {
        CheckName(directive.Name, "directive");
        if (directive.Locations.Count == 0) Add($"Directive @{directive.Name} must include one or more locations.");
        CheckArguments($"@{directive.Name}", directive.Arguments);
    }

    private void CheckType(NamedType type)
    {
        CheckName(type.Name, "type");
        CheckApplied(type.Name, type.Directives, type switch
        {
            ScalarType => DirectiveLocation.Scalar,
            ObjectType => DirectiveLocation.Object,
            InterfaceType => DirectiveLocation.Interface,
            UnionType => DirectiveLocation.Union,
            EnumType => DirectiveLocation.Enum,
            _ => DirectiveLocation.InputObject,
        });
        switch (type)
        {
            case FieldsType fields:
                CheckFields(fields);
                CheckInterfaces(fields);
                break;
            case UnionType { Members: [] }: Add($"Union type {type} must define one or more member types."); break;
            case UnionType union:
                foreach (var twice in union.Members.GroupBy(m => m).Where(g => g.Count() > 1)) Add($"Union type {type} can only include type {twice.Key} once.");
                break;
            case EnumType { Values: [] }: Add($"Enum type {type} must define one or more values."); break;
            case EnumType values:
                foreach (var value in values.Values)
                {
                    CheckName(value.Name, $"value of {type}");
                    if (value.Name is "true" or "false" or "null") Add($"Enum type {type} cannot include value: {value.Name}.");
                    CheckApplied($"{type}.{value.Name}", value.Directives, DirectiveLocation.EnumValue);
                }
                break;
            case InputObjectType input: CheckInput(input); break;
        }
    }

    private void CheckFields(FieldsType type)
    {
        if (type.Fields.Count == 0) Add($"Type {type} must define one or more fields.");
        foreach (var field in type.Fields)
        {
            CheckName(field.Name, $"field of {type}");
            if (!field.Type.Named.IsOutput) Add($"The type of {type}.{field.Name} must be Output Type but got: {field.Type}.");
            CheckArguments($"{type}.{field.Name}", field.Arguments);
            CheckApplied($"{type}.{field.Name}", field.Directives, DirectiveLocation.FieldDefinition);
        }
    }

    private void CheckArguments(string owner, List<InputValue> arguments)
    {
        foreach (var twice in arguments.GroupBy(a => a.Name).Where(g => g.Count() > 1)) Add($"Argument {owner}({twice.Key}:) can only be defined once.");
        foreach (var argument in arguments)
            CheckInputValue($"{owner}({argument.Name}:)", $"argument of {owner}", argument, DirectiveLocation.ArgumentDefinition);
    }

    private void CheckInput(InputObjectType input)
    {
        if (input.Fields.Count == 0) Add($"Input Object type {input} must define one or more fields.");
        foreach (var field in input.Fields)
        {
            CheckInputValue($"{input}.{field.Name}", $"field of {input}", field, DirectiveLocation.InputFieldDefinition);
            if (!input.IsOneOf) continue;
            if (field.Type.IsNonNull) Add($"OneOf input field {input}.{field.Name} must be nullable.");
            if (field.DefaultValue is not null) Add($"OneOf input field {input}.{field.Name} cannot have a default value.");
        }
    }

    private void CheckInputValue(string place, string kind, InputValue input, DirectiveLocation location)
    {
        CheckName(input.Name, kind);
        if (!input.Type.Named.IsInput) Add($"The type of {place} must be Input Type but got: {input.Type}.");
        else if (input.DefaultValue is not null) LiteralRules.Check(input.DefaultValue, input.Type, (_, message) => Add($"{place} has invalid default value: {message}"));
        if (input.IsRequired && input.DeprecationReason is not null) Add($"Required {place} cannot be deprecated.");
        CheckApplied(place, input.Directives, location);
    }

    private void CheckApplied(string place, IReadOnlyList<AppliedDirective> applied, DirectiveLocation location)
    {
        foreach (var use in applied)
        {
            if (schema.FindDirective(use.Name) is not { } directive)
            {
                Add($"{place} has unknown directive \"@{use.Name}\".");
                continue;
            }
            if (!directive.Locations.Contains(location)) Add($"Directive \"@{use.Name}\" may not be used on {DirectiveLocations.NameOf(location)} ({place}).");
            foreach (var argument in use.Arguments)
            {
                if (directive.Arguments.Find(a => a.Name == argument.Name) is { } known)
                    LiteralRules.Check(argument.Value, known.Type, (_, message) => Add($"{place} @{use.Name}({argument.Name}:): {message}"));
                else Add($"{place} has unknown argument \"{argument.Name}\" on directive \"@{use.Name}\".");
            }
            foreach (var missing in directive.Arguments.Where(a => a.IsRequired && use.Arguments.All(u => u.Name != a.Name)))
                Add($"{place} lacks argument \"{missing.Name}\" on directive \"@{use.Name}\".");
        }
        foreach (var twice in applied.GroupBy(a => a.Name).Where(g => g.Count() > 1 && schema.FindDirective(g.Key) is { IsRepeatable: false }))
            Add($"The directive \"@{twice.Key}\" can only be used once at {place}.");
    }

    private void CheckName(string name, string kind)
    {
        if (name.Length == 0 || char.IsAsciiDigit(name[0]) || !name.All(c => c == '_' || char.IsAsciiLetterOrDigit(c)))
            Add($"\"{name}\" is not a name ({kind}).");
        else if (name.StartsWith("__", StringComparison.Ordinal))
            Add($"Name \"{name}\" must not begin with \"__\", which is reserved by GraphQL introspection ({kind}).");
    }
}
