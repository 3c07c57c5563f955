using Engines.GraphQL.Data;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Types;

namespace Engines.GraphQL.Binding;

/// <summary>Relay's <c>Node</c>, <c>node(id)</c> and <c>nodes(ids)</c>: an object of any type by its global id, the ids of each type in one read.</summary>
internal sealed class NodeFields(TypeRegistry types, EntityFields? entities)
{
    private const int MaxIds = 100;
    private readonly Dictionary<string, (ObjectBinding Binding, NodeLoader Load)> _loaders = [];

    public static InterfaceType Interface(TypeRegistry types) => types.GetOrAdd("Node", () =>
    {
        var node = new InterfaceType("Node") { Description = "An object with a global id." };
        node.Add(new FieldDefinition("id", new NonNullType(Scalars.ID)) { Description = "The id among all objects, for node(id)." });
        return node;
    });

    public IEnumerable<FieldDefinition> Fields(IReadOnlyList<FieldGuard> guards)
    {
        foreach (var binding in types.Objects.Where(o => o.Key is not null))
        {
            var loader = types.Options.NodeLoaders.GetValueOrDefault(binding.ClrType);
            if (loader is null && entities is not null && types.Model?.FindEntityType(binding.ClrType) is not null)
                loader = new NodeLoader((context, keys) => entities.Load(binding.ClrType, keys, context));
            if (loader is not null) _loaders.Add(binding.Type.Name, (binding, loader));
        }
        var node = Interface(types);
        yield return new FieldDefinition("node", node)
        {
            Description = "The object with this id; null when there is none, or none for this caller.", Guards = [.. guards],
            Arguments = [new InputValue("id", new NonNullType(Scalars.ID)) { Description = "The global id.", Convert = text => types.ParseId((string)text) }],
            Resolver = new BatchResolver(async context => (await Load(context, [context.Argument<GlobalId>("id")])) is [var only] ? Same(context, only) : []),
        };
        yield return new FieldDefinition("nodes", new NonNullType(new ListType(node)))
        {
            Description = "The objects with these ids, in their order; null where there is none, or none for this caller.", Guards = [.. guards], SizeArgument = "ids", AssumedSize = MaxIds,
            Arguments =
            [
                new InputValue("ids", new NonNullType(new ListType(new NonNullType(Scalars.ID))))
                {
                    Description = $"The global ids, at most {MaxIds}.", Convert = list => ParseIds((IReadOnlyList<object?>)list),
                },
            ],
            Resolver = new BatchResolver(async context => Same(context, await Load(context, context.Argument<GlobalId[]>("ids") ?? []))),
        };
    }

    private GlobalId[] ParseIds(IReadOnlyList<object?> texts) =>
        texts.Count <= MaxIds ? [.. texts.Select(t => types.ParseId((string)t!))] : throw new InvalidValueException($"At most {MaxIds} ids may be asked for at once.");

    private async Task<object?[]> Load(BatchContext context, GlobalId[] ids)
    {
        var found = new Dictionary<GlobalId, object>();
        foreach (var group in ids.Distinct().GroupBy(id => id.Type))
        {
            if (!_loaders.TryGetValue(group.Key, out var type) || type.Binding.Type.Guards.Exists(g => g.Deny(context.Request) is not null)) continue;
            var keys = group.Select(id => GlobalId.TryKey(id.Key, type.Binding.Key!.PropertyType, out var key) ? key : null).OfType<object>().ToArray();
            var keyOf = keys.Zip(group).ToDictionary(pair => pair.First, pair => pair.Second);
            foreach (var (key, value) in await type.Load.Load(context, keys)) found[keyOf[key]] = value;
        }
        return [.. ids.Select(id => found.GetValueOrDefault(id))];
    }

    private static object?[] Same(BatchContext context, object? value) => [.. Enumerable.Repeat(value, context.Parents.Count)];
}
