namespace Engines.GraphQL.Binding;

/// <summary>Names the field of a mutation's result; on a record: each of its properties becomes a field of the payload.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class PayloadAttribute(string? name = null) : Attribute
{
    public string? Name => name;
}

/// <summary>On a property of a payload: a secret, which stands in the first answer alone. Where answers are kept for an idempotency key, it is not.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ShownOnceAttribute : Attribute;

/// <summary>Exceptions that become typed errors of a mutation, or of every mutation of a class.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true)]
public abstract class ErrorAttribute : Attribute
{
    private protected ErrorAttribute(params Type[] types) => Types = types;

    public IReadOnlyList<Type> Types { get; }
}

/// <inheritdoc/>
public sealed class ErrorAttribute<T>() : ErrorAttribute(typeof(T)) where T : Exception;

/// <inheritdoc/>
public sealed class ErrorAttribute<T1, T2>() : ErrorAttribute(typeof(T1), typeof(T2)) where T1 : Exception where T2 : Exception;

/// <inheritdoc/>
public sealed class ErrorAttribute<T1, T2, T3>() : ErrorAttribute(typeof(T1), typeof(T2), typeof(T3)) where T1 : Exception where T2 : Exception where T3 : Exception;

/// <inheritdoc/>
public sealed class ErrorAttribute<T1, T2, T3, T4>() : ErrorAttribute(typeof(T1), typeof(T2), typeof(T3), typeof(T4))
    where T1 : Exception where T2 : Exception where T3 : Exception where T4 : Exception;

/// <inheritdoc/>
public sealed class ErrorAttribute<T1, T2, T3, T4, T5>() : ErrorAttribute(typeof(T1), typeof(T2), typeof(T3), typeof(T4), typeof(T5))
    where T1 : Exception where T2 : Exception where T3 : Exception where T4 : Exception where T5 : Exception;

/// <inheritdoc/>
public sealed class ErrorAttribute<T1, T2, T3, T4, T5, T6>() : ErrorAttribute(typeof(T1), typeof(T2), typeof(T3), typeof(T4), typeof(T5), typeof(T6))
    where T1 : Exception where T2 : Exception where T3 : Exception where T4 : Exception where T5 : Exception where T6 : Exception;
