using Engines.GraphQL.Binding;
using Engines.GraphQL.Types;

namespace Engines.GraphQL.Data;

/// <summary>The connection and edge types of object types.</summary>
public static class ConnectionTypes
{
    /// <summary><c>XsConnection</c> of an object type X: resolvers give it a <see cref="Connection"/>.</summary>
    public static ObjectType ConnectionOf(this TypeRegistry types, ObjectType node) => types.GetOrAdd($"{Naming.Plural(node.Name)}Connection", () =>
    {
        var connection = new ObjectType($"{Naming.Plural(node.Name)}Connection") { Description = $"A page of a list of {node.Name} objects.", PageOf = node };
        connection.Add(Field<Connection>("edges", new ListType(NonNull(types.EdgeOf(node))), "The objects with their places in the list.", c => c.Edges));
        connection.Add(Field<Connection>("nodes", new ListType(NonNull(node)), "The objects themselves.", c => c.Nodes));
        connection.Add(Field<Connection>("pageInfo", NonNull(types.PageInfo()), "What is before and after this page.", c => c.PageInfo));
        connection.Add(Field<Connection>("totalCount", NonNull(types.LeafOf<int>()), "How many objects the whole list holds; counted only when asked for.", c => c.TotalCount));
        return connection;
    });

    private static ObjectType EdgeOf(this TypeRegistry types, ObjectType node) => types.GetOrAdd($"{Naming.Plural(node.Name)}Edge", () =>
    {
        var edge = new ObjectType($"{Naming.Plural(node.Name)}Edge") { Description = $"A {node.Name} in its place in a list." };
        edge.Add(Field<Edge>("cursor", NonNull(types.LeafOf<string>()), "The place in the list, for after and before; valid in the same order only.", e => e.Cursor));
        edge.Add(Field<Edge>("node", NonNull(node), "The object.", e => e.Node));
        return edge;
    });

    private static ObjectType PageInfo(this TypeRegistry types) => types.GetOrAdd("PageInfo", () =>
    {
        var (flag, text) = (NonNull(types.LeafOf<bool>()), types.LeafOf<string>());
        var info = new ObjectType("PageInfo") { Description = "What is before and after a page of a list.", ClrType = typeof(PageInfo) };
        info.Add(Field<PageInfo>("hasNextPage", flag, "Whether the list goes on after this page.", p => p.HasNextPage));
        info.Add(Field<PageInfo>("hasPreviousPage", flag, "Whether the list has objects before this page.", p => p.HasPreviousPage));
        info.Add(Field<PageInfo>("startCursor", text, "The cursor of the first object, for before.", p => p.StartCursor));
        info.Add(Field<PageInfo>("endCursor", text, "The cursor of the last object, for after.", p => p.EndCursor));
        return info;
    });

    internal static NamedType LeafOf<T>(this TypeRegistry types) => types.Leaf(typeof(T)) ?? throw new SchemaException($"No leaf for {typeof(T).Name}.");

    private static NonNullType NonNull(GraphQLType type) => new(type);

    private static FieldDefinition Field<T>(string name, GraphQLType type, string description, Func<T, object?> read) =>
        new(name, type) { Description = description, Resolver = new InlineResolver(parent => read((T)parent)) };
}
