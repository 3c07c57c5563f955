using Engines.GraphQL.Types;

namespace Engines.GraphQL.Binding;

/// <summary>
/// Guards a method's field, every field that a class adds, or (on the C# type itself, or with <see cref="WholeType"/> on its class) every field of an object type.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property | AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true)]
public abstract class FieldGuardAttribute : Attribute
{
    public abstract FieldGuard Create();

    /// <summary>On an object type's class: guards every field of the type, its properties too.</summary>
    public bool WholeType { get; set; }
}

/// <summary>Exempts a root field, or all of a class, from the default guard.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class AllowAnonymousAttribute : Attribute;
