namespace Engines.GraphQL.Validation;

internal sealed class AliasLimit(ValidationContext context, SelectionMeasure measure) : LimitRule(context, measure)
{
    public override void Check()
    {
        foreach (var (operation, size) in Measure.Operations)
        {
            if (size.Aliases > Options.MaxAliases) Report($"The operation has more than {Options.MaxAliases} aliases.", operation);
            if (size.LongestAlias > Options.MaxAliasLength) Report($"An alias has more than {Options.MaxAliasLength} characters.", operation);
        }
    }
}
