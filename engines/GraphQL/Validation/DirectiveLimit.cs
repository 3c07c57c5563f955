namespace Engines.GraphQL.Validation;

internal sealed class DirectiveLimit(ValidationContext context, SelectionMeasure measure) : LimitRule(context, measure)
{
    public override void Check()
    {
        foreach (var first in Measure.Crowded) Report($"At most {Options.MaxDirectives} directives may stand at one place.", first);
    }
}
