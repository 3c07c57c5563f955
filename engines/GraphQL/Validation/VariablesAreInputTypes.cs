using Engines.GraphQL.Language;

namespace Engines.GraphQL.Validation;

internal sealed class VariablesAreInputTypes(ValidationContext context) : ValidationRule(context)
{
    public override void EnterVariable(VariableDefinitionNode variable)
    {
        if (Context.Schema.Resolve(variable.Type) is { Named.IsInput: false } type)
            Report($"Variable \"${variable.Variable.Name}\" cannot be non-input type \"{type}\".", variable.Type.Span);
    }
}
