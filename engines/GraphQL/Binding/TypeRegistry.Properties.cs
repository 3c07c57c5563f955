using System.Reflection;
using Engines.GraphQL.Types;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Engines.GraphQL.Binding;

public sealed partial class TypeRegistry
{
    /// <summary>The annotation by which an EF model keeps a property out of every schema.</summary>
    public const string SecretAnnotation = "Secret";

    /// <summary>The properties of a C# type that its object type shows, hidden ones left out, in schema order.</summary>
    public IReadOnlyList<BoundProperty> Properties(Type type) =>
        Binding(type) is { } binding ? binding.Properties ??= [.. Visible(binding)] : throw new SchemaException($"{type.Name} has no [ObjectType] class.");

    /// <summary>Finds which types are nodes; all classes must be known by now.</summary>
    internal void FindKeys()
    {
        foreach (var binding in _objects.Values)
        {
            var entity = Model?.FindEntityType(binding.ClrType);
            var key = binding.ClrType.GetProperty("Id");
            var isEntity = entity?.FindPrimaryKey()?.Properties is [{ Name: "Id" }] && key is not null;
            if (binding.NodeAsked is true && key is null) throw new SchemaException($"{binding.ClrType.Name} has no Id and so cannot be a Node.");
            if (binding.NodeAsked ?? (isEntity || _options.NodeLoaders.ContainsKey(binding.ClrType))) binding.Key = key;
        }
        foreach (var binding in _objects.Values)
            foreach (var named in binding.Classes.SelectMany(Named).Where(name => binding.ClrType.GetProperty(name) is null))
                throw new SchemaException($"{binding.ClrType.Name} has no property '{named}' to hide, rename, guard or show plainly.");
    }

    internal static IEnumerable<PropertyInfo> PublicProperties(Type type) => type
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Concat(type.IsInterface ? type.GetInterfaces().SelectMany(i => i.GetProperties()) : [])
        .Where(p => p.GetMethod is { IsPublic: true } && p.GetIndexParameters().Length == 0)
        // A property that hides an inherited one stands for it.
        .GroupBy(p => p.Name).Select(g => g.MaxBy(p => Depth(p.DeclaringType!))!);

    private static IEnumerable<string> Named(Type @class) =>
    [
        .. @class.GetCustomAttribute<HideAttribute>()?.Properties ?? [], .. @class.GetCustomAttribute<PlainAttribute>()?.Properties ?? [],
        .. @class.GetCustomAttributes<RenameAttribute>().Select(r => r.Property), .. @class.GetCustomAttributes<FieldGuardAttribute>().SelectMany(g => g.Properties),
    ];

    private IEnumerable<BoundProperty> Visible(ObjectBinding binding)
    {
        var entity = Model?.FindEntityType(binding.ClrType);
        return PublicProperties(binding.ClrType)
            .Where(p => !p.IsDefined(typeof(GraphQLIgnoreAttribute)) && !_options.Hidden(p) && !binding.Hides(p) && (p == binding.Key || p.Name == binding.Key?.Name || !IsInternal(entity, p)))
            .Select(p => Bind(binding, entity, p))
            .Where(b => b.Navigation is not null ? Output(b.Navigation.TargetEntityType.ClrType) is not null : b.IsGlobalId || IsShown(b.Property))
            // The id, then the type's own properties as they stand, then what it inherits.
            .OrderByDescending(b => b.IsGlobalId).ThenByDescending(b => Depth(b.Property.DeclaringType!)).ThenBy(b => b.Property.MetadataToken);
    }

    private BoundProperty Bind(ObjectBinding binding, IEntityType? entity, PropertyInfo property) => new(
        binding.NewName(property) ?? Naming.Field(property), property,
        entity?.FindNavigation(property.Name) ?? (INavigationBase?)entity?.FindSkipNavigation(property.Name), Docs.Of(property))
    {
        IsGlobalId = binding.Key?.Name == property.Name, IsPlain = binding.IsPlain(property),
    };

    /// <summary>Keys that the database needs and clients do not: they have the object, or its global id.</summary>
    private static bool IsInternal(IEntityType? entity, PropertyInfo property)
    {
        if (entity?.FindProperty(property.Name) is { } column) return column.IsForeignKey() || column.FindAnnotation(SecretAnnotation) is not null;
        return entity?.FindNavigation(property.Name)?.FindAnnotation(SecretAnnotation) is not null
            || entity?.FindComplexProperty(property.Name)?.FindAnnotation(SecretAnnotation) is not null;
    }

    internal bool IsShown(PropertyInfo property) =>
        property.IsDefined(typeof(GraphQLTypeAttribute)) || OutputTypes.IdOf(property) is not null || OutputTypes.Of(this, Shape.Of(Nullability.Create(property))) is not null;

    private static int Depth(Type type)
    {
        var depth = 0;
        for (var t = type.BaseType; t is not null; t = t.BaseType) depth++;
        return depth;
    }
}
