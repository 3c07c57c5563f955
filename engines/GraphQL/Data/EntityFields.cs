using System.Collections.Concurrent;
using System.Reflection;
using Engines.GraphQL.Binding;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Types;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Engines.GraphQL.Data;

/// <summary>
/// Makes the fields by which entities are read: lists with paging, filtering, sorting and search, and the relations between entities. Every object type
/// and its properties must be known to the registry before the first call.
/// </summary>
public sealed class EntityFields
{
    private readonly ConcurrentDictionary<Type, object> _byKey = new();
    private readonly TypeRegistry _types;

    public EntityFields(TypeRegistry types, DataConventions conventions)
    {
        (_types, Conventions) = (types, conventions);
        Shapes = new EntityShapes(types, conventions);
        Filters = new FilterTypes(types, Shapes, conventions);
        Sorts = new SortTypes(types, Shapes);
        Compiler = new FilterCompiler(Shapes, conventions);
    }

    internal DataConventions Conventions { get; }
    internal EntityShapes Shapes { get; }
    internal FilterTypes Filters { get; }
    internal SortTypes Sorts { get; }
    internal FilterCompiler Compiler { get; }

    /// <summary><c>XFilterInput</c>.</summary>
    public InputObjectType FilterInput(Type entity) => Filters.Of(entity);

    /// <summary><c>XSortInput</c>.</summary>
    public InputObjectType SortInput(Type entity) => Sorts.Of(entity);

    /// <summary>A list of entities that a resolver's query gives, the same for every parent: a connection, or a plain list.</summary>
    /// <param name="own">Arguments of the resolver itself.</param>
    /// <param name="source">Calls the resolver; an owned lease is given back when the field is done.</param>
    public FieldDefinition List(
        string name, string? description, Type entity, ListOptions options, IEnumerable<InputValue> own, Func<BatchContext, ValueTask<QuerySource>> source) =>
        Define(name, description, entity, options, own, Generic<Func<ListOptions, Func<BatchContext, ValueTask<QuerySource>>, BatchResolver>>(nameof(ListResolver), entity)(options, source));

    /// <summary>The first entity of a query that a resolver gives, or null.</summary>
    /// <inheritdoc cref="List"/>
    public FieldDefinition First(string name, string? description, Type entity, IEnumerable<InputValue> own, Func<BatchContext, ValueTask<QuerySource>> source) => new(name, ObjectOf(entity))
    {
        Description = description, Arguments = [.. own],
        Resolver = Generic<Func<Func<BatchContext, ValueTask<QuerySource>>, BatchResolver>>(nameof(FirstResolver), entity)(source),
    };

    /// <summary>The entity that a reference navigation leads to.</summary>
    public FieldDefinition Reference(BoundProperty property)
    {
        var navigation = property.Navigation!;
        var type = ObjectOf(navigation.TargetEntityType.ClrType);
        var resolver = Generic<Func<INavigation, BatchResolver>>(
            nameof(ReferenceResolver), navigation.DeclaringEntityType.ClrType, navigation.TargetEntityType.ClrType)((INavigation)navigation);
        return new FieldDefinition(property.Name, navigation.MayBeAbsent ? type : new NonNullType(type))
        {
            Description = property.Description, Resolver = resolver, Needs = [ReferenceLoader.CarriedKey((INavigation)navigation)?.Name ?? OwnKey(navigation)], Follows = navigation.Name,
            IsImpersonal = true,
        };
    }

    /// <summary>The entities of a collection navigation, also many-to-many: a connection with a page for each parent, or a plain list.</summary>
    public FieldDefinition Collection(BoundProperty property, ListOptions options)
    {
        var navigation = property.Navigation!;
        var resolver = Generic<Func<INavigationBase, ListOptions, BatchResolver>>(
            nameof(CollectionResolver), navigation.DeclaringEntityType.ClrType, navigation.TargetEntityType.ClrType)(navigation, options);
        return Define(property.Name, property.Description, navigation.TargetEntityType.ClrType, options, [], resolver, [OwnKey(navigation)], isImpersonal: true);
    }

    /// <summary>Entities by their keys, in one statement; those that do not exist, or not for this caller, are not in the answer.</summary>
    public Task<IReadOnlyDictionary<object, object>> Load(Type entity, IReadOnlyCollection<object> keys, BatchContext field) =>
        Generic<Func<IReadOnlyCollection<object>, BatchContext, Task<IReadOnlyDictionary<object, object>>>>(nameof(LoadEntities), entity)(keys, field);

    internal IReadOnlyList<SearchPath> Paths(Type entity, IReadOnlyList<string> paths) =>
        [.. paths.Select(path => new SearchPath(ColumnPath.Of(Shapes.Of(entity).EntityType, path, Conventions), () => GuardsOn(entity, path)))];

    internal IReadOnlyList<OrderKey> DefaultOrder(Type entity, ListOptions options) =>
        [.. options.Order.Select(by => new OrderKey(ColumnPath.Of(Shapes.Of(entity).EntityType, by.Property, Conventions), by.Descending))];

    private FieldDefinition Define(string name, string? description, Type entity, ListOptions options, IEnumerable<InputValue> own, BatchResolver resolver, IReadOnlyList<string>? needs = null, bool isImpersonal = false)
    {
        var node = ObjectOf(entity);
        List<InputValue> arguments = [.. own];
        if (options.Paging is { } paging) arguments.AddRange(Paging(paging));
        if (options.Search.Count > 0)
            arguments.Add(new InputValue("search", _types.LeafOf<string>()) { Description = "Only what holds each of these words, whatever the case and accents." });
        if (options.Filtering) arguments.Add(new InputValue("where", Filters.Of(entity)) { Description = "Only what meets these conditions." });
        if (options.Sorting)
            arguments.Add(new InputValue("order", new ListType(new NonNullType(Sorts.Of(entity)))) { Description = "What it is sorted by, the most important first." });
        GraphQLType type = options.Paging is null ? new NonNullType(new ListType(new NonNullType(node))) : _types.ConnectionOf(node);
        return new FieldDefinition(name, type)
        {
            Description = description, Arguments = arguments, Resolver = resolver, Needs = needs, IsImpersonal = isImpersonal,
            SizeArgument = options.Paging is null ? null : "first", AssumedSize = options.Paging?.DefaultPageSize ?? 10,
        };
    }

    private IEnumerable<InputValue> Paging(UsePagingAttribute paging)
    {
        var (number, cursor) = (_types.LeafOf<int>(), _types.LeafOf<string>());
        return
        [
            new InputValue("first", number) { Description = $"At most so many, from the start: 1 to {paging.MaxPageSize}, otherwise {paging.DefaultPageSize}." },
            new InputValue("after", cursor) { Description = "Only what comes after this cursor." },
            new InputValue("last", number) { Description = $"At most so many, from the end: 1 to {paging.MaxPageSize}; not together with first." },
            new InputValue("before", cursor) { Description = "Only what comes before this cursor." },
            new InputValue("offset", number) { Description = "Leaves so many out at the start, for tables with page numbers; not together with last." },
        ];
    }

    private BatchResolver ListResolver<T>(ListOptions options, Func<BatchContext, ValueTask<QuerySource>> source) where T : class
    {
        var list = new EntityList<T>(this, options);
        return new BatchResolver(async field =>
        {
            var query = await source(field);
            await using var lease = query.Lease;
            object answer = options.Paging is null ? await list.Rows(field, query) : await list.Page(field, query);
            return [.. Enumerable.Repeat(answer, field.Parents.Count)];
        });
    }

    private BatchResolver FirstResolver<T>(Func<BatchContext, ValueTask<QuerySource>> source) where T : class
    {
        var list = new EntityList<T>(this, new ListOptions());
        return new BatchResolver(async field =>
        {
            var query = await source(field);
            await using var lease = query.Lease;
            var found = await list.First(field, query);
            return field.Parents.Count == 1 ? [found] : [.. Enumerable.Repeat<object?>(found, field.Parents.Count)];
        });
    }

    private IEnumerable<FieldGuard> GuardsOn(Type? entity, string path)
    {
        foreach (var name in path.Split('.'))
        {
            if (entity is null || ObjectOf(entity).Find(_types.Properties(entity).FirstOrDefault(p => p.Property.Name == name)?.Name ?? "") is not { } field) continue;
            foreach (var guard in field.AllGuards) yield return guard;
            entity = field.Type.Named is ObjectType { ClrType: { } target } ? target : null;
        }
    }

    private static string OwnKey(INavigationBase navigation) => navigation.DeclaringEntityType.FindPrimaryKey()!.Properties[^1].Name;

    private BatchResolver ReferenceResolver<TOwner, T>(INavigation navigation) where TOwner : class where T : class
    {
        var reference = new ReferenceLoader<TOwner, T>(navigation);
        return new BatchResolver(async field => await reference.Load(field, Conventions));
    }

    private BatchResolver CollectionResolver<TOwner, T>(INavigationBase navigation, ListOptions options) where TOwner : class where T : class
    {
        var collection = new CollectionLoader<TOwner, T>(navigation, new EntityList<T>(this, options), Shapes.Of(typeof(TOwner)).Key);
        return new BatchResolver(async field =>
        {
            await using var lease = await Conventions.Lease(field);
            return options.Paging is { } paging ? await collection.Pages(field, lease.Context, paging) : await collection.Lists(field, lease.Context);
        });
    }

    private async Task<IReadOnlyDictionary<object, object>> LoadEntities<T>(IReadOnlyCollection<object> keys, BatchContext field) where T : class
    {
        if (keys.Count == 0) return new Dictionary<object, object>();
        await using var lease = await Conventions.Lease(field);
        var rows = (KeyedRows<T>)_byKey.GetOrAdd(typeof(T), _ => KeyedRows<T>.By(Shapes.Of(typeof(T)).Key));
        return await rows.Load(lease.Context, keys, field.Cancel);
    }

    private ObjectType ObjectOf(Type entity) => _types.Object(entity) ?? throw new SchemaException($"{entity.Name} has no [ObjectType] class.");

    private T Generic<T>(string method, params Type[] arguments) where T : Delegate =>
        typeof(EntityFields).GetMethod(method, BindingFlags.Instance | BindingFlags.NonPublic)!.MakeGenericMethod(arguments).CreateDelegate<T>(this);
}
