using Engines.GraphQL.Types;

namespace Engines.GraphQL.Binding;

public static class SchemaDescriptions
{
    extension(Schema schema)
    {
        /// <summary>What of the schema has no description, as coordinates: <c>Type</c>, <c>Type.field</c>, <c>Type.field(argument:)</c>, <c>Enum.VALUE</c>.</summary>
        public IReadOnlyList<string> Undescribed() =>
        [
            .. schema.Types.Values.Where(t => !t.Name.StartsWith("__", StringComparison.Ordinal)).SelectMany(Parts)
                .Where(part => string.IsNullOrWhiteSpace(part.Description)).Select(part => part.Coordinate).Order(StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<(string Coordinate, string? Description)> Parts(NamedType type)
    {
        yield return (type.Name, type.Description);
        if (type is EnumType choice)
            foreach (var value in choice.Values) yield return ($"{type.Name}.{value.Name}", value.Description);
        if (type is InputObjectType input)
            foreach (var member in input.Fields) yield return ($"{type.Name}.{member.Name}", member.Description);
        if (type is not FieldsType fields) yield break;
        foreach (var member in fields.Fields)
        {
            yield return ($"{type.Name}.{member.Name}", member.Description);
            foreach (var argument in member.Arguments) yield return ($"{type.Name}.{member.Name}({argument.Name}:)", argument.Description);
        }
    }
}
