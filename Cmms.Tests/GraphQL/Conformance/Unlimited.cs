using Engines.GraphQL.Validation;

namespace Cmms.Tests.GraphQL.Conformance;

/// <summary>Every limit of ours lifted, where only the specification's rules are to speak.</summary>
internal static class Unlimited
{
    public static readonly ValidationOptions Validation = new()
    {
        MaxErrors = int.MaxValue,
        MaxDepth = int.MaxValue,
        MaxNesting = 1_000,
        MaxIntrospectionOfType = int.MaxValue,
        MaxIntrospectionLists = int.MaxValue,
        MaxAliases = int.MaxValue,
        MaxQueryRootFields = int.MaxValue,
        MaxMutationRootFields = int.MaxValue,
        MaxDirectives = int.MaxValue,
        MaxFragmentVisits = int.MaxValue,
        MaxComparisons = int.MaxValue,
    };
}
