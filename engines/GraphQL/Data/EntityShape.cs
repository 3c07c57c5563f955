using System.Linq.Expressions;
using System.Reflection;
using Engines.GraphQL.Binding;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Types;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Engines.GraphQL.Data;

/// <summary>What of an entity can be filtered and sorted: the properties that its object type shows and its table has.</summary>
internal sealed class EntityShape(ObjectType objectType, IEntityType entityType, IProperty key, IReadOnlyList<Member> members)
{
    private readonly Dictionary<string, Member> _byName = members.ToDictionary(m => m.Name, StringComparer.Ordinal);

    public Type Type => entityType.ClrType;
    /// <summary>Of the object type.</summary>
    public string Name => objectType.Name;
    public IEntityType EntityType => entityType;
    public IProperty Key => key;
    public IReadOnlyList<Member> Members => members;

    /// <summary>A member that a client names in a condition or order, which would tell of its values as well as reading them.</summary>
    /// <exception cref="GraphQLException">The caller may not read it.</exception>
    public Member Find(string member, RequestContext caller)
    {
        var found = _byName[member];
        // A method may stand for the property and answer each caller what is theirs to read: the property's own guards hold here even so.
        foreach (var guard in found.Guards.Concat(objectType.Find(member)?.AllGuards ?? []))
            if (guard.Deny(caller) is { } denial) throw new GraphQLException(denial);
        return found;
    }
}

internal abstract record Member(string Name, string? Description)
{
    /// <summary>Of the property, whatever its field is made of.</summary>
    public IReadOnlyList<FieldGuard> Guards { get; init; } = [];
}

internal sealed record LeafMember(string Name, string? Description, IProperty Column, IProperty? Folded, NamedType Leaf, LeafKind Kind) : Member(Name, Description)
{
    /// <summary>What it is sorted by.</summary>
    public IProperty SortColumn => Folded ?? Column;
    public bool IsSortable => Kind is not LeafKind.Exact || typeof(IComparable).IsAssignableFrom(Nullable.GetUnderlyingType(Column.ClrType) ?? Column.ClrType);
}

internal sealed record ReferenceMember(string Name, string? Description, INavigationBase Navigation, Type Target) : Member(Name, Description);

internal sealed record CollectionMember(string Name, string? Description, INavigationBase Navigation, Type Target) : Member(Name, Description);

/// <summary>Which operators a leaf has.</summary>
internal enum LeafKind { Id, Text, Exact, Boolean, Comparable }

internal sealed class EntityShapes(TypeRegistry types, DataConventions conventions)
{
    private readonly Dictionary<Type, EntityShape> _shapes = [];

    public EntityShape Of(Type type)
    {
        if (_shapes.TryGetValue(type, out var shape)) return shape;
        var entityType = types.Model?.FindEntityType(type) ?? throw new SchemaException($"{type.Name} is not in the EF model.");
        var objectType = types.Object(type) ?? throw new SchemaException($"{type.Name} has no [ObjectType] class.");
        var key = entityType.FindPrimaryKey() is { Properties: [var only] } ? only : throw new SchemaException($"{type.Name} needs a primary key of one column.");
        var id = new LeafMember("id", "The global id.", key, null, conventions.Id, LeafKind.Id);
        var members = types.Properties(type).Where(p => p.Name != id.Name)
            .Select(p => Bind(p, entityType) is { } member ? member with { Guards = [.. types.Binding(type)!.GuardsOf(p.Property).Select(g => g.Create())] } : null).OfType<Member>();
        return _shapes[type] = new EntityShape(objectType, entityType, key, [id, .. members]);
    }

    private Member? Bind(BoundProperty bound, IEntityType owner)
    {
        if (bound.Navigation is { } navigation)
        {
            var target = navigation.TargetEntityType.ClrType;
            if (types.Object(target) is null || navigation.TargetEntityType.IsOwned()) return null;
            return navigation.IsCollection
                ? new CollectionMember(bound.Name, bound.Description, navigation, target)
                : new ReferenceMember(bound.Name, bound.Description, navigation, target);
        }
        if (owner.FindProperty(bound.Property.Name) is not { } column || types.Leaf(bound.Property.PropertyType) is not { } leaf || !HasEquality(column.ClrType)) return null;
        var folded = column.ClrType == typeof(string) ? conventions.FoldedOf(column) : null;
        return new LeafMember(bound.Name, bound.Description, column, folded, leaf, KindOf(column.ClrType, folded));
    }

    private static bool HasEquality(Type declared)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        return !type.IsValueType || type.IsPrimitive || type.IsEnum || type.GetMethod("op_Equality", [type, type]) is not null;
    }

    private static LeafKind KindOf(Type declared, IProperty? folded)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        if (type == typeof(string)) return folded is null ? LeafKind.Exact : LeafKind.Text;
        if (type == typeof(bool)) return LeafKind.Boolean;
        return !type.IsEnum && type != typeof(Guid) && type.IsValueType && typeof(IComparable<>).MakeGenericType(type).IsAssignableFrom(type)
            ? LeafKind.Comparable : LeafKind.Exact;
    }
}

internal static class ColumnAccess
{
    private static readonly MethodInfo Shadow = typeof(EF).GetMethod(nameof(EF.Property))!;

    extension(IPropertyBase column)
    {
        /// <summary>The column or navigation of an entity in a query.</summary>
        public Expression On(Expression entity) => column.PropertyInfo is { } property
            ? Expression.Property(entity, property)
            : Expression.Call(Shadow.MakeGenericMethod(column.ClrType), entity, Expression.Constant(column.Name));
    }

    extension(INavigationBase navigation)
    {
        /// <summary>Whether a parent may be without it; also where a filter hides the principal, since the model then says so.</summary>
        public bool MayBeAbsent => navigation is not INavigation { IsOnDependent: true, ForeignKey.IsRequired: true };
    }
}
