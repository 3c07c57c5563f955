namespace Engines.GraphQL.Types;

/// <summary>What introspection calls the kinds of types.</summary>
public enum TypeKind
{
    Scalar, Object, Interface, Union, Enum, InputObject, List, NonNull,
}
