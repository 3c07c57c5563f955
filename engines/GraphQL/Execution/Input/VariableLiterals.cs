using System.Collections;
using System.Globalization;
using Engines.GraphQL.Language;
using Engines.GraphQL.Types;

namespace Engines.GraphQL.Execution.Input;

/// <summary>Variables inside the literal of a scalar that takes lists and objects, such as JSON: their values become part of the literal.</summary>
internal static class VariableLiterals
{
    public static ValueNode Filled(ValueNode literal, IReadOnlyDictionary<string, object?> variables) => literal switch
    {
        VariableNode variable => Literal(variable, variables.GetValueOrDefault(variable.Name)),
        ListValueNode list when list.Items.Any(HoldsVariable) => new ListValueNode(list.Span, [.. list.Items.Select(i => Filled(i, variables))]),
        // A field whose variable is not given is not given either.
        ObjectValueNode fields when fields.Fields.Any(f => HoldsVariable(f.Value)) => new ObjectValueNode(fields.Span, [.. fields.Fields
            .Where(f => f.Value is not VariableNode variable || variables.ContainsKey(variable.Name))
            .Select(f => new ObjectFieldNode(f.Span, f.Name, Filled(f.Value, variables)))]),
        _ => literal,
    };

    public static bool HoldsVariable(ValueNode value) => value switch
    {
        VariableNode => true,
        ListValueNode list => list.Items.Any(HoldsVariable),
        ObjectValueNode fields => fields.Fields.Any(f => HoldsVariable(f.Value)),
        _ => false,
    };

    private static ValueNode Literal(VariableNode variable, object? value)
    {
        var span = variable.Span;
        return value switch
        {
            null => new NullValueNode(span),
            string text => new StringValueNode(span, text),
            bool truth => new BooleanValueNode(span, truth),
            int or long => new IntValueNode(span, Convert.ToString(value, CultureInfo.InvariantCulture)!),
            double or decimal => new FloatValueNode(span, Convert.ToString(value, CultureInfo.InvariantCulture)!),
            IReadOnlyDictionary<string, object?> fields => new ObjectValueNode(span, [.. fields.Select(f => new ObjectFieldNode(span, f.Key, Literal(variable, f.Value)))]),
            IEnumerable items => new ListValueNode(span, [.. items.Cast<object?>().Select(i => Literal(variable, i))]),
            _ => throw new InvalidValueException($"Variable \"${variable.Name}\" is of a type that cannot stand inside this value."),
        };
    }
}
