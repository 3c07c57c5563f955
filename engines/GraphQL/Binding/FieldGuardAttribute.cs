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

    /// <summary>On an object type's class: guards these properties, and nothing else. Who may not read them may not filter or sort by them.</summary>
#pragma warning disable CA1819 // The language allows attributes no other kind of list.
    public string[] Properties { get; set; } = [];
#pragma warning restore CA1819

    internal bool IsOfClass => !WholeType && Properties.Length == 0;
}

/// <summary>Exempts a root field, or all of a class, from the default guard.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class AllowAnonymousAttribute : Attribute;
