using Engines.GraphQL.Language;

namespace Engines.GraphQL.Validation;

internal sealed class UniqueOperationNames(ValidationContext context) : ValidationRule(context)
{
    private readonly Dictionary<string, Span> _known = new(StringComparer.Ordinal);

    public override void EnterOperation(OperationDefinitionNode operation)
    {
        if (operation.Name is not null && !_known.TryAdd(operation.Name, operation.NameSpan))
            Report($"There can be only one operation named \"{operation.Name}\".", _known[operation.Name], operation.NameSpan);
    }
}
