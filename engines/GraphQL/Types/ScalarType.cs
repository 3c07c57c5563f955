using System.Text.Json;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Language;

namespace Engines.GraphQL.Types;

/// <summary>A leaf: how its values are read from literals and variables, and written to JSON.</summary>
public abstract class ScalarType(string name) : NamedType(name)
{
    /// <summary>The address of the specification that the values follow (<c>@specifiedBy</c>).</summary>
    public string? SpecifiedBy { get; init; }

    /// <summary>The runtime value of a literal that holds no variable.</summary>
    /// <exception cref="InvalidValueException">The literal is no such value.</exception>
    public abstract object ParseLiteral(ValueNode literal);

    /// <summary>The runtime value of a variable's JSON (never null).</summary>
    /// <exception cref="InvalidValueException">The JSON is no such value.</exception>
    public abstract object ParseValue(JsonElement value);

    /// <summary>Writes a runtime value as JSON.</summary>
    /// <exception cref="InvalidValueException">The value cannot be represented by this scalar.</exception>
    public abstract void Write(object value, JsonOutput output);

    /// <summary>A runtime value as a literal, for defaults in introspection and SDL.</summary>
    public abstract ValueNode ToLiteral(object value);
}

/// <summary>A value that a scalar, enum or input type refuses; the message is shown to the client.</summary>
public sealed class InvalidValueException(string message) : Exception(message);
