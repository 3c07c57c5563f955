namespace Cmms.Domain.Events;

/// <summary>A field, as the schema names it, before and after.</summary>
public readonly record struct FieldChange(string Field, object? Before, object? After);

/// <summary>An event that has no position yet.</summary>
internal sealed record EventDraft(long CustomerId, long? SiteId, string Type, string SubjectType, long SubjectId, string? Reason, string Changes)
{
    /// <summary>Which of the transaction's drafts led to it; null: what led to the transaction.</summary>
    public int? Cause { get; init; }
}
