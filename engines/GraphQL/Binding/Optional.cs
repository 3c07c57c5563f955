namespace Engines.GraphQL.Binding;

/// <summary>An input that tells "left out" from "null": what is not set is not to be changed.</summary>
public readonly record struct Optional<T>
{
    public Optional(T value) => (IsSet, Value) = (true, value);

    public bool IsSet { get; }
    /// <summary>The value given, or the default of T.</summary>
    public T? Value { get; }

    /// <summary>The value given, or else what is there already.</summary>
    public T Or(T current) => IsSet ? Value! : current;

    // An operator has no better name here than its constructor.
#pragma warning disable CA2225
    public static implicit operator Optional<T>(T value) => new(value);
#pragma warning restore CA2225
}
