using System.Reflection;
using Engines.GraphQL.Types;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Engines.GraphQL.Binding;

/// <summary>Which schema type stands for which C# type, while a schema is being bound.</summary>
public sealed partial class TypeRegistry
{
    private readonly Dictionary<string, NamedType> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<Type, ObjectBinding> _objects = [];
    private readonly Dictionary<Type, CompositeType> _abstract = [];
    private readonly BindingOptions _options;

    public TypeRegistry() : this(new BindingOptions())
    {
    }

    public TypeRegistry(BindingOptions options)
    {
        _options = options;
        foreach (var path in options.Documentation) Docs.Load(path);
        AddBuiltInLeaves();
        foreach (var (scalar, clrTypes) in options.Scalars) AddScalar(scalar, clrTypes);
        foreach (var map in options.Leaves) map(this);
    }

    /// <summary>The EF model whose navigations become relations; null without a database.</summary>
    public IModel? Model { get; init; }

    internal XmlDocs Docs { get; } = new();
    internal NullabilityInfoContext Nullability { get; } = new();
    internal IReadOnlyDictionary<string, NamedType> All => _types;
    internal IEnumerable<ObjectBinding> Objects => _objects.Values;
    internal BindingOptions Options => _options;

    /// <summary>The object type of a C# type that has an <c>[ObjectType]</c> class; null when it is not in the schema.</summary>
    public ObjectType? Object(Type type) => Binding(type)?.Type;

    /// <summary>Adds a type under its name, or answers the one that is there.</summary>
    public T GetOrAdd<T>(string name, Func<T> make) where T : NamedType
    {
        if (_types.TryGetValue(name, out var there)) return there as T ?? throw new SchemaException($"{name} is both {there.GetType().Name} and {typeof(T).Name}.");
        var made = make();
        // Making it may have led back here.
        return _types.TryAdd(name, made) ? made : (T)_types[name];
    }

    internal ObjectBinding? Binding(Type type) => _objects.GetValueOrDefault(type);

    /// <summary>The class of a C# type, made when its first class is seen.</summary>
    internal ObjectBinding AddObject(Type type, string? name)
    {
        if (_objects.TryGetValue(type, out var binding)) return binding;
        name ??= Naming.Type(type);
        if (_types.ContainsKey(name)) throw new SchemaException($"Two types are named {name}.");
        var made = new ObjectType(name) { ClrType = type, Description = Docs.Of(type) };
        _types.Add(name, made);
        return _objects[type] = new ObjectBinding(type, made);
    }

    internal void AddAbstract(Type type, CompositeType made)
    {
        if (!_types.TryAdd(made.Name, made)) throw new SchemaException($"Two types are named {made.Name}.");
        _abstract[type] = made;
    }

    /// <summary>The type of a plain C# type in an answer: a leaf, an object, an interface or a union.</summary>
    internal NamedType? Output(Type type) => Leaf(type) ?? Object(type) ?? (NamedType?)_abstract.GetValueOrDefault(type);

    /// <summary>A description that says what a field or type needs.</summary>
    internal string? Described(string? description, IEnumerable<FieldGuard> guards)
    {
        var needs = guards.Where(g => g != _options.DefaultGuard).Select(g => g.Requirement).Where(r => r.Length > 0).ToArray();
        return needs.Length == 0 ? description : $"{description} Requires {string.Join(" and ", needs)}.".TrimStart();
    }

    /// <summary>A type as SDL writes it.</summary>
    internal GraphQLType Parse(string sdl)
    {
        var text = sdl.Trim();
        if (text.EndsWith('!')) return new NonNullType(Parse(text[..^1]));
        if (text is ['[', .. var inner, ']']) return new ListType(Parse(inner));
        return _types.GetValueOrDefault(text) ?? NamedLeaf(text) ?? throw new SchemaException($"No type is named {text}.");
    }
}

/// <summary>A property as the schema shows it.</summary>
/// <param name="Navigation">The EF navigation behind it (reference, collection or many-to-many), or null for a plain value.</param>
public sealed record BoundProperty(string Name, PropertyInfo Property, INavigationBase? Navigation, string? Description)
{
    /// <summary>Whether the schema shows it as the global id of its object.</summary>
    public bool IsGlobalId { get; init; }

    /// <summary>Whether a collection is shown as a plain list.</summary>
    public bool IsPlain { get; init; }
}
