namespace Engines.GraphQL.Binding;

/// <summary>The name in the schema, where it is not the C# name.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property | AttributeTargets.Parameter | AttributeTargets.Field | AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum)]
public sealed class GraphQLNameAttribute(string name) : Attribute
{
    public string Name => name;
}

/// <summary>Leaves a member out of the schema.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property | AttributeTargets.Field)]
public sealed class GraphQLIgnoreAttribute : Attribute;

/// <summary>The description in the schema, in place of the XML summary.</summary>
[AttributeUsage(AttributeTargets.All)]
public sealed class GraphQLDescriptionAttribute(string description) : Attribute
{
    public string Description => description;
}

/// <summary>Marks as deprecated; so does <see cref="ObsoleteAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property | AttributeTargets.Parameter | AttributeTargets.Field)]
public sealed class GraphQLDeprecatedAttribute(string reason) : Attribute
{
    public string Reason => reason;
}

/// <summary>The output type as SDL writes it, such as <c>[Node]!</c>, where the C# type does not say it.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property)]
public sealed class GraphQLTypeAttribute(string type) : Attribute
{
    public string Type => type;
}

/// <summary>The result is a <see cref="Data.Connection"/> of <typeparamref name="T"/> that the method pages itself, by its own parameters first, after and so on.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ConnectionOfAttribute<T> : ConnectionOfAttribute
{
    internal override Type NodeType => typeof(T);
}

/// <summary>See <see cref="ConnectionOfAttribute{T}"/>.</summary>
public abstract class ConnectionOfAttribute : Attribute
{
    internal abstract Type NodeType { get; }
}

/// <summary>A global id of any type: on a <see cref="GlobalId"/>, or a list of them.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property | AttributeTargets.Method)]
public class IDAttribute : Attribute
{
    internal virtual Type? ClrType => null;
}

/// <summary>A key that clients see as the global id of a <typeparamref name="T"/>; an id of another type is refused.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property | AttributeTargets.Method)]
public sealed class IDAttribute<T> : IDAttribute
{
    internal override Type ClrType => typeof(T);
}

/// <summary>The object whose field a method computes.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ParentAttribute : Attribute;

/// <summary>A parameter that comes from the request's services, not from the client.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ServiceAttribute : Attribute;

/// <summary>An input of which exactly one field must be given.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class OneOfAttribute : Attribute;

/// <summary>The root field tests or makes credentials: only a few such fields may stand in one operation.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TouchesCredentialsAttribute : Attribute;

/// <summary>The cost of one call, for cost limits.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CostAttribute(double cost) : Attribute
{
    public double Cost => cost;
    /// <summary>For a list without paging: how long it is taken to be.</summary>
    public int AssumedSize { get; set; } = 1;
}
