using System.Text.Json.Nodes;
using Engines.GraphQL;
using Engines.GraphQL.Language;
using Engines.GraphQL.Types;
using Engines.GraphQL.Validation;

namespace Cmms.Tests.GraphQL.Conformance;

/// <summary>One thing that is wrong with a document: which rule says so, and where. Words may differ.</summary>
internal sealed record Finding(string Rule, string Places, string Message)
{
    public bool Equals(Finding? other) => other is not null && Rule == other.Rule && Places == other.Places;
    public override int GetHashCode() => HashCode.Combine(Rule, Places);
    public override string ToString() => $"{Rule} {Places} ({Message})";
}

/// <summary>What is wrong with a document, in a fixed order; nothing: it is valid.</summary>
internal static class Verdict
{
    /// <summary>An error shows no more places than this.</summary>
    private const int MostPlaces = 20;
    private static readonly ValidationOptions s_rulesOnly = Unlimited.Validation with { RevealSchema = false };
    private static readonly ParserOptions s_parser = new() { MaxTokens = int.MaxValue };

    public static IReadOnlyList<Finding> Ours(Schema schema, string text)
    {
        try
        {
            var document = Parser.Parse(text, s_parser);
            // Without messages an error names its rule.
            var rules = DocumentValidator.Validate(schema, document, s_rulesOnly);
            var errors = DocumentValidator.Validate(schema, document, Unlimited.Validation);
            return Ordered(rules.Zip(errors, (rule, error) => Shown(Rule(rule), error.Locations!.Select(l => $"{l.Line}:{l.Column}"), error.Message)));
        }
        catch (SyntaxException e)
        {
            return [Shown("Syntax", [$"{e.Location.Line}:{e.Location.Column}"], e.Message)];
        }
    }

    public static IReadOnlyList<Finding> Theirs(JsonNode answer) =>
        Ordered(answer["errors"]!.AsArray().Select(e => Shown((string)e!["rule"]!, e["at"]!.AsArray().Select(a => (string)a!), (string)e["message"]!)));

    // "The document is not valid here (Rule)."
    private static string Rule(GraphQLError error) => error.Message[(error.Message.IndexOf('(', StringComparison.Ordinal) + 1)..^2];

    private static Finding Shown(string rule, IEnumerable<string> places, string message) => new(rule, string.Join(',', places.Take(MostPlaces)), message);

    private static List<Finding> Ordered(IEnumerable<Finding> findings) => [.. findings.OrderBy(f => f.Rule, StringComparer.Ordinal).ThenBy(f => f.Places, StringComparer.Ordinal)];
}
