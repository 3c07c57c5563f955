using Engines.GraphQL.Types;

namespace Engines.GraphQL.Binding;

/// <summary>
/// Guards the field of a method or property, or every root field of a class; on an object type's class, or the C# type itself, the type: to whom it is denied, no
/// object of the type exists (<see cref="ObjectType.Guards"/>).
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property | AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true)]
public abstract class FieldGuardAttribute : Attribute
{
    public abstract FieldGuard Create();

    /// <summary>On an object type's class: guards these properties, and nothing else. Who may not read them may not filter or sort by them.</summary>
#pragma warning disable CA1819 // The language allows attributes no other kind of list.
    public string[] Properties { get; set; } = [];
#pragma warning restore CA1819

    internal bool IsWhole => Properties.Length == 0;
}

/// <summary>Exempts a root field, or all of a class, from the default guard.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class AllowAnonymousAttribute : Attribute;
