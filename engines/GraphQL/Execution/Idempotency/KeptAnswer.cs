namespace Engines.GraphQL.Execution.Idempotency;

/// <summary>What one root field answered, byte for byte as it stands in a response.</summary>
/// <param name="Field">Its response key and value: <c>"add":{"value":1}</c>.</param>
/// <param name="Errors">The errors that belong to it, with commas between them; empty when there are none.</param>
public sealed record KeptAnswer(ReadOnlyMemory<byte> Field, ReadOnlyMemory<byte> Errors)
{
    internal static readonly IReadOnlyDictionary<int, KeptAnswer> None = new Dictionary<int, KeptAnswer>();
}
