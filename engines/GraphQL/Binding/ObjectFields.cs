using System.Reflection;
using Engines.GraphQL.Types;

namespace Engines.GraphQL.Binding;

/// <summary>Fills the object types, and the interfaces with what all their implementers show.</summary>
/// <param name="interfaces">The classes of each C# type that is an interface of the schema.</param>
internal sealed class ObjectFields(FieldBinder binder, IReadOnlyDictionary<Type, List<Type>> interfaces)
{
    private readonly TypeRegistry _types = binder.Types;

    public void Fill()
    {
        foreach (var binding in _types.Objects.ToArray()) Fill(binding);
        foreach (var (type, classes) in interfaces) Fill(type, classes);
    }

    private void Fill(ObjectBinding binding)
    {
        var above = interfaces.Where(i => i.Key.IsAssignableFrom(binding.ClrType)).ToArray();
        if (binding.Key is not null) binding.Type.Interfaces.Add(NodeFields.Interface(_types));
        binding.Type.Interfaces.AddRange(above.Select(i => (InterfaceType)_types.Output(i.Key)!));

        // Its own classes have the last word over what interfaces give it.
        var methods = new Dictionary<string, MethodInfo>();
        foreach (var method in above.SelectMany(i => i.Value).Concat(binding.Classes).SelectMany(FieldBinder.Methods)) methods[Naming.Field(method)] = method;
        foreach (var property in _types.Properties(binding.ClrType))
            binding.Type.Add(methods.Remove(property.Name, out var replacement) ? binder.Method(binding, replacement) : binder.Property(binding, property));
        foreach (var method in methods.Values) binding.Type.Add(binder.Method(binding, method));
        if (binding.Type.Fields.Count == 0) throw new SchemaException($"{binding.Type.Name} shows nothing: none of its properties is in the schema.");
    }

    private void Fill(Type type, List<Type> classes)
    {
        var made = (InterfaceType)_types.Output(type)!;
        var implementers = _types.Objects.Where(o => type.IsAssignableFrom(o.ClrType)).ToArray();
        if (implementers.Length == 0) throw new SchemaException($"No object type is a {type.Name}.");
        if (Array.TrueForAll(implementers, o => o.Key is not null)) made.Interfaces.Add(NodeFields.Interface(_types));
        // An interface under another one is one of it.
        made.Interfaces.AddRange(interfaces.Keys.Where(other => other != type && other.IsAssignableFrom(type)).Select(other => (InterfaceType)_types.Output(other)!));

        var names = TypeRegistry.PublicProperties(type).Select(p => p.Name).ToHashSet();
        var shared = implementers.Select(o => _types.Properties(o.ClrType).Where(p => names.Contains(p.Property.Name)).Select(p => p.Name))
            .Aggregate((IEnumerable<string> all, IEnumerable<string> one) => all.Intersect(one))
            .Concat(classes.SelectMany(FieldBinder.Methods).Select(Naming.Field)).Distinct();
        foreach (var name in shared)
        {
            var field = implementers[0].Type.Find(name)!;
            made.Add(new FieldDefinition(name, field.Type) { Description = field.Description, DeprecationReason = field.DeprecationReason, Arguments = [.. field.Arguments] });
        }
    }
}
