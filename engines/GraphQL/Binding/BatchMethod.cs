using System.Collections;
using System.Reflection;
using Engines.GraphQL.Types;

namespace Engines.GraphQL.Binding;

/// <summary>A method that answers all parents of a level at once.</summary>
internal abstract class BatchMethod
{
    private static readonly MethodInfo BoxMethod = typeof(BatchMethod).GetMethod(nameof(Box), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <param name="missing">The value of a parent that a dictionary leaves out.</param>
    public abstract BatchResolver Resolver(ResultKind kind, object? missing, Func<object, object>? convert);

    /// <summary>A <c>Func&lt;owner, value&gt;</c> as one of objects.</summary>
    public static Func<object, object?> Boxed(Delegate typed) => (Func<object, object?>)BoxMethod.MakeGenericMethod(typed.GetType().GetGenericArguments()).Invoke(null, [typed])!;

    private static Func<object, object?> Box<TOwner, TValue>(Func<TOwner, TValue> typed) => owner => typed((TOwner)owner);
}

/// <summary>TItem is what the method takes many of: parents, or their keys.</summary>
internal sealed class BatchMethod<TOwner, TItem, TValue>(TypeRegistry types, MethodCall call, Func<TOwner, TItem>? keyOf) : BatchMethod where TItem : notnull
{
    public override BatchResolver Resolver(ResultKind kind, object? missing, Func<object, object>? convert) => new(async context =>
    {
        var items = new TItem[context.Parents.Count];
        for (var i = 0; i < items.Length; i++) items[i] = keyOf is null ? (TItem)context.Parents[i] : keyOf((TOwner)context.Parents[i]);
        var asked = kind is ResultKind.InOrder ? items : [.. items.Distinct()];
        var result = await call.Invoke(context, asked, call.ReadArguments(types, context)) ?? throw new InvalidOperationException($"{call.Method.Name} answered null for all parents.");

        var inOrder = kind is ResultKind.InOrder ? InOrder(result, items.Length) : Array.Empty<object>();
        var values = new object?[items.Length];
        for (var i = 0; i < items.Length; i++)
        {
            object? value = kind switch
            {
                ResultKind.Keyed => ((IReadOnlyDictionary<TItem, TValue>)result).TryGetValue(items[i], out var found) ? found : default(object),
                ResultKind.Lookup => ((ILookup<TItem, TValue>)result)[items[i]].ToArray(),
                _ => inOrder[i],
            };
            values[i] = value is null ? missing : convert is null ? value : convert(value);
        }
        return values;
    });

    private IList InOrder(object result, int count)
    {
        var answers = result as IList ?? ((IEnumerable)result).Cast<object?>().ToArray();
        return answers.Count == count ? answers : throw new InvalidOperationException($"{call.Method.Name} gave {answers.Count} values for {count} parents.");
    }
}
