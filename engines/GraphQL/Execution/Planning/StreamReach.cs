using Engines.GraphQL.Language;

namespace Engines.GraphQL.Execution.Planning;

/// <summary>What a message of a subscription depends on, beside its item.</summary>
/// <param name="IsPersonal">A field or guard may answer otherwise to another person of equal rights.</param>
/// <param name="Variables">Those that reach below the stream's own field, in the order of their names. The arguments of that field itself have chosen the item.</param>
internal sealed record StreamReach(bool IsPersonal, IReadOnlyList<string> Variables)
{
    public static StreamReach Of(SelectionPlan root)
    {
        var isPersonal = false;
        var variables = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var field in root.Fields)
        {
            isPersonal |= field.Definition.Guards.Exists(g => !g.IsImpersonal);
            foreach (var selection in field.Selections) Walk(selection);
        }
        return new StreamReach(isPersonal, [.. variables]);

        void Walk(SelectionPlan selection)
        {
            foreach (var field in selection.Fields)
            {
                if (field.Kind is FieldKind.Typename) continue;
                isPersonal |= !field.Definition.IsImpersonal || field.Definition.Guards.Exists(g => !g.IsImpersonal);
                foreach (var argument in field.Occurrences[0].Node.Arguments) Names(argument.Value);
                foreach (var below in field.Selections) Walk(below);
            }
        }

        void Names(ValueNode value)
        {
            switch (value)
            {
                case VariableNode variable:
                    variables.Add(variable.Name);
                    break;
                case ListValueNode list:
                    foreach (var item in list.Items) Names(item);
                    break;
                case ObjectValueNode given:
                    foreach (var field in given.Fields) Names(field.Value);
                    break;
            }
        }
    }
}
