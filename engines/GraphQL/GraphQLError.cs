using Engines.GraphQL.Language;

namespace Engines.GraphQL;

/// <summary>One entry of an answer's <c>errors</c>.</summary>
/// <param name="Message">For people; never holds internals.</param>
/// <param name="Code">For programs, under <c>extensions.code</c>; see <see cref="ErrorCodes"/>.</param>
/// <param name="Locations">Where in the document.</param>
/// <param name="Path">Response keys (string) and list indexes (int) down to the field; null for errors of the whole request.</param>
/// <param name="Extensions">More for programs, beside the code.</param>
public sealed record GraphQLError(
    string Message, string Code, IReadOnlyList<SourceLocation>? Locations = null, IReadOnlyList<object>? Path = null,
    IReadOnlyDictionary<string, object?>? Extensions = null);
