using System.Text.RegularExpressions;
using Engines.GraphQL.Binding;
using Engines.GraphQL.Data;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Types;

namespace Cmms.Tests.GraphQL.Data;

/// <summary>The fields that the engine makes of the workshop, and calls of them.</summary>
internal sealed class WorkshopFields
{
    private readonly WorkshopDatabase _database;
    private readonly Schema _schema;
    private readonly ListOptions _everything = ListOptions.Everything with { Search = [nameof(Machine.Name), nameof(Machine.Note)] };

    public WorkshopFields(WorkshopDatabase database)
    {
        _database = database;
        using var db = database.Open();
        Types = new TypeRegistry { Model = db.Model };
        Types.Map<Grams, long>("Long", grams => grams.Value, number => new Grams(number));
        foreach (var type in (Type[])[typeof(Machine), typeof(Plant), typeof(Part), typeof(Tag), typeof(Manual)]) Types.AddObject(type, null);
        Types.FindKeys();
        Entities = new EntityFields(Types, new DataConventions
        {
            Lease = _ => new ValueTask<DbLease>(new DbLease(database.Open(), Owned: true)),
            Id = Types.NamedLeaf("ID")!, ParseId = Types.ParseId, FromLeaf = (value, type) => Types.FromWire(type) is { } from ? from(value) : value,
            FoldedOf = property => property.DeclaringType.FindProperty($"{property.Name}Folded"), Fold = Workshop.Fold,
        });
        _schema = MakeSchema();
    }

    public TypeRegistry Types { get; }
    public EntityFields Entities { get; }

    public FieldDefinition Machines(ListOptions? options = null, Func<Workshop, IQueryable<Machine>>? query = null) =>
        Entities.List("machines", null, typeof(Machine), options ?? _everything, [], _ =>
        {
            var db = _database.Open();
            return new ValueTask<QuerySource>(new QuerySource(query is null ? db.Machines : query(db), new DbLease(db, Owned: true)));
        });

    public FieldDefinition Relation<T>(string name, ListOptions? options = null)
    {
        var property = Types.Properties(typeof(T)).Single(p => p.Name == name);
        return property.Navigation!.IsCollection ? Entities.Collection(property, options ?? ListOptions.Everything) : Entities.Reference(property);
    }

    /// <summary>One page of all machines, such as <c>nodes edges { cursor } pageInfo { endCursor }</c>.</summary>
    public async Task<Connection> Page(string selection, InputFields? arguments = null, ListOptions? options = null) =>
        (Connection)(await Call(Machines(options), selection, arguments, [new object()]))[0]!;

    /// <summary>The names of the machines that a filter leaves.</summary>
    public async Task<List<Machine>> Where(InputFields where) =>
        [.. ((IReadOnlyList<object>)(await Call(Machines(_everything with { Paging = null }), "id", Input.Of(("where", where)), [new object()]))[0]!).Cast<Machine>()];

    public async Task<IReadOnlyList<object?>> Call(FieldDefinition field, string selection, InputFields? arguments, IReadOnlyList<object> parents) =>
        await ((BatchResolver)field.Resolver!).Resolve(Context(field, selection, arguments, parents));

    public Task<IReadOnlyDictionary<object, object>> Load(Type entity, IReadOnlyCollection<object> keys) =>
        Entities.Load(entity, keys, Context(_schema.Query.Fields[0], "id", null, [new object()]));

    private BatchContext Context(FieldDefinition field, string selection, InputFields? arguments, IReadOnlyList<object> parents) =>
        new(new RequestContext(_schema, new NoServices(), CancellationToken.None), field, parents, arguments ?? [], Selected.Of(selection));

    private Schema MakeSchema()
    {
        foreach (var type in Types.Objects.Select(o => o.ClrType).ToList())
        {
            var target = Types.Object(type)!;
            foreach (var property in Types.Properties(type))
                target.Add(property.Navigation switch
                {
                    null => new FieldDefinition(property.Name, Types.Leaf(property.Property.PropertyType)!) { Resolver = new InlineResolver(property.Property.GetValue) },
                    { IsCollection: true } => Entities.Collection(property, ListOptions.Everything),
                    _ => Entities.Reference(property),
                });
        }
        var query = new ObjectType("Query");
        query.Add(Machines());
        return new Schema(query, null, null, Types.All.Values.Append(query), []);
    }

    private sealed class NoServices : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }
}

/// <summary>Coerced input, as the executor gives it.</summary>
internal static class Input
{
    public static InputFields Of(params (string Name, object? Value)[] fields)
    {
        var input = new InputFields();
        foreach (var (name, value) in fields) input[name] = value;
        return input;
    }

    public static List<object?> List(params object?[] items) => [.. items];
}

/// <summary>A selection written as GraphQL has it, without arguments.</summary>
internal sealed partial class Selected(Dictionary<string, Selected?> fields) : FieldSelection
{
    public override bool Selects(string field) => fields.ContainsKey(field);
    public override FieldSelection? Below(string field) => fields.GetValueOrDefault(field);

    public static Selected Of(string text)
    {
        var words = new Queue<string>(Word().Matches(text).Select(m => m.Value));
        return Set();

        Selected Set()
        {
            var fields = new Dictionary<string, Selected?>();
            while (words.TryDequeue(out var word) && word != "}")
            {
                var below = words.TryPeek(out var next) && next == "{";
                if (below) words.Dequeue();
                fields[word] = below ? Set() : null;
            }
            return new Selected(fields);
        }
    }

    [GeneratedRegex(@"\w+|[{}]")]
    private static partial Regex Word();
}
