using Engines.GraphQL.Binding;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Types;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Engines.GraphQL.Data;

/// <summary>As the schema has it: <c>ASC</c>, with missing values first, or <c>DESC</c>, with missing values last.</summary>
public enum SortDirection { Ascending, Descending }

/// <summary>The input types of <c>order</c>, one an entity, made on demand; and what they ask for.</summary>
internal sealed class SortTypes(TypeRegistry types, EntityShapes shapes)
{
    private readonly Dictionary<Type, InputObjectType> _made = [];

    public InputObjectType Of(Type entity)
    {
        if (_made.TryGetValue(entity, out var made)) return made;
        var shape = shapes.Of(entity);
        var sort = types.GetOrAdd($"{shape.Name}SortInput", () => new InputObjectType($"{shape.Name}SortInput"));
        _made[entity] = sort; // before it is filled: relations lead back here
        if (sort.Fields.Count > 0) return sort;

        sort.Description = $"What {shape.Name} objects are sorted by: one field each, the first one first.";
        foreach (var member in shape.Members)
        {
            if (member is LeafMember { IsSortable: true }) sort.Add(new InputValue(member.Name, Direction()) { Description = member.Description });
            if (member is ReferenceMember reference) sort.Add(new InputValue(member.Name, Of(reference.Target)) { Description = member.Description });
        }
        return sort;
    }

    /// <summary>The keys of an order as given, then the id; a key given twice counts once.</summary>
    public IReadOnlyList<OrderKey> Keys(Type entity, IReadOnlyList<object?>? order, IReadOnlyList<OrderKey> otherwise, RequestContext caller)
    {
        var keys = new List<OrderKey>();
        foreach (var given in order ?? []) Collect(shapes.Of(entity), (InputFields)given!, [], keys, caller);
        if (keys.Count == 0) keys.AddRange(otherwise);
        if (keys.Count > 8) throw new GraphQLException("order: more than 8 keys.", ErrorCodes.BadUserInput);
        return Unique(keys, shapes.Of(entity).Key);
    }

    private static List<OrderKey> Unique(List<OrderKey> keys, IProperty id)
    {
        var unique = keys.DistinctBy(k => k.Path.Name).ToList();
        var end = unique.FindIndex(k => k.Path.Navigations.Count == 0 && k.Path.Column == id);
        // In the direction of the key before it, so that an index over both serves either way.
        return end >= 0 ? unique[..(end + 1)] : [.. unique, new OrderKey(new ColumnPath([], id), unique is [.., { Descending: true }])];
    }

    private void Collect(EntityShape shape, InputFields fields, IReadOnlyList<INavigationBase> path, List<OrderKey> keys, RequestContext caller)
    {
        foreach (var (name, value) in fields)
        {
            if (value is null) continue;
            switch (shape.Find(name, caller))
            {
                case LeafMember leaf when value is SortDirection direction:
                    keys.Add(new OrderKey(new ColumnPath(path, leaf.SortColumn), direction is SortDirection.Descending));
                    break;
                case ReferenceMember when path.Count == 4:
                    throw new GraphQLException("order: more than 4 references deep.", ErrorCodes.BadUserInput);
                case ReferenceMember reference when value is InputFields nested:
                    Collect(shapes.Of(reference.Target), nested, [.. path, reference.Navigation], keys, caller);
                    break;
            }
        }
    }

    private EnumType Direction() => types.GetOrAdd("SortEnumType", () =>
    {
        var direction = new EnumType("SortEnumType") { Description = "The direction of an order." };
        direction.Add(new EnumValue("ASC", SortDirection.Ascending) { Description = "From the least to the greatest; missing values first." });
        direction.Add(new EnumValue("DESC", SortDirection.Descending) { Description = "From the greatest to the least; missing values last." });
        return direction;
    });
}
