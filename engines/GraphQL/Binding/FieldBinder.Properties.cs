using System.Reflection;
using System.Text;
using Engines.GraphQL.Data;
using Engines.GraphQL.Types;

namespace Engines.GraphQL.Binding;

internal sealed partial class FieldBinder
{
    /// <summary>A property of an object type: a relation, or a value read while the answer is written.</summary>
    public FieldDefinition Property(ObjectBinding owner, BoundProperty bound)
    {
        var guards = owner.GuardsOf(bound.Property).Select(g => g.Create()).ToList();
        if (bound is { Navigation: { } navigation } && entities is not null && types.Object(navigation.TargetEntityType.ClrType) is not null && !navigation.TargetEntityType.IsOwned())
        {
            var options = Defaults(bound.IsPlain ? new ListOptions() : ListOptions.Everything, navigation.TargetEntityType.ClrType);
            var relation = bound with { Description = types.Described(bound.Description, guards) };
            return Finish(navigation.IsCollection ? entities.Collection(relation, options) : entities.Reference(relation), bound.Property, guards);
        }
        return Value(owner.ClrType, bound, guards);
    }

    /// <summary>A value read off its owner.</summary>
    public FieldDefinition Value(Type owner, BoundProperty bound, IReadOnlyList<FieldGuard> guards)
    {
        var shape = Shape.Of(types.Nullability.Create(bound.Property));
        var type = bound.IsGlobalId ? new NonNullType(Scalars.ID) : OutputTypes.Of(types, bound.Property, shape);
        return new FieldDefinition(bound.Name, type)
        {
            Description = types.Described(bound.IsGlobalId ? "The id among all objects, for node(id)." : bound.Description, guards),
            DeprecationReason = Naming.Deprecation(bound.Property), Resolver = bound.IsGlobalId ? GlobalIdReader(owner, bound.Property) : Reader(owner, bound.Property, shape),
            Needs = [bound.Property.Name], Guards = [.. guards], Cost = 0, AssumedSize = shape.Item is null ? 1 : 10,
        };
    }

    private InlineResolver Reader(Type owner, PropertyInfo property, Shape shape)
    {
        var isLeaf = shape.Item is null && !property.IsDefined(typeof(GraphQLTypeAttribute)) && OutputTypes.IdOf(property) is null;
        if (isLeaf && types.LeafOf(shape.Type) is { } leaf) return leaf.Inline(owner, Getter.Typed(owner, property));
        return new InlineResolver(Getter.Converted(Getter.Boxed(property), OutputTypes.Converter(types, property, shape)));
    }

    private InlineResolver GlobalIdReader(Type owner, PropertyInfo key)
    {
        var name = types.NodeOf(owner).Name;
        var (boxed, write) = (Getter.Boxed(key), types.IdWriter(owner));
        if (key.PropertyType != typeof(long)) return new InlineResolver(Getter.Converted(boxed, write));
        var prefix = Encoding.UTF8.GetBytes(name + ":");
        return (InlineResolver)typeof(FieldBinder).GetMethod(nameof(LongId), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(owner).Invoke(null, [Getter.Typed(owner, key), prefix, Getter.Converted(boxed, write)])!;
    }

    private static InlineResolver LongId<TOwner>(Func<TOwner, long> key, byte[] prefix, Func<object, object?> read) => new(read)
    {
        WriteLeaf = (owner, json) =>
        {
            GlobalId.Write(json, prefix, key((TOwner)owner));
            return true;
        },
    };
}
