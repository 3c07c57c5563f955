using Engines.GraphQL.Types;

namespace Cmms.Tests.Isolation;

/// <summary>Selections of all that a type shows, made from the schema.</summary>
internal sealed class Selections(Schema schema)
{
    private const string PageInfo = "pageInfo { hasNextPage hasPreviousPage startCursor endCursor }";

    /// <param name="depth">How many entities deep.</param>
    public string Of(NamedType type, int depth) => Of(type, depth, 6);

    public static bool IsConnection(NamedType type) => type is ObjectType o && o.Find("nodes") is not null && o.Find("pageInfo") is not null;

    /// <summary>The type of a list's objects; null where it is no list of objects.</summary>
    public static ObjectType? NodeOf(FieldDefinition field) => IsConnection(field.Type.Named) ? ((ObjectType)field.Type.Named).Find("nodes")!.Type.Named as ObjectType : null;

    public static bool IsNode(NamedType type) => type is ObjectType o && o.Interfaces.Any(i => i.Name == "Node");

    /// <summary>The leaves of a type that need no argument.</summary>
    public static IEnumerable<string> Leaves(FieldsType type) => type.Fields.Where(f => f.Type.Named.IsLeaf && !f.Arguments.Exists(a => a.IsRequired)).Select(f => f.Name);

    private string Of(NamedType type, int depth, int most)
    {
        if (type.IsLeaf) return "";
        if (most == 0 || type is not FieldsType { } fields || type is InterfaceType) return Abstract((CompositeType)type);
        if (IsConnection(type)) return $"{{ totalCount {PageInfo} edges {{ cursor }} nodes {Of(fields.Find("nodes")!.Type.Named, depth, most - 1)} }}";
        var parts = new List<string> { "__typename" };
        foreach (var field in fields.Fields.Where(f => !f.Arguments.Exists(a => a.IsRequired) && !ReferenceEquals(f.Type.Named, schema.Query)))
        {
            var of = field.Type.Named;
            if (of.IsLeaf) parts.Add(field.Name);
            else if (depth > 0) parts.Add($"{field.Name}{(field.FindArgument("first") is null ? "" : "(first: 5)")} {Of(of, IsNode(type) ? depth - 1 : depth, most - 1)}");
        }
        return $"{{ {string.Join(' ', parts)} }}";
    }

    private string Abstract(CompositeType type) =>
        schema.PossibleTypes(type).Any(IsNode) ? "{ __typename ... on Node { id } }" : "{ __typename }";
}
