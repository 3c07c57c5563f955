using System.Collections;
using System.Globalization;
using System.Text;
using Engines.GraphQL.Execution.Planning;

namespace Engines.GraphQL.Execution.Sharing;

/// <summary>Those subscribers to whom one message serves: same operation, same variables where they matter, equal keys of the host.</summary>
internal sealed class Audience : IEquatable<Audience>
{
    private readonly OperationPlan _plan;
    private readonly string _inputs, _rights, _person;
    private readonly int _hash;

    private Audience(OperationPlan plan, string inputs, string rights, string person)
    {
        (_plan, _inputs, _rights, _person) = (plan, inputs, rights, person);
        _hash = HashCode.Combine(plan, inputs, rights, person);
    }

    /// <summary>Null where messages are each subscriber's own.</summary>
    public static Audience? Of(OperationPlan plan, IReadOnlyDictionary<string, object?> variables, SharingKeys? keys)
    {
        if (keys is null) return null;
        var inputs = new StringBuilder();
        foreach (var condition in plan.Conditions.Decide(variables) ?? []) inputs.Append(condition ? '1' : '0');
        foreach (var name in plan.Reach.Variables)
        {
            inputs.Append(';');
            // What was not given is not what was given as null.
            if (variables.TryGetValue(name, out var value) && !TryWrite(value, inputs)) return null;
        }
        return new Audience(plan, inputs.ToString(), keys.Rights, plan.Reach.IsPersonal ? keys.Person : "");
    }

    public bool Equals(Audience? other) =>
        ReferenceEquals(this, other) || (other is not null && _hash == other._hash && _plan == other._plan && _inputs == other._inputs && _rights == other._rights && _person == other._person);

    public override bool Equals(object? obj) => Equals(obj as Audience);
    public override int GetHashCode() => _hash;

    /// <summary>Writes a coerced value so that unequal ones never look alike; false for what has no such text, a file for example.</summary>
    private static bool TryWrite(object? value, StringBuilder text)
    {
        switch (value)
        {
            case null:
                text.Append('-');
                return true;
            case string s:
                text.Append(CultureInfo.InvariantCulture, $"{s.Length}:{s}");
                return true;
            case bool or int or long or double or decimal or Enum:
                text.Append(CultureInfo.InvariantCulture, $"{value.GetType().Name}={value}");
                return true;
            case IReadOnlyDictionary<string, object?> fields:
                text.Append('{');
                foreach (var (name, field) in fields.OrderBy(f => f.Key, StringComparer.Ordinal))
                {
                    text.Append(name).Append('=');
                    if (!TryWrite(field, text)) return false;
                }
                text.Append('}');
                return true;
            case IList list:
                text.Append('[');
                foreach (var item in list)
                {
                    if (!TryWrite(item, text)) return false;
                    text.Append(',');
                }
                text.Append(']');
                return true;
            default:
                return false;
        }
    }
}
