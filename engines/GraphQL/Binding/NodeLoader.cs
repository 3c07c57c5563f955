using Engines.GraphQL.Execution;

namespace Engines.GraphQL.Binding;

/// <summary>Finds objects of one type by their keys, all at once.</summary>
internal sealed class NodeLoader(Func<BatchContext, IReadOnlyList<object>, Task<IReadOnlyDictionary<object, object>>> load)
{
    public Task<IReadOnlyDictionary<object, object>> Load(BatchContext context, IReadOnlyList<object> keys) => load(context, keys);

    public static NodeLoader Of<T, TKey>(Func<BatchContext, IReadOnlyList<TKey>, Task<Dictionary<TKey, T>>> load) where T : class where TKey : notnull =>
        new(async (context, keys) => (await load(context, [.. keys.Cast<TKey>()])).ToDictionary(pair => (object)pair.Key, pair => (object)pair.Value));
}
