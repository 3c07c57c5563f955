namespace Engines.GraphQL.Validation;

internal sealed class NestingLimit(ValidationContext context, SelectionMeasure measure) : LimitRule(context, measure)
{
    public override void Check()
    {
        if (Measure.TooNested is { } set) Report($"Selections nest deeper than {Options.MaxNesting} levels.", set);
    }
}
