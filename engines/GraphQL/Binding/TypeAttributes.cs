namespace Engines.GraphQL.Binding;

/// <summary>A static class whose public methods are fields of the query root.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class QueryTypeAttribute : Attribute;

/// <summary>A static class whose public methods are mutations: flat parameters become an input, the result a payload, declared exceptions typed errors.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class MutationTypeAttribute : Attribute;

/// <summary>A static class whose public methods are subscriptions and answer <see cref="IAsyncEnumerable{T}"/>.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SubscriptionTypeAttribute : Attribute;

/// <summary>Puts a C# type into the schema; see <see cref="ObjectTypeAttribute{T}"/>.</summary>
public abstract class ObjectTypeAttribute : Attribute
{
    private protected ObjectTypeAttribute(Type clrType) => ClrType = clrType;

    public Type ClrType { get; }
    /// <summary>The name in the schema; otherwise the C# type's.</summary>
    public string? Name { get; set; }
    /// <summary>Whether it implements Node. Unless said: when it is an entity of the model with a key named Id.</summary>
    public bool Node { get => NodeAsked ?? false; set => NodeAsked = value; }
    internal bool? NodeAsked { get; private set; }
}

/// <summary>
/// A static class that puts <typeparamref name="T"/> into the schema: its public properties become fields, and the class's public methods add to them or
/// replace them. Several classes may add to one type.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ObjectTypeAttribute<T>() : ObjectTypeAttribute(typeof(T));

/// <summary>Makes an interface of an abstract class or C# interface; see <see cref="InterfaceTypeAttribute{T}"/>.</summary>
public abstract class InterfaceTypeAttribute : Attribute
{
    private protected InterfaceTypeAttribute(Type clrType) => ClrType = clrType;

    public Type ClrType { get; }
    public string? Name { get; set; }
}

/// <summary>
/// A static class that makes <typeparamref name="T"/> an interface of the schema, implemented by every object type whose C# type is assignable to it. The
/// properties that all of them show are its fields, and so are the class's methods, which every implementer gets.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class InterfaceTypeAttribute<T>() : InterfaceTypeAttribute(typeof(T));

/// <summary>
/// Makes a union of a C# interface or class: of the object types named, or of all whose C# type is assignable to it. A field that answers
/// <see cref="object"/> names the union by <see cref="GraphQLTypeAttribute"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Interface)]
public sealed class UnionTypeAttribute(params Type[] members) : Attribute
{
    public IReadOnlyList<Type> Members => members;
    public string? Name { get; set; }
}

/// <summary>On an object type's class: properties that the schema does not show.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class HideAttribute(params string[] properties) : Attribute
{
    public IReadOnlyList<string> Properties => properties;
}

/// <summary>On an object type's class: a property that the schema shows under another name.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class RenameAttribute(string property, string name) : Attribute
{
    public string Property => property;
    public string Name => name;
}

/// <summary>On an object type's class: collections that are short by nature and shown as plain lists, not as connections.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PlainAttribute(params string[] properties) : Attribute
{
    public IReadOnlyList<string> Properties => properties;
}

/// <summary>
/// On an object type's class: its objects come one at a time, never in a list. Then its methods may answer queries of their own for their parent, with paging,
/// filtering and sorting as at the root.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AloneAttribute : Attribute;
