using System.Collections;
using System.Reflection;
using Engines.GraphQL.Types;

namespace Engines.GraphQL.Binding;

internal sealed partial class FieldBinder
{
    /// <summary>A method of an object type's class: it takes one parent and computes, or all parents (or their keys) and answers them at once.</summary>
    public FieldDefinition Method(ObjectBinding owner, MethodInfo method)
    {
        if (Queried(method) is { } queried) return OfLoneParent(owner, method, queried);
        // Of an object type's own class, the class's guards are the type's.
        var guards = owner.Classes.Contains(method.DeclaringType!) ? [.. method.GetCustomAttributes<FieldGuardAttribute>().Select(g => g.Create())] : GuardsOf(method);
        var (parent, item) = ParentOf(owner, method);
        var call = new MethodCall(types, inputs, method, parent);
        if (item is null) return OfOneParent(method, call, parent, guards);

        var isKeyed = item == owner.ClrType.GetProperty("Id")?.PropertyType && !item.IsAssignableFrom(owner.ClrType);
        var (kind, value) = ResultOf(method, call.Result, item);
        if (method.GetCustomAttribute<GraphQLTypeAttribute>() is null && kind is ResultKind.Keyed && value.Item is null && !value.Type.IsValueType) value = value.AsNullable();
        var type = OutputTypes.Of(types, method, value);
        var missing = value.IsNullable ? null : value.Item is not null ? Array.Empty<object>() : value.Type.IsValueType ? Activator.CreateInstance(value.Type) : null;
        var convert = OutputTypes.Converter(types, method, value);
        if (missing is not null && convert is not null) missing = convert(missing);
        object itemOf = isKeyed ? Getter.Typed(owner.ClrType, owner.ClrType.GetProperty("Id")!) : null!;
        var held = kind is ResultKind.Keyed ? value.Declared : kind is ResultKind.Lookup ? value.Item!.Declared : typeof(object);
        var batch = (BatchMethod)Activator.CreateInstance(typeof(BatchMethod<,,>).MakeGenericType(owner.ClrType, item, held), [types, call, itemOf])!;
        return Define(method, type, call, batch.Resolver(kind, missing, convert), guards, isKeyed ? ["Id"] : null);
    }

    private FieldDefinition OfLoneParent(ObjectBinding owner, MethodInfo method, Type queried)
    {
        if (!owner.Classes.Any(c => c.IsDefined(typeof(AloneAttribute)))) throw new SchemaException($"{Where(method)} answers a query for each parent: take all parents (or their keys) and answer them at once.");
        if (entities is null || types.Model?.FindEntityType(queried) is null || ParentOf(owner, method) is not (var parent, null)) throw new SchemaException($"{Where(method)} must take its {owner.ClrType.Name} (marked [Parent]) and answer a query of entities.");
        var guards = GuardsOf(method);
        MethodCall call = new(types, inputs, method, parent);
        return Finish(List(method, call, queried, guards), method, guards, call.IsImpersonal);
    }

    private FieldDefinition OfOneParent(MethodInfo method, MethodCall call, ParameterInfo parent, List<FieldGuard> guards)
    {
        if (call.IsAsync) throw new SchemaException($"{Where(method)} asks the database once a parent: take all parents (or their keys) and answer them at once.");
        var type = OutputTypes.Of(types, method, call.Result);
        var convert = OutputTypes.Converter(types, method, call.Result);
        if (call is { TakesRequest: false, Arguments.Count: 0 })
        {
            var typed = method.CreateDelegate(typeof(Func<,>).MakeGenericType(parent.ParameterType, method.ReturnType));
            var isLeaf = call.Result.Item is null && !method.IsDefined(typeof(GraphQLTypeAttribute)) && !method.IsDefined(typeof(IDAttribute), true);
            var inline = isLeaf && types.LeafOf(call.Result.Type) is { } leaf
                ? leaf.Inline(parent.ParameterType, typed)
                : new InlineResolver(Getter.Converted(BatchMethod.Boxed(typed), convert));
            return Define(method, type, call, inline, guards);
        }
        return Define(method, type, call, new BatchResolver(async context =>
        {
            var arguments = call.ReadArguments(types, context);
            var values = new object?[context.Parents.Count];
            for (var i = 0; i < values.Length; i++)
            {
                var value = await call.Invoke(context, context.Parents[i], arguments);
                values[i] = value is not null && convert is not null ? convert(value) : value;
            }
            return values;
        }), guards);
    }

    /// <summary>The parameter of the parents, and the type of one of them where it takes many.</summary>
    private (ParameterInfo Parameter, Type? Item) ParentOf(ObjectBinding owner, MethodInfo method)
    {
        var parameters = method.GetParameters();
        var marked = parameters.FirstOrDefault(p => p.IsDefined(typeof(ParentAttribute)));
        if (marked?.ParameterType.IsAssignableFrom(owner.ClrType) is true) return (marked, null);
        var first = marked ?? parameters.FirstOrDefault(p => !MethodCall.IsFromRequest(types.Options, p));
        if (first is not null && !first.IsDefined(typeof(IDAttribute), true) && ItemOf(first.ParameterType) is { } item && first.ParameterType.IsAssignableFrom(item.MakeArrayType())
            && (item.IsAssignableFrom(owner.ClrType) || item == owner.ClrType.GetProperty("Id")?.PropertyType)) return (first, item);
        throw new SchemaException($"{Where(method)} takes neither its {owner.ClrType.Name} (marked [Parent]), nor all of them, nor their keys.");
    }

    private static (ResultKind Kind, Shape Value) ResultOf(MethodInfo method, Shape result, Type item)
    {
        if (result.Type.IsGenericType && result.Arguments is [var key, var value] && key.Type == item)
        {
            if (typeof(IReadOnlyDictionary<,>).MakeGenericType(item, value.Declared).IsAssignableFrom(result.Type)) return (ResultKind.Keyed, value);
            if (result.Type == typeof(ILookup<,>).MakeGenericType(item, value.Declared))
                return (ResultKind.Lookup, new Shape(typeof(IEnumerable<>).MakeGenericType(value.Declared), false, value, [value]));
        }
        if (result.Item is { } one && typeof(IList).IsAssignableFrom(result.Type) || result.Item is not null && typeof(IReadOnlyList<>).MakeGenericType(result.Item.Declared).IsAssignableFrom(result.Type))
            return (ResultKind.InOrder, result.Item!);
        throw new SchemaException($"{Where(method)} answers a {result.Type.Name}; for many parents it must be a dictionary or lookup by parent or key, or a list in their order.");
    }

    private static Type? ItemOf(Type list) => list.IsArray ? list.GetElementType() : list.IsGenericType && list.GetGenericArguments() is [var item] ? item : null;

    private static string Where(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";
}

internal enum ResultKind { Keyed, Lookup, InOrder }
