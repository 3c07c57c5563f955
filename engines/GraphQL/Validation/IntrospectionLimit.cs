namespace Engines.GraphQL.Validation;

internal sealed class IntrospectionLimit(ValidationContext context, SelectionMeasure measure) : LimitRule(context, measure)
{
    public override void Check()
    {
        foreach (var (field, size) in Measure.Introspections)
        {
            if (size.OfTypes > Options.MaxIntrospectionOfType || size.Lists > Options.MaxIntrospectionLists)
                Report("Maximum introspection depth exceeded.", field);
        }
    }
}
