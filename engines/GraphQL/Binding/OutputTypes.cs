using System.Collections;
using System.Reflection;
using Engines.GraphQL.Data;
using Engines.GraphQL.Types;

namespace Engines.GraphQL.Binding;

/// <summary>C# types in answers.</summary>
internal static class OutputTypes
{
    /// <summary>The type with its wrappers; null when what is inside is not in the schema.</summary>
    public static GraphQLType? Of(TypeRegistry types, Shape shape)
    {
        GraphQLType? inner = shape.Item is { } item ? Of(types, item) is { } one ? new ListType(one) : null : types.Output(shape.Type);
        return inner is null || shape.IsNullable ? inner : new NonNullType(inner);
    }

    /// <summary>The type of a member, as an attribute says or else its C# type.</summary>
    public static GraphQLType Of(TypeRegistry types, MemberInfo member, Shape shape)
    {
        if (member.GetCustomAttribute<GraphQLTypeAttribute>() is { } given) return types.Parse(given.Type);
        if (member.GetCustomAttribute<ConnectionOfAttribute>() is { } connection)
            return new NonNullType(types.ConnectionOf(types.Object(connection.NodeType) ?? throw new SchemaException($"{connection.NodeType.Name} has no [ObjectType] class.")));
        if (IdOf(member) is not null) return Wrap(shape, Scalars.ID);
        return Of(types, shape)
            ?? throw new SchemaException($"{member.DeclaringType?.Name}.{member.Name} answers {shape.Type.Name}, which is not in the schema: give it an [ObjectType] class or a scalar.");
    }

    /// <summary>The mark of a member, or of the record's parameter that it was made of.</summary>
    public static IDAttribute? IdOf(MemberInfo? member) => member?.GetCustomAttribute<IDAttribute>() ?? (member as PropertyInfo)?.DeclaringType!
        .GetConstructors().SelectMany(c => c.GetParameters()).FirstOrDefault(p => p.Name == member!.Name)?.GetCustomAttribute<IDAttribute>();

    /// <summary>Turns a member's values into what the executor writes; null: they are that already.</summary>
    public static Func<object, object>? Converter(TypeRegistry types, MemberInfo? member, Shape shape)
    {
        if (IdOf(member) is { } id) return Listed(shape, types.IdWriter(id.ClrType));
        return Listed(shape, Innermost(shape) is var leaf && types.Leaf(leaf) is not null ? types.ToWire(leaf) : null);
    }

    private static Func<object, object>? Listed(Shape shape, Func<object, object>? convert)
    {
        if (convert is null || shape.Item is null) return convert;
        var item = Listed(shape.Item, convert)!;
        return list =>
        {
            var converted = new List<object?>();
            foreach (var value in (IEnumerable)list) converted.Add(value is null ? null : item(value));
            return converted;
        };
    }

    private static Type Innermost(Shape shape) => shape.Item is { } item ? Innermost(item) : shape.Type;

    private static GraphQLType Wrap(Shape shape, NamedType leaf)
    {
        GraphQLType inner = shape.Item is { } item ? new ListType(Wrap(item, leaf)) : leaf;
        return shape.IsNullable ? inner : new NonNullType(inner);
    }
}
