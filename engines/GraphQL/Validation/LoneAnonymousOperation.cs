using Engines.GraphQL.Language;

namespace Engines.GraphQL.Validation;

internal sealed class LoneAnonymousOperation(ValidationContext context) : ValidationRule(context)
{
    public override void EnterOperation(OperationDefinitionNode operation)
    {
        if (operation.Name is null && Context.Operations.Skip(1).Any()) Report("This anonymous operation must be the only defined operation.", operation.Span);
    }
}
