using System.Reflection;
using System.Runtime.CompilerServices;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Types;

namespace Engines.GraphQL.Binding;

/// <summary>Methods that answer <see cref="IAsyncEnumerable{T}"/> as subscriptions: each item is one message.</summary>
internal sealed class SubscriptionBinder(FieldBinder binder)
{
    private static readonly MethodInfo StreamMethod = typeof(SubscriptionBinder).GetMethod(nameof(Stream), BindingFlags.NonPublic | BindingFlags.Static)!;

    public FieldDefinition Bind(MethodInfo method)
    {
        if (!method.ReturnType.IsGenericType || method.ReturnType.GetGenericTypeDefinition() != typeof(IAsyncEnumerable<>))
            throw new SchemaException($"{method.DeclaringType!.Name}.{method.Name} is a subscription and must answer IAsyncEnumerable.");
        var call = new MethodCall(binder.Types, binder.Inputs, method);
        var stream = StreamMethod.MakeGenericMethod(method.ReturnType.GetGenericArguments())
            .CreateDelegate<Func<TypeRegistry, MethodCall, BatchContext, Func<object, object>?, CancellationToken, IAsyncEnumerable<object?>>>();
        var convert = OutputTypes.Converter(binder.Types, method, call.Result);
        var resolver = new StreamResolver(context => stream(binder.Types, call, context, convert, context.Cancel));
        return binder.Define(method, OutputTypes.Of(binder.Types, method, call.Result), call, resolver, binder.RootGuards(method));
    }

    private static async IAsyncEnumerable<object?> Stream<T>(
        TypeRegistry types, MethodCall call, BatchContext context, Func<object, object>? convert, [EnumeratorCancellation] CancellationToken cancel)
    {
        var (source, lease) = await call.Open(context, null, call.ReadArguments(types, context));
        await using (lease)
            await foreach (var item in ((IAsyncEnumerable<T>)source!).WithCancellation(cancel))
                yield return item is not null && convert is not null ? convert(item) : item;
    }
}
