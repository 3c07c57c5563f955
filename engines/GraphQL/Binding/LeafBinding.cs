using System.Reflection;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Types;

namespace Engines.GraphQL.Binding;

/// <summary>How one C# type is shown as a scalar or enum.</summary>
internal abstract class LeafBinding(NamedType type)
{
    public NamedType Type => type;
    /// <summary>From the C# value to what the scalar writes; null: the same.</summary>
    public Func<object, object>? ToWire { get; init; }
    /// <summary>From what the scalar parsed to the C# value; null: the same.</summary>
    public Func<object, object>? FromWire { get; init; }

    /// <summary>Reads the leaf off an owner by a compiled <c>Func&lt;owner, value&gt;</c>, written without boxing.</summary>
    public abstract InlineResolver Inline(Type owner, Delegate get);
}

internal sealed class LeafBinding<T>(NamedType type, Action<JsonOutput, T> write) : LeafBinding(type) where T : notnull
{
    private static readonly MethodInfo PlainMethod = typeof(LeafBinding<T>).GetMethod(nameof(Plain), BindingFlags.NonPublic | BindingFlags.Instance)!;
    private static readonly MethodInfo NullableMethod = typeof(LeafBinding<T>).GetMethod(nameof(Nullable), BindingFlags.NonPublic | BindingFlags.Instance)!;

    public LeafBinding(ScalarType scalar) : this(scalar, (json, value) => scalar.Write(value, json))
    {
    }

    public Action<JsonOutput, T> Write => write;

    public override InlineResolver Inline(Type owner, Delegate get)
    {
        var isNullable = typeof(T).IsValueType && get.Method.ReturnType != typeof(T);
        return (InlineResolver)(isNullable ? NullableMethod.MakeGenericMethod(owner, typeof(T)) : PlainMethod.MakeGenericMethod(owner)).Invoke(this, [get])!;
    }

    private InlineResolver Plain<TOwner>(Func<TOwner, T?> get) => new(owner => Box(get((TOwner)owner)))
    {
        WriteLeaf = (owner, json) =>
        {
            if (get((TOwner)owner) is not { } value) return false;
            write(json, value);
            return true;
        },
    };

    private InlineResolver Nullable<TOwner, TValue>(Func<TOwner, TValue?> get) where TValue : struct
    {
        var writeValue = (Action<JsonOutput, TValue>)(object)write;
        return new InlineResolver(owner => get((TOwner)owner) is { } value ? Box((T)(object)value) : null)
        {
            WriteLeaf = (owner, json) =>
            {
                if (get((TOwner)owner) is not { } value) return false;
                writeValue(json, value);
                return true;
            },
        };
    }

    private object? Box(T? value) => value is not null && ToWire is { } convert ? convert(value) : value;
}

internal static class EnumLeaf
{
    private static readonly MethodInfo MakeMethod = typeof(EnumLeaf).GetMethod(nameof(Make), BindingFlags.NonPublic | BindingFlags.Static)!;

    public static LeafBinding Of(TypeRegistry types, Type type) => (LeafBinding)MakeMethod.MakeGenericMethod(type).Invoke(null, [types])!;

    private static LeafBinding<T> Make<T>(TypeRegistry types) where T : struct, Enum
    {
        var name = Naming.Type(typeof(T));
        if (types.All.TryGetValue(name, out var other)) throw new SchemaException($"The enum {typeof(T).FullName} and another type are both named {other.Name}.");
        var made = new EnumType(name) { Description = types.Docs.Of(typeof(T)) };
        foreach (var member in typeof(T).GetFields(BindingFlags.Public | BindingFlags.Static).Where(m => !m.IsDefined(typeof(GraphQLIgnoreAttribute))))
        {
            made.Add(new EnumValue(Naming.EnumValue(member), member.GetValue(null)!)
            {
                Description = types.Docs.Of(member), DeprecationReason = Naming.Deprecation(member),
            });
        }
        var texts = made.Values.DistinctBy(v => v.Value).ToDictionary(v => (T)v.Value, v => System.Text.Encoding.UTF8.GetBytes($"\"{v.Name}\""));
        return new LeafBinding<T>(made, (json, value) =>
            json.Raw(texts.GetValueOrDefault(value) ?? throw new InvalidValueException($"{value} is not a value of {made.Name}.")));
    }
}
