namespace Engines.GraphQL.Execution.Idempotency;

/// <summary>
/// The host's memory of what was answered under one <see cref="RequestKey"/>. Asked within a <see cref="UnitOfWork"/> that is begun, it is a part of it: an
/// answer is kept exactly when what it tells of is committed.
/// </summary>
public abstract class AnswerStore
{
    /// <summary>
    /// What is kept from one root field on, by the fields' ordinals. Another request under the same key that is inside its unit is waited for. Null: the key
    /// was given to another request.
    /// </summary>
    public abstract ValueTask<IReadOnlyDictionary<int, KeptAnswer>?> FindAsync(int from, CancellationToken cancel);

    /// <summary>Keeps a root field's answer; by its failure the unit fails.</summary>
    public abstract ValueTask KeepAsync(int ordinal, KeptAnswer answer, CancellationToken cancel);

    /// <summary>Whether a root field's answer, which may say as data that it failed, is to be given again; false where the same may succeed later.</summary>
    public abstract bool IsFinal(object? answer);
}
