namespace Engines.GraphQL.Validation;

internal sealed class FragmentLimit(ValidationContext context, SelectionMeasure measure) : LimitRule(context, measure)
{
    public override void Check()
    {
        foreach (var (operation, size) in Measure.Operations)
            if (size.Visits > Options.MaxFragmentVisits) Report($"The operation visits fragments more than {Options.MaxFragmentVisits} times.", operation);
    }
}
