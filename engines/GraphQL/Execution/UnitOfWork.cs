using Engines.GraphQL.Types;

namespace Engines.GraphQL.Execution;

/// <summary>
/// The host's part in a <c>mutation @atomic</c>, whose root fields happen together or not at all, and in a mutation whose answers are kept: there each root
/// field is a unit with its answer. While it is begun, <see cref="RequestScope.RunMutation"/>
/// runs each resolver within it, and whatever is read sees what was written. Disposed without a commit, it leaves nothing.
/// </summary>
public abstract class UnitOfWork : IAsyncDisposable
{
    /// <summary>Whether somebody else was in the way, so that everything is to be tried again from the start.</summary>
    public abstract bool MustRepeat { get; }

    /// <summary>Begins, or begins anew: what an earlier try has left is undone first.</summary>
    public abstract ValueTask BeginAsync(CancellationToken cancel);

    /// <summary>Undoes what the last field has done, so that those after it can still be tried.</summary>
    public abstract ValueTask UndoFieldAsync();

    public abstract ValueTask CommitAsync(CancellationToken cancel);

    /// <summary>Undoes everything; from now on, reads see only what others have committed.</summary>
    public abstract ValueTask UndoAsync();

    /// <summary>Whether a root field's answer says, as data, that it failed.</summary>
    public abstract bool HasFailed(object? answer);

    /// <summary>What a root field answers that was undone because another one failed; a <see cref="FieldFailure"/> where it has no data to say so.</summary>
    /// <param name="failed">The response key of the one that failed.</param>
    public abstract object? Undone(FieldDefinition field, RequestContext request, string failed);

    /// <summary>What a root field answers whose unit could not be kept or committed for this reason; null: the failure that it is.</summary>
    public virtual object? Failed(FieldDefinition field, RequestContext request, Exception failure) => null;

    public abstract ValueTask DisposeAsync();
}
