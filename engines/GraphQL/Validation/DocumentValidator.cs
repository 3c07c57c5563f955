using Engines.GraphQL.Language;
using Engines.GraphQL.Types;

namespace Engines.GraphQL.Validation;

/// <summary>Whether a document may run against a schema. Limits come first, so that no rule works on a document without bounds; then all rules in one walk.</summary>
public static class DocumentValidator
{
    /// <returns>The errors in the order they were found; none for a valid document.</returns>
    public static IReadOnlyList<GraphQLError> Validate(Schema schema, DocumentNode document, ValidationOptions? options = null)
    {
        var context = new ValidationContext(schema, document, options ?? ValidationOptions.Default);
        try
        {
            var measure = new SelectionMeasure(context);
            measure.MeasureAll();
            foreach (var limit in LimitsOf(context, measure)) limit.Check();
            if (context.Errors.Count == 0) new DocumentWalker(context, RulesOf(context)).Walk();
        }
        catch (ValidationStopped)
        {
            // Enough errors are known.
        }
        return context.Errors;
    }

    private static LimitRule[] LimitsOf(ValidationContext context, SelectionMeasure measure) =>
    [
        new NestingLimit(context, measure), new DepthLimit(context, measure), new IntrospectionLimit(context, measure), new AliasLimit(context, measure),
        new RootFieldLimit(context, measure), new DirectiveLimit(context, measure), new FragmentLimit(context, measure),
    ];

    private static ValidationRule[] RulesOf(ValidationContext context) =>
    [
        new ExecutableDefinitions(context), new KnownOperationTypes(context), new UniqueOperationNames(context), new LoneAnonymousOperation(context),
        new SingleFieldSubscriptions(context), new KnownTypeNames(context), new FragmentsOnCompositeTypes(context), new VariablesAreInputTypes(context),
        new ScalarLeafs(context), new FieldsOnCorrectType(context), new UniqueFragmentNames(context), new KnownFragmentNames(context),
        new NoUnusedFragments(context), new PossibleFragmentSpreads(context), new NoFragmentCycles(context), new UniqueVariableNames(context),
        new NoUndefinedVariables(context), new NoUnusedVariables(context), new KnownDirectives(context), new UniqueDirectivesPerLocation(context),
        new KnownArgumentNames(context), new UniqueArgumentNames(context), new ValuesOfCorrectType(context), new ProvidedRequiredArguments(context),
        new VariablesInAllowedPosition(context), new OverlappingFieldsCanBeMerged(context), new UniqueInputFieldNames(context),
    ];
}
