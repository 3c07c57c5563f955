namespace Cmms.Domain.Persistence;

/// <summary>Under what circumstances a write transaction changes things: what the event log keeps beside the change itself.</summary>
/// <param name="By">Who.</param>
/// <param name="At">When.</param>
/// <param name="RequestId">From which request, if any.</param>
/// <param name="CausePosition">The position of the event that led to it, if any.</param>
/// <param name="KeyId">The API key by which a person did it, if any.</param>
public sealed record Change(Actor By, Instant At, string? RequestId = null, long? CausePosition = null, long? KeyId = null);
