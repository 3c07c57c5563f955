namespace Engines.GraphQL.Execution.Idempotency;

/// <summary>The name that a client gives a mutation so that it may send it again, and what the mutation asks.</summary>
/// <param name="Text">1 to 255 visible ASCII characters.</param>
/// <param name="Fingerprint">SHA-256 of the document, the operation, the variables and the files: the same only for the same request.</param>
public sealed record RequestKey(string Text, ReadOnlyMemory<byte> Fingerprint);
