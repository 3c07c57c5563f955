namespace Engines.GraphQL.Validation;

internal sealed class IntrospectionLimit(ValidationContext context, SelectionMeasure measure) : LimitRule(context, measure)
{
    public override void Check()
    {
        var lists = 0;
        foreach (var (field, size) in Measure.Introspections)
        {
            if ((lists = SelectionSize.Sum(lists, size.ListFields)) > Options.MaxIntrospectionListFields)
            {
                Report("The schema is asked for too many times over.", field);
                return;
            }
            if (size.OfTypes > Options.MaxIntrospectionOfType || size.Lists > Options.MaxIntrospectionLists)
                Report("Maximum introspection depth exceeded.", field);
        }
    }
}
