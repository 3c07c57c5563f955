namespace Engines.GraphQL.Validation;

internal sealed class DepthLimit(ValidationContext context, SelectionMeasure measure) : LimitRule(context, measure)
{
    public override void Check()
    {
        foreach (var (operation, size) in Measure.Operations)
            if (size.Depth > Options.MaxDepth) Report($"The operation is {size.Depth} fields deep, at most {Options.MaxDepth} are allowed.", operation);
    }
}
