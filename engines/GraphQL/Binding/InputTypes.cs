using System.Collections;
using System.Reflection;
using Engines.GraphQL.Language;
using Engines.GraphQL.Types;

namespace Engines.GraphQL.Binding;

/// <summary>C# types as arguments and input objects.</summary>
internal sealed class InputTypes(TypeRegistry types)
{
    private static readonly MethodInfo ListMethod = typeof(InputTypes).GetMethod(nameof(MakeList), BindingFlags.NonPublic | BindingFlags.Static)!;
    private static readonly MethodInfo OptionalMethod = typeof(InputTypes).GetMethod(nameof(MakeOptional), BindingFlags.NonPublic | BindingFlags.Static)!;
    private readonly Dictionary<Type, InputObject> _objects = [];

    /// <param name="alike">Types whose property of the same name describes it, where it has no description of its own.</param>
    public InputMember Of(ParameterInfo parameter, IEnumerable<Type>? alike = null)
    {
        var isOptional = parameter.HasDefaultValue;
        return Of(new Member(
            parameter.Name!, Naming.Argument(parameter), Shape.Of(types.Nullability.Create(parameter)), parameter.ParameterType, IdOf(parameter),
            types.Docs.Of(parameter) ?? Borrowed(parameter, alike), Naming.Deprecation(parameter), isOptional, isOptional ? DefaultOf(parameter) : null, $"{parameter.Member.DeclaringType?.Name}.{parameter.Member.Name}"));
    }

    /// <summary>The mark of a parameter, or of the record's property that it makes.</summary>
    private static IDAttribute? IdOf(ParameterInfo parameter) => parameter.GetCustomAttribute<IDAttribute>()
        ?? (parameter.Member is ConstructorInfo { DeclaringType: { } record } ? record.GetProperty(parameter.Name!)?.GetCustomAttribute<IDAttribute>() : null);

    private string? Borrowed(ParameterInfo parameter, IEnumerable<Type>? alike)
    {
        const BindingFlags Any = BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase;
        if (IdOf(parameter)?.ClrType is { } type)
        {
            var name = types.NodeOf(type).Name;
            // The property "partType" describes the parameter "partTypeId".
            var relation = parameter.Name!.EndsWith("Id", StringComparison.Ordinal) && parameter.Name.Length > 2 ? parameter.Name[..^2] : null;
            return (relation is null ? null : alike?.Select(t => t.GetProperty(relation, Any)).OfType<PropertyInfo>().Select(types.Docs.Of).FirstOrDefault(d => d is not null))
                ?? (Shape.Of(types.Nullability.Create(parameter)) is { Item: null, Arguments: not [{ Item: not null }] } ? $"The id of {TypeRegistry.Article(name)} {name}." : $"Ids of {name} objects.");
        }
        return alike?.Select(t => t.GetProperty(parameter.Name!, Any)).OfType<PropertyInfo>().Select(types.Docs.Of).FirstOrDefault(d => d is not null);
    }

    /// <param name="initial">What a fresh object has there, if one could be made.</param>
    public InputMember Of(PropertyInfo property, bool isOptional, object? initial)
    {
        var shape = Shape.Of(types.Nullability.Create(property));
        return Of(new Member(
            property.Name, Naming.Field(property), shape, property.PropertyType, property.GetCustomAttribute<IDAttribute>(),
            types.Docs.Of(property), Naming.Deprecation(property), isOptional, initial, property.DeclaringType!.Name));
    }

    /// <summary>The input object of a C# class or record; null when the type can be none.</summary>
    public InputObject? ObjectOf(Type type)
    {
        if (_objects.TryGetValue(type, out var made)) return made;
        if (type.IsAbstract || type.IsInterface || type.IsPrimitive || type.IsGenericTypeDefinition || typeof(Delegate).IsAssignableFrom(type) || type.Namespace?.StartsWith("System", StringComparison.Ordinal) is true) return null;
        var name = Naming.Type(type);
        if (!name.EndsWith("Input", StringComparison.Ordinal)) name += "Input";
        var inputType = new InputObjectType(name) { Description = types.Docs.Of(type), IsOneOf = type.IsDefined(typeof(OneOfAttribute)) };
        if (types.GetOrAdd(name, () => inputType) != inputType) throw new SchemaException($"Two input types are named {name}.");
        var input = _objects[type] = new InputObject(type, inputType);
        input.Fill(this);
        return input;
    }

    private InputMember Of(Member member)
    {
        var shape = member.Shape;
        var isOptionalStruct = shape.Type.IsGenericType && shape.Type.GetGenericTypeDefinition() == typeof(Optional<>);
        var refusesNull = isOptionalStruct && !shape.Arguments[0].IsNullable;
        if (isOptionalStruct) shape = shape.Arguments[0].AsNullable();
        var (type, read) = Resolve(shape, member);
        var literal = member.IsOptional && member.Default is { } value && !isOptionalStruct ? Literal(value, shape) : null;
        // What has a default that no literal can say is optional all the same.
        if (member.IsOptional && literal is null) type = type.Nullable;
        return new InputMember(member.ClrName, new InputValue(member.Name, type)
        {
            Description = member.Description, DeprecationReason = member.Deprecation, DefaultValue = literal, Convert = IdConverter(member.Id, shape, member.Where),
        }, member.Declared, read)
        {
            RefusesNull = refusesNull,
            Default = isOptionalStruct ? Activator.CreateInstance(member.Declared) : member.Default,
            Optional = isOptionalStruct ? (Func<object?, object>)OptionalMethod.MakeGenericMethod(member.Declared.GetGenericArguments()).Invoke(null, null)! : null,
        };
    }

    private (GraphQLType Type, ReadInput Read) Resolve(Shape shape, Member member)
    {
        var (inner, read) = Inner(shape, member);
        return (shape.IsNullable ? inner : new NonNullType(inner), read);
    }

    private (GraphQLType Type, ReadInput Read) Inner(Shape shape, Member member)
    {
        if (shape.Item is { } item)
        {
            var (itemType, readItem) = Resolve(item, member);
            var toList = (Func<IReadOnlyList<object?>, object>)ListMethod.MakeGenericMethod(item.Declared).Invoke(null, [shape.Type.IsArray])!;
            if (!shape.Type.IsAssignableFrom(shape.Type.IsArray ? item.Declared.MakeArrayType() : typeof(List<>).MakeGenericType(item.Declared)))
                throw new SchemaException($"{member.Where}: a list of inputs is taken as IReadOnlyList, not as {shape.Type.Name}.");
            return (new ListType(itemType), (value, path) =>
            {
                var given = (IReadOnlyList<object?>)value;
                var read = new object?[given.Count];
                for (var i = 0; i < read.Length; i++) read[i] = given[i] is { } one ? readItem(one, path.Then(i)) : null;
                return toList(read);
            }
            );
        }
        // Ids arrive decoded: their Convert ran when they were coerced.
        if (member.Id is not null) return (Scalars.ID, (value, _) => value);
        if (types.Leaf(shape.Type) is { } leaf) return (leaf, Guarded(types.FromWire(shape.Type)));
        if (ObjectOf(shape.Type) is { } input) return (input.Type, input.Read);
        throw new SchemaException($"{member.Where}: '{member.Name}' is a {shape.Type.Name}, which is neither a parameter that the options supply nor an input.");
    }

    private static ReadInput Guarded(Func<object, object>? convert)
    {
        if (convert is null) return (value, _) => value;
        return (value, path) =>
        {
            try
            {
                return convert(value);
            }
            catch (Exception refusal) when (refusal is not InputRefusedException)
            {
                throw new InputRefusedException(path, refusal);
            }
        };
    }

    private Func<object, object>? IdConverter(IDAttribute? id, Shape shape, string where)
    {
        if (id is null) return null;
        Func<object, object> one;
        if (id.ClrType is { } type)
        {
            var (_, key) = types.NodeOf(type);
            if (Innermost(shape) != key.PropertyType) throw new SchemaException($"{where}: the key of {type.Name} is a {key.PropertyType.Name}.");
            one = text => types.ParseId(type, (string)text);
        }
        else
        {
            if (Innermost(shape) != typeof(GlobalId)) throw new SchemaException($"{where}: an [ID] of any type is a GlobalId.");
            one = text => types.ParseId((string)text);
        }
        return Listed(shape, one);
    }

    private static Func<object, object> Listed(Shape shape, Func<object, object> one)
    {
        if (shape.Item is null) return one;
        var item = Listed(shape.Item, one);
        return list => ((IEnumerable)list).Cast<object?>().Select(v => v is null ? null : item(v)).ToArray();
    }

    private static Type Innermost(Shape shape) => shape.Item is { } item ? Innermost(item) : shape.Type;

    private ValueNode? Literal(object value, Shape shape)
    {
        if (shape.Item is { } item)
        {
            var nodes = ((IEnumerable)value).Cast<object?>().Select(v => v is null ? new NullValueNode(default) : Literal(v, item)).ToArray();
            return nodes.Contains(null) ? null : new ListValueNode(default, nodes!);
        }
        return types.Leaf(shape.Type) switch
        {
            EnumType known => known.FindByValue(value) is { } named ? new EnumValueNode(default, named.Name) : null,
            ScalarType scalar => scalar.ToLiteral(types.ToWire(shape.Type)?.Invoke(value) ?? value),
            _ => null,
        };
    }

    internal static object? DefaultOf(ParameterInfo parameter)
    {
        var underlying = Nullable.GetUnderlyingType(parameter.ParameterType);
        if (parameter.DefaultValue is not { } value) return parameter.ParameterType.IsValueType && underlying is null ? Activator.CreateInstance(parameter.ParameterType) : null;
        return (underlying ?? parameter.ParameterType) is { IsEnum: true } type ? Enum.ToObject(type, value) : value;
    }

    private static Func<IReadOnlyList<object?>, object> MakeList<T>(bool array) =>
        array ? items => items.Select(i => (T)i!).ToArray() : items => items.Select(i => (T)i!).ToList();

    private static Func<object?, object> MakeOptional<T>() => value => new Optional<T>(value is null ? default! : (T)value);

    /// <param name="Where">For messages.</param>
    private sealed record Member(
        string ClrName, string Name, Shape Shape, Type Declared, IDAttribute? Id, string? Description, string? Deprecation, bool IsOptional, object? Default, string Where);
}
