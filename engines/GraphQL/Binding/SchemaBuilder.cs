using System.Reflection;
using Engines.GraphQL.Data;
using Engines.GraphQL.Types;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Engines.GraphQL.Binding;

/// <summary>Binds C# to a schema: classes are found by their attributes, everything else follows from their methods and properties.</summary>
public sealed class SchemaBuilder(BindingOptions options)
{
    private readonly List<Type> _classes = [];
    private readonly List<DirectiveDefinition> _directives = [];
    private IModel? _model;
    private string? _description;

    /// <summary>All types of an assembly that carry one of the attributes.</summary>
    public SchemaBuilder AddTypes(Assembly assembly)
    {
        _classes.AddRange(assembly.GetTypes().Where(IsMarked).OrderBy(t => t.FullName, StringComparer.Ordinal));
        return this;
    }

    /// <summary>Single types that carry one of the attributes.</summary>
    public SchemaBuilder AddTypes(params Type[] types)
    {
        _classes.AddRange(types.Select(t => IsMarked(t) ? t : throw new SchemaException($"{t.Name} carries no attribute that puts it into a schema.")));
        return this;
    }

    /// <summary>A scalar, and the C# types that are shown as it without conversion.</summary>
    public SchemaBuilder AddScalar(ScalarType scalar, params Type[] clrTypes)
    {
        options.AddScalar(scalar, clrTypes);
        return this;
    }

    public SchemaBuilder AddDirective(DirectiveDefinition directive)
    {
        _directives.Add(directive);
        return this;
    }

    /// <summary>The EF model whose navigations become relations.</summary>
    public SchemaBuilder UseModel(IModel model)
    {
        _model = model;
        return this;
    }

    public SchemaBuilder Describe(string description)
    {
        _description = description;
        return this;
    }

    /// <exception cref="SchemaException">What the classes say cannot be a schema.</exception>
    public Schema Build()
    {
        var types = new TypeRegistry(options) { Model = _model };
        AddObjects(types);
        var interfaces = AddAbstracts(types);
        types.FindKeys();

        var entities = _model is null || options.Lease is null ? null : new EntityFields(types, new DataConventions
        {
            Lease = options.Lease, Id = Scalars.ID, ParseId = types.ParseId, FromLeaf = (value, type) => types.Read(type, value), FoldedOf = options.FoldedOf, Fold = options.Fold,
        });
        var binder = new FieldBinder(types, new InputTypes(types), entities);
        new ObjectFields(binder, interfaces).Fill();

        var query = Root("Query", "What can be read.", Fields<QueryTypeAttribute>(binder.Query));
        if (types.Objects.Any(o => o.Key is not null))
        {
            List<FieldGuard> guards = options.DefaultGuard is { } guard ? [guard] : [];
            foreach (var field in new NodeFields(types, entities).Fields(guards)) query.Add(field);
        }
        var mutations = new MutationBinder(binder, new MutationErrors(types, binder), query);
        var mutation = Root("Mutation", "What can be done.", Fields<MutationTypeAttribute>(mutations.Bind));
        var subscription = Root("Subscription", "What can be listened to.", Fields<SubscriptionTypeAttribute>(new SubscriptionBinder(binder).Bind));
        return new Schema(query, NotEmpty(mutation), NotEmpty(subscription), types.Objects.Select(o => o.Type), _directives, _description);
    }

    private static bool IsMarked(Type type) =>
        type.IsDefined(typeof(QueryTypeAttribute)) || type.IsDefined(typeof(MutationTypeAttribute)) || type.IsDefined(typeof(SubscriptionTypeAttribute))
        || type.IsDefined(typeof(ObjectTypeAttribute)) || type.IsDefined(typeof(InterfaceTypeAttribute)) || type.IsDefined(typeof(UnionTypeAttribute));

    private void AddObjects(TypeRegistry types)
    {
        var marked = _classes.Distinct().SelectMany(c => c.GetCustomAttributes<ObjectTypeAttribute>().Select(a => (Class: c, Marks: a))).ToList();
        // A name given by any of its classes counts, whichever is found first.
        foreach (var group in marked.GroupBy(m => m.Marks.ClrType))
        {
            var binding = types.AddObject(group.Key, group.Select(m => m.Marks.Name).FirstOrDefault(n => n is not null));
            foreach (var (@class, marks) in group) binding.Add(@class, marks.NodeAsked);
            // What a type is, its own summary says best.
            binding.Type.Description ??= group.Select(m => types.Docs.Of(m.Class)).FirstOrDefault(d => d is not null);
            binding.Type.Guards.AddRange(binding.Guards.Select(g => g.Create()));
            binding.Type.Description = types.Described(binding.Type.Description, binding.Type.Guards);
        }
    }

    private Dictionary<Type, List<Type>> AddAbstracts(TypeRegistry types)
    {
        var interfaces = new Dictionary<Type, List<Type>>();
        foreach (var @class in _classes.Distinct())
        {
            if (@class.GetCustomAttribute<UnionTypeAttribute>() is { } marks) AddUnion(types, @class, marks);
            if (@class.GetCustomAttribute<InterfaceTypeAttribute>() is not { } marked) continue;
            if (interfaces.TryGetValue(marked.ClrType, out var classes)) classes.Add(@class);
            else
            {
                interfaces.Add(marked.ClrType, [@class]);
                types.AddAbstract(marked.ClrType, new InterfaceType(marked.Name ?? Naming.Type(marked.ClrType)) { Description = types.Docs.Of(@class) ?? types.Docs.Of(marked.ClrType) });
            }
        }
        return interfaces;
    }

    private static void AddUnion(TypeRegistry types, Type @class, UnionTypeAttribute marks)
    {
        var union = new UnionType(marks.Name ?? Naming.Type(@class)) { Description = types.Docs.Of(@class) };
        union.Members.AddRange(marks.Members.Count > 0
            ? marks.Members.Select(m => types.Object(m) ?? throw new SchemaException($"{m.Name} is a member of {union.Name} and has no [ObjectType] class."))
            : types.Objects.Where(o => @class.IsAssignableFrom(o.ClrType)).Select(o => o.Type).OrderBy(t => t.Name, StringComparer.Ordinal));
        types.AddAbstract(@class, union);
    }

    private IEnumerable<FieldDefinition> Fields<T>(Func<MethodInfo, FieldDefinition> bind) where T : Attribute =>
        _classes.Distinct().Where(c => c.IsDefined(typeof(T))).SelectMany(FieldBinder.Methods).Select(bind);

    private static ObjectType Root(string name, string description, IEnumerable<FieldDefinition> fields)
    {
        var root = new ObjectType(name) { Description = description };
        foreach (var made in fields) root.Add(made);
        return root;
    }

    private static ObjectType? NotEmpty(ObjectType root) => root.Fields.Count > 0 ? root : null;
}
