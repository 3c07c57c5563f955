using Engines.GraphQL.Binding;
using Engines.GraphQL.Types;

namespace Engines.GraphQL.Data;

/// <summary>The input types of <c>where</c>, one an entity, made on demand.</summary>
internal sealed class FilterTypes(TypeRegistry types, EntityShapes shapes, DataConventions conventions)
{
    private readonly Dictionary<Type, InputObjectType> _made = [];

    public InputObjectType Of(Type entity)
    {
        if (_made.TryGetValue(entity, out var made)) return made;
        var shape = shapes.Of(entity);
        var filter = types.GetOrAdd($"{shape.Name}FilterInput", () => new InputObjectType($"{shape.Name}FilterInput"));
        _made[entity] = filter; // before it is filled: relations lead back here
        if (filter.Fields.Count > 0) return filter;

        filter.Description = $"Which {shape.Name} objects are meant. All conditions given must hold.";
        filter.Add(new InputValue("and", ListOf(filter)) { Description = "Every one of these must hold; an empty list holds." });
        filter.Add(new InputValue("or", ListOf(filter)) { Description = "At least one of these must hold; an empty list is no condition." });
        foreach (var member in shape.Members) filter.Add(Field(member));
        return filter;
    }

    private InputValue Field(Member member) => member switch
    {
        LeafMember leaf => new InputValue(leaf.Name, OperationsOn(leaf)) { Description = leaf.Description },
        ReferenceMember reference => new InputValue(reference.Name, Of(reference.Target))
        {
            Description = Join(reference.Description, "It exists and is such; null: there is none."),
        },
        CollectionMember collection => new InputValue(collection.Name, ListFilter(collection.Target)) { Description = collection.Description },
        _ => throw new InvalidOperationException(),
    };

    private InputObjectType ListFilter(Type entity)
    {
        var name = $"{shapes.Of(entity).Name}ListFilterInput";
        var list = types.GetOrAdd(name, () => new InputObjectType(name) { Description = $"What must hold of a list of {shapes.Of(entity).Name} objects." });
        if (list.Fields.Count > 0) return list;
        var item = Of(entity);
        if (list.Fields.Count > 0) return list; // filled on the way round
        list.Add(new InputValue("all", item) { Description = "Every object of the list is such; also where the list is empty." });
        list.Add(new InputValue("none", item) { Description = "No object of the list is such." });
        list.Add(new InputValue("some", item) { Description = "At least one object of the list is such." });
        list.Add(new InputValue("any", Leaf(typeof(bool))) { Description = "Whether the list holds anything at all." });
        return list;
    }

    private InputObjectType OperationsOn(LeafMember leaf)
    {
        var name = leaf.Kind switch
        {
            LeafKind.Id => "IdOperationFilterInput",
            LeafKind.Exact when leaf.Column.ClrType == typeof(string) => $"Exact{leaf.Leaf.Name}OperationFilterInput",
            _ => $"{leaf.Leaf.Name}OperationFilterInput",
        };
        var value = leaf.Kind is LeafKind.Id ? conventions.Id : leaf.Leaf;
        return types.GetOrAdd(name, () =>
        {
            var input = new InputObjectType(name) { Description = $"Conditions on a value of type {value.Name}. All that are given must hold." };
            foreach (var (op, description) in Operators.For(leaf.Kind))
                input.Add(new InputValue(op, op is "in" or "nin" ? new ListType(value) : value) { Description = description });
            return input;
        });
    }

    private NamedType Leaf(Type type) => types.Leaf(type) ?? throw new SchemaException($"No leaf for {type.Name}.");

    private static ListType ListOf(InputObjectType filter) => new(new NonNullType(filter));

    private static string Join(string? description, string rule) => description is null ? rule : $"{description} {rule}";
}
