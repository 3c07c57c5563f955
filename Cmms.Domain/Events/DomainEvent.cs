namespace Cmms.Domain.Events;

/// <summary>Something that happened to an entity, in the past tense and by its noun, such as <c>WorkOrderStarted</c>.</summary>
public sealed record DomainEvent(string Type, string? Reason);
