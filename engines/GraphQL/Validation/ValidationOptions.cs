namespace Engines.GraphQL.Validation;

/// <summary>How much a document may ask for. Counts are per operation with fragments spread out; what exceeds one is answered with <c>QUERY_TOO_COMPLEX</c>.</summary>
public sealed record ValidationOptions
{
    public static ValidationOptions Default { get; } = new();

    /// <summary>After so many errors validation stops.</summary>
    public int MaxErrors { get; init; } = 20;
    /// <summary>Whether messages may name what is in the schema; false: they say only which rule was broken and where.</summary>
    public bool RevealSchema { get; init; } = true;
    /// <summary>Fields within fields.</summary>
    public int MaxDepth { get; init; } = 15;
    /// <summary>Selection sets and fragments within each other, fields or not: what bounds every recursion over a document.</summary>
    public int MaxNesting { get; init; } = 200;
    /// <summary><c>ofType</c> within <c>ofType</c> below <c>__schema</c> and <c>__type</c>, where <see cref="MaxDepth"/> does not count.</summary>
    public int MaxIntrospectionOfType { get; init; } = 16;
    /// <summary>Lists of fields, interfaces, possible types and input fields within each other below <c>__schema</c> and <c>__type</c>.</summary>
    public int MaxIntrospectionLists { get; init; } = 2;
    /// <summary>Lists of the schema's parts selected below all <c>__schema</c> and <c>__type</c> of a document, within each other or not; what tools ask has ten.</summary>
    public int MaxIntrospectionListFields { get; init; } = 30;
    public int MaxAliases { get; init; } = 100;
    /// <summary>Characters of an alias, which the answer repeats in each row.</summary>
    public int MaxAliasLength { get; init; } = 255;
    public int MaxQueryRootFields { get; init; } = 30;
    public int MaxMutationRootFields { get; init; } = 100;
    /// <summary>Directives at one place.</summary>
    public int MaxDirectives { get; init; } = 4;
    /// <summary>How often fragments are visited when all are spread out.</summary>
    public int MaxFragmentVisits { get; init; } = 1_000;
    /// <summary>How many pairs of fields are compared to see whether they can be merged.</summary>
    public int MaxComparisons { get; init; } = 100_000;
}
