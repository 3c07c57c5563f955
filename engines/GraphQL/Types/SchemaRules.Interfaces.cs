namespace Engines.GraphQL.Types;

internal sealed partial class SchemaRules
{
    private void CheckInterfaces(FieldsType type)
    {
        var seen = new HashSet<InterfaceType>();
        foreach (var implemented in type.Interfaces)
        {
            if (ReferenceEquals(implemented, type)) Add($"Type {type} cannot implement itself because it would create a circular reference.");
            else if (!seen.Add(implemented)) Add($"Type {type} can only implement {implemented} once.");
            else
            {
                foreach (var missing in implemented.Interfaces.Where(i => !type.Interfaces.Contains(i)))
                    Add(ReferenceEquals(missing, type)
                        ? $"Type {type} cannot implement {implemented} because it would create a circular reference."
                        : $"Type {type} must implement {missing} because it is implemented by {implemented}.");
                CheckImplements(type, implemented);
            }
        }
    }

    private void CheckImplements(FieldsType type, InterfaceType implemented)
    {
        foreach (var expected in implemented.Fields)
        {
            var place = $"{implemented}.{expected.Name}";
            if (type.Find(expected.Name) is not { } actual)
            {
                Add($"Interface field {place} expected but {type} does not provide it.");
                continue;
            }
            if (!Schema.IsSubtype(actual.Type, expected.Type))
                Add($"Interface field {place} expects type {expected.Type} but {type}.{actual.Name} is type {actual.Type}.");
            if (actual.DeprecationReason is not null && expected.DeprecationReason is null)
                Add($"Interface field {place} is not deprecated, so implementation field {type}.{actual.Name} must not be deprecated.");
            foreach (var argument in expected.Arguments)
            {
                if (actual.FindArgument(argument.Name) is not { } same) Add($"Interface field argument {place}({argument.Name}:) expected but {type}.{actual.Name} does not provide it.");
                else if (!SameType(same.Type, argument.Type))
                    Add($"Interface field argument {place}({argument.Name}:) expects type {argument.Type} but {type}.{actual.Name}({argument.Name}:) is type {same.Type}.");
            }
            foreach (var extra in actual.Arguments.Where(a => a.IsRequired && expected.FindArgument(a.Name) is null))
                Add($"Argument {type}.{actual.Name}({extra.Name}:) must not be required since it is missing from the Interface field {place}.");
        }
    }

    private static bool SameType(GraphQLType a, GraphQLType b) => (a, b) switch
    {
        (NonNullType x, NonNullType y) => SameType(x.Inner, y.Inner),
        (ListType x, ListType y) => SameType(x.Item, y.Item),
        _ => ReferenceEquals(a, b),
    };
}
