using System.Reflection;
using Engines.GraphQL.Types;

namespace Engines.GraphQL.Binding;

/// <summary>Exceptions as types of the schema: one object type each, all of them an <c>Error</c>.</summary>
internal sealed class MutationErrors(TypeRegistry types, FieldBinder binder)
{
    private static readonly string[] Own = ["message", "code", "path"];
    private readonly Dictionary<Type, ObjectType> _objects = [];

    private InterfaceType Interface => types.GetOrAdd("Error", () =>
    {
        var error = new InterfaceType("Error") { Description = "Something that the caller can put right.", ResolveType = value => ObjectOf(((MutationError)value).Exception.GetType()) };
        foreach (var shared in Shared()) error.Add(new FieldDefinition(shared.Name, shared.Type) { Description = shared.Description });
        return error;
    });

    /// <summary>The union of the errors that one mutation can give.</summary>
    public UnionType Union(string name, string field, IEnumerable<Type> exceptions) => types.GetOrAdd(name, () =>
    {
        var union = new UnionType(name) { Description = $"What can go wrong in {field}." };
        union.Members.AddRange(exceptions.Select(Bind).DistinctBy(m => m.Name));
        union.ResolveType = value => ObjectOf(((MutationError)value).Exception.GetType(), union);
        return union;
    });

    /// <summary>The declared type that an exception counts as: its own or the nearest above it.</summary>
    public static Type? Declared(IReadOnlyCollection<Type> declared, Type exception)
    {
        for (var type = exception; type is not null; type = type.BaseType)
            if (declared.Contains(type)) return type;
        return null;
    }

    private ObjectType? ObjectOf(Type exception, UnionType? among = null)
    {
        for (var type = exception; type is not null; type = type.BaseType)
            if (_objects.TryGetValue(type, out var found) && among?.Members.Contains(found) is null or true) return found;
        return null;
    }

    private ObjectType Bind(Type exception)
    {
        if (_objects.TryGetValue(exception, out var known)) return known;
        var name = NameOf(exception);
        if (types.All.ContainsKey(name)) throw new SchemaException($"The error {exception.FullName} and another type are both named {name}.");
        var made = _objects[exception] = types.GetOrAdd(name, () => new ObjectType(name) { ClrType = exception, Description = types.Docs.Of(exception) });
        made.Interfaces.Add(Interface);
        foreach (var shared in Shared()) made.Add(shared);
        foreach (var figure in Figures(exception))
        {
            var bound = new BoundProperty(Naming.Field(figure), figure, null, types.Docs.Of(figure));
            var read = Getter.Converted(Getter.Boxed(figure), OutputTypes.Converter(types, figure, Shape.Of(types.Nullability.Create(figure))));
            var definition = binder.Value(exception, bound, []);
            made.Add(new FieldDefinition(definition.Name, definition.Type)
            {
                Description = definition.Description, DeprecationReason = definition.DeprecationReason, Cost = 0,
                Resolver = new InlineResolver(error => read(((MutationError)error).Exception)),
            });
        }
        return made;
    }

    /// <summary>What the exception says beyond its message: properties of its own, not those of abstract bases, which are the host's conventions.</summary>
    private IEnumerable<PropertyInfo> Figures(Type exception) => TypeRegistry.PublicProperties(exception).Where(p =>
        !p.DeclaringType!.IsAbstract && p.DeclaringType != typeof(Exception) && p.DeclaringType.Assembly != typeof(Exception).Assembly
        && !Own.Contains(Naming.Field(p)) && !p.IsDefined(typeof(GraphQLIgnoreAttribute)) && types.IsShown(p)).OrderBy(p => p.MetadataToken);

    private static string NameOf(Type exception)
    {
        var name = Naming.Type(exception);
        if (name.EndsWith("Exception", StringComparison.Ordinal)) name = name[..^9];
        return name.EndsWith("Error", StringComparison.Ordinal) ? name : name + "Error";
    }

    private static IEnumerable<FieldDefinition> Shared()
    {
        yield return new FieldDefinition("message", new NonNullType(Scalars.String))
        {
            Description = "What went wrong, for people.", Cost = 0, Resolver = new InlineResolver(error => ((MutationError)error).Exception.Message),
        };
        yield return new FieldDefinition("code", new NonNullType(Scalars.String))
        {
            Description = "What went wrong, for programs; codes never change.", Cost = 0, Resolver = new InlineResolver(error => ((MutationError)error).Code),
        };
        yield return new FieldDefinition("path", new ListType(new NonNullType(Scalars.String)))
        {
            Description = "The input at fault, from `input` down; null when it is no single one.", Cost = 0,
            Resolver = new InlineResolver(error => ((MutationError)error).Path),
        };
    }
}
