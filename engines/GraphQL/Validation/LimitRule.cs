using Engines.GraphQL.Language;

namespace Engines.GraphQL.Validation;

/// <summary>A bound on what a document may ask for.</summary>
internal abstract class LimitRule(ValidationContext context, SelectionMeasure measure)
{
    protected ValidationOptions Options => context.Options;
    protected SelectionMeasure Measure => measure;

    public abstract void Check();

    protected void Report(string message, SyntaxNode at) => context.ReportTooComplex(message, [at.Span]);
}
