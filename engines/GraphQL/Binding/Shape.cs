using System.Reflection;

namespace Engines.GraphQL.Binding;

/// <summary>A C# type as the schema sees it: tasks and <see cref="Nullable{T}"/> unwrapped, lists opened.</summary>
/// <param name="Type">Without nullable wrapper; a list's own type where <paramref name="Item"/> is set.</param>
/// <param name="Item">What a list holds.</param>
internal sealed record Shape(Type Type, bool IsNullable, Shape? Item, IReadOnlyList<Shape> Arguments)
{
    private static readonly Type[] Wrappers = [typeof(Task<>), typeof(ValueTask<>), typeof(IAsyncEnumerable<>)];

    public static Shape Of(NullabilityInfo info)
    {
        while (info.Type.IsGenericType && Wrappers.Contains(info.Type.GetGenericTypeDefinition())) info = info.GenericTypeArguments[0];
        var type = Nullable.GetUnderlyingType(info.Type) ?? info.Type;
        var isNullable = type != info.Type || (!type.IsValueType && info.ReadState is NullabilityState.Nullable);
        var arguments = info.GenericTypeArguments.Select(Of).ToArray();
        return new Shape(type, isNullable, info.ElementType is { } element ? Of(element) : IsList(type) ? arguments[0] : null, arguments);
    }

    public Shape AsNullable() => this with { IsNullable = true };

    /// <summary>The type as C# declares it, with its nullable wrapper.</summary>
    public Type Declared => IsNullable && Type.IsValueType ? typeof(Nullable<>).MakeGenericType(Type) : Type;

    private static bool IsList(Type type) =>
        type.IsGenericType && type.GetGenericArguments() is [var item] && typeof(IEnumerable<>).MakeGenericType(item).IsAssignableFrom(type);
}
