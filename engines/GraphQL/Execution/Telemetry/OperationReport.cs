using Engines.GraphQL.Language;

namespace Engines.GraphQL.Execution.Telemetry;

/// <summary>An operation that was slow, or that answered top-level errors; without its variables, and without the messages of errors, which may quote them.</summary>
/// <param name="Name">As the document names it; null also where no operation was found.</param>
/// <param name="DocumentHash">The SHA-256 of the document's text in hexadecimal, as persisted operations have it; null where there was no document.</param>
/// <param name="Duration">For a subscription, of one message.</param>
/// <param name="Codes">Of the errors, each once.</param>
public sealed record OperationReport(string? Name, OperationType? Type, string? DocumentHash, TimeSpan Duration, bool IsSlow, IReadOnlyList<string> Codes);
