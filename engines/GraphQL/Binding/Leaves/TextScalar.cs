using System.Text.Json;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Language;
using Engines.GraphQL.Types;

namespace Engines.GraphQL.Binding.Leaves;

/// <summary>A scalar that is a string on the wire.</summary>
public abstract class TextScalar<T>(string name, string accepts) : ScalarType(name) where T : notnull
{
    public sealed override object ParseLiteral(ValueNode literal) => literal is StringValueNode { Value: var text } && TryParse(text, out var value) ? value : throw Refused();

    public sealed override object ParseValue(JsonElement value) =>
        value.ValueKind is JsonValueKind.String && TryParse(value.GetString()!, out var parsed) ? parsed : throw Refused();

    public override void Write(object value, JsonOutput output) => output.String(value is T typed ? Text(typed) : throw new InvalidValueException($"{Name} cannot show this value."));

    public sealed override ValueNode ToLiteral(object value) => new StringValueNode(default, Text((T)value));

    protected abstract bool TryParse(string text, out T value);

    protected abstract string Text(T value);

    private InvalidValueException Refused() => new($"{Name} takes {accepts}.");
}
