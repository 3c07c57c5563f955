using Engines.GraphQL.Types;

namespace Engines.GraphQL.Binding;

/// <summary>Makes the C# value of a coerced one (never null).</summary>
internal delegate object ReadInput(object value, InputPath path);

/// <summary>An argument, or a field of an input object, and how its C# value comes about.</summary>
internal sealed class InputMember(string clrName, InputValue value, Type clrType, ReadInput read)
{
    public string ClrName => clrName;
    public InputValue Value => value;
    public Type ClrType => clrType;
    /// <summary>What it is when left out, where that is not the default of its type.</summary>
    public object? Default { get; init; }
    /// <summary>Makes an <see cref="Optional{T}"/> of a given value.</summary>
    public Func<object?, object>? Optional { get; init; }

    /// <summary>An optional whose value cannot be null: it may be left out, but not be set to nothing.</summary>
    public bool RefusesNull { get; init; }

    /// <summary>The C# value, out of the coerced fields that it stands among.</summary>
    public object? Read(InputFields fields, InputPath path)
    {
        if (!fields.TryGetValue(value.Name, out var given)) return Default;
        if (given is null && RefusesNull) throw new InputRefusedException(path, new InvalidValueException("It cannot be null; leave it out to keep what is there."));
        var made = given is null ? null : read(given, path);
        return Optional is null ? made : Optional(made);
    }

    public bool IsGiven(InputFields fields) => fields.ContainsKey(value.Name);
}
