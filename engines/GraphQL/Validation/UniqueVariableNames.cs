using Engines.GraphQL.Language;

namespace Engines.GraphQL.Validation;

internal sealed class UniqueVariableNames(ValidationContext context) : ValidationRule(context)
{
    public override void EnterOperation(OperationDefinitionNode operation)
    {
        foreach (var same in operation.Variables.GroupBy(v => v.Variable.Name).Where(g => g.Count() > 1))
            Report($"There can be only one variable named \"${same.Key}\".", [.. same.Select(v => v.Variable.NameSpan)]);
    }
}
