using Engines.GraphQL.Language;

namespace Engines.GraphQL.Validation;

internal sealed class RootFieldLimit(ValidationContext context, SelectionMeasure measure) : LimitRule(context, measure)
{
    public override void Check()
    {
        foreach (var (operation, size) in Measure.Operations)
        {
            var most = operation.Operation is OperationType.Mutation ? Options.MaxMutationRootFields : Options.MaxQueryRootFields;
            if (size.Fields > most) Report($"The operation has more than {most} root fields.", operation);
        }
    }
}
