using Engines.GraphQL.Language;

namespace Engines.GraphQL.Validation;

internal sealed class KnownOperationTypes(ValidationContext context) : ValidationRule(context)
{
    public override void EnterOperation(OperationDefinitionNode operation)
    {
        if (Context.Schema.RootOf(operation.Operation) is null) Report($"The {NameOf(operation.Operation)} operation is not supported by the schema.", operation.Span);
    }

    private static string NameOf(OperationType operation) => operation switch
    {
        OperationType.Query => "query",
        OperationType.Mutation => "mutation",
        _ => "subscription",
    };
}
