using System.Text.RegularExpressions;

namespace Cmms.Tests.GraphQL.Conformance;

/// <summary>Where the reference implementation and this engine find something else, for a reason. Nothing else may differ.</summary>
internal static partial class Exclusions
{
    private const string NullCondition = "A null given for a variable that decides @skip or @include refuses the request; graphql-js fails the fields around it (the specification leaves it open).";
    private const string LaterMutations = "After a mutation that makes all data null the next ones still run, and their errors are told; graphql-js stops (the specification leaves it open).";
    private const string EmptySelection = "A selection set has at least one selection (specification, 2.5); graphql-js reads an empty one and goes on.";

    private static readonly Exclusion[] s_all =
    [
        new("A type system definition in an executable document is refused as a whole; graphql-js also looks into it.",
            (finding, isOurs, all) => !isOurs && finding.Rule is "KnownTypeNames" && all.Any(f => f.Rule == "ExecutableDefinitions")),
        new("A Float literal must be finite (specification, 3.5.2); graphql-js reads infinity.",
            (finding, isOurs, _) => isOurs && finding.Rule is "ValuesOfCorrectType" && finding.Message.Contains("1e999", StringComparison.Ordinal)),
        new("In a OneOf input object a nullable variable is allowed only with a default (specification, 5.8.5); graphql-js refuses it even so, and overlooks it where the object itself is non-null or in a list.",
            (finding, _, _) => finding.Rule is "VariablesInAllowedPosition" && finding.Message.Contains("OneOf Input Object", StringComparison.Ordinal)),
    ];

    /// <summary>The reason why only one of the two may find this; null: there is none.</summary>
    public static string? Of(Finding finding, bool isOurs, IReadOnlyList<Finding> all) => Array.Find(s_all, e => e.Applies(finding, isOurs, all))?.Reason;

    /// <summary>The reason why nothing else is compared in this document; null: there is none.</summary>
    public static string? OfDocument(string text, IReadOnlyList<Finding> ours)
    {
        if (ours is not [{ Rule: "Syntax" } syntax] || !syntax.Message.EndsWith("Expected Name, found \"}\".", StringComparison.Ordinal)) return null;
        var place = Array.ConvertAll(syntax.Places.Split(':'), int.Parse);
        var before = LineEnd().Split(text).Take(place[0]).ToArray();
        before[^1] = before[^1][..(place[1] - 1)];
        return EmptySet().IsMatch(string.Join('\n', before)) ? EmptySelection : null;
    }

    /// <summary>The reason why a request may be answered differently; null: there is none.</summary>
    public static string? OfExecution(string ours, string theirs, IReadOnlyList<string> messages)
    {
        if (messages.Any(m => m.Contains("decides a condition", StringComparison.Ordinal))) return NullCondition;
        string[] our = ours.Split('\n'), their = theirs.Split('\n');
        return our[0] == "null" && their[0] == "null" && their.All(our.Contains) ? LaterMutations : null;
    }

    [GeneratedRegex("\r\n|\n|\r")]
    private static partial Regex LineEnd();

    [GeneratedRegex("\\{([\\s,\uFEFF]|#[^\n]*\n)*$")]
    private static partial Regex EmptySet();

    /// <param name="Applies">Tells by what only one has found, whether that is this engine, and everything that both have found.</param>
    private sealed record Exclusion(string Reason, Func<Finding, bool, IReadOnlyList<Finding>, bool> Applies);
}
