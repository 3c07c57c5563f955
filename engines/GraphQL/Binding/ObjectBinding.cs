using System.Reflection;
using Engines.GraphQL.Types;

namespace Engines.GraphQL.Binding;

/// <summary>What the classes of one C# type say about its object type.</summary>
internal sealed class ObjectBinding(Type clrType, ObjectType type)
{
    public Type ClrType => clrType;
    public ObjectType Type => type;
    public List<Type> Classes { get; } = [];
    public bool? NodeAsked { get; private set; }
    /// <summary>The property whose value is the key of the global id; null: no Node.</summary>
    public PropertyInfo? Key { get; set; }
    public IReadOnlyList<BoundProperty>? Properties { get; set; }

    public void Add(Type @class, bool? node)
    {
        Classes.Add(@class);
        NodeAsked ??= node;
    }

    public bool Hides(PropertyInfo property) => Classes.Any(c => c.GetCustomAttribute<HideAttribute>()?.Properties.Contains(property.Name) is true);

    public string? NewName(PropertyInfo property) =>
        Classes.SelectMany(c => c.GetCustomAttributes<RenameAttribute>()).FirstOrDefault(r => r.Property == property.Name)?.Name;

    public bool IsPlain(PropertyInfo property) => Classes.Any(c => c.GetCustomAttribute<PlainAttribute>()?.Properties.Contains(property.Name) is true);

    /// <summary>What guards the type.</summary>
    public IEnumerable<FieldGuardAttribute> Guards =>
        clrType.GetCustomAttributes<FieldGuardAttribute>().Concat(Classes.SelectMany(c => c.GetCustomAttributes<FieldGuardAttribute>())).Where(g => g.IsWhole);

    /// <summary>What guards one property.</summary>
    public IEnumerable<FieldGuardAttribute> GuardsOf(PropertyInfo property) => property.GetCustomAttributes<FieldGuardAttribute>()
        .Concat(Classes.SelectMany(c => c.GetCustomAttributes<FieldGuardAttribute>()).Where(g => g.Properties.Contains(property.Name)));
}
