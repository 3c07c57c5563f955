using Engines.GraphQL.Language;
using Engines.GraphQL.Types;

namespace Engines.GraphQL.Validation;

internal sealed class VariablesInAllowedPosition(ValidationContext context) : ValidationRule(context)
{
    public override void LeaveDocument()
    {
        foreach (var operation in Context.Operations.Where(o => o.Variables.Count > 0))
        {
            var defined = new Dictionary<string, (VariableDefinitionNode Node, GraphQLType? Type)>(StringComparer.Ordinal);
            foreach (var variable in operation.Variables) defined[variable.Variable.Name] = (variable, Context.Schema.Resolve(variable.Type));
            foreach (var usage in Context.UsagesOf(operation))
                if (usage.Type is not null && defined.TryGetValue(usage.Node.Name, out var variable) && variable.Type is not null) Check(usage, variable.Node, variable.Type);
        }
    }

    private void Check(VariableUsage usage, VariableDefinitionNode definition, GraphQLType type)
    {
        if (IsAllowed(usage, definition, type)) return;
        // In a OneOf input object a null is as wrong as where the type itself forbids it.
        var isOneOf = usage.OneOf is not null && Schema.IsSubtype(type, usage.Type!);
        Report(isOneOf
            ? $"Variable \"${usage.Node.Name}\" is of type \"{type}\" but must be non-nullable to be used for OneOf Input Object \"{usage.OneOf}\"."
            : $"Variable \"${usage.Node.Name}\" of type \"{type}\" used in position expecting type \"{usage.Type}\".", definition.Span, usage.Node.Span);
    }

    /// <summary>A variable that may be null may stand where null is forbidden if one of the two has a default.</summary>
    private static bool IsAllowed(VariableUsage usage, VariableDefinitionNode definition, GraphQLType type) =>
        (usage.Type!.IsNonNull || usage.OneOf is not null) && !type.IsNonNull
            ? (usage.HasDefault || definition.DefaultValue is not (null or NullValueNode)) && Schema.IsSubtype(type, usage.Type.Nullable)
            : Schema.IsSubtype(type, usage.Type);
}
