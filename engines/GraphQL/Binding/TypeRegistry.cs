using System.Reflection;
using Engines.GraphQL.Types;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Engines.GraphQL.Binding;

/// <summary>Which schema type stands for which C# type, while a schema is being bound.</summary>
public sealed partial class TypeRegistry
{
    /// <summary>The EF model whose navigations become relations; null without a database.</summary>
    public IModel? Model { get; init; }

    /// <summary>The scalar or enum of a leaf type, nullable wrappers of C# ignored; null when the type is no leaf.</summary>
    public NamedType? Leaf(Type type) => throw new NotImplementedException();

    /// <summary>The object type of a C# type that has an <c>[ObjectType]</c> class; null when it is not in the schema.</summary>
    public ObjectType? Object(Type type) => throw new NotImplementedException();

    /// <summary>The properties of a C# type that its object type shows, hidden ones left out, in schema order.</summary>
    public IReadOnlyList<BoundProperty> Properties(Type type) => throw new NotImplementedException();

    /// <summary>Adds a type under its name, or answers the one that is there.</summary>
    public T GetOrAdd<T>(string name, Func<T> make) where T : NamedType => throw new NotImplementedException();
}

/// <summary>A property as the schema shows it.</summary>
/// <param name="Navigation">The EF navigation behind it (reference, collection or many-to-many), or null for a plain value.</param>
public sealed record BoundProperty(string Name, PropertyInfo Property, INavigationBase? Navigation, string? Description);
