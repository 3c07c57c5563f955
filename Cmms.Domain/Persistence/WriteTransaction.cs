using Cmms.Domain.Events;
using Cmms.Domain.Persistence.Sql;
using Microsoft.EntityFrameworkCore.Storage;

namespace Cmms.Domain.Persistence;

/// <summary>One change of the database, with its events. Disposed without a commit, it leaves nothing.</summary>
public sealed class WriteTransaction : IAsyncDisposable
{
    private readonly IDbContextTransaction _transaction;
    private readonly Scope _begunIn;
    private readonly CommitBell _commits;
    private SemaphoreSlim? _writers;
    private readonly List<EventDraft> _drafts = [];
    private State _state = State.Open;
    private int? _draftsBefore;
    private int? _cause;
    private bool _undoes;

    internal WriteTransaction(CmmsDb db, Change change, IDbContextTransaction transaction, SemaphoreSlim? writers, CommitBell commits)
    {
        (Db, Change, _transaction, _writers, _commits, _begunIn) = (db, change, transaction, writers, commits, db.Scope);
        db.Enter(this);
    }

    private const string Part = "part";

    private enum State { Open, Failed, Committed, Disposed }

    public CmmsDb Db { get; }
    public Change Change { get; private set; }

    /// <summary>Goes on in a narrower scope: from the system to one customer, from a customer to one of its sites.</summary>
    public async Task NarrowAsync(Scope scope, CancellationToken cancel = default)
    {
        await Db.SaveChangesAsync(cancel);
        Db.ChangeTracker.Clear();
        Db.Narrow(scope);
    }

    /// <summary>
    /// Goes on at a later moment, by somebody else or in another place within the scope in which it began; what was done so far is on record as
    /// it was. So a long history is written and committed as one.
    /// </summary>
    internal async Task TurnAsync(Scope scope, Change change, CancellationToken cancel = default)
    {
        if (!_begunIn.Contains(scope)) throw new InvalidOperationException("A transaction stays within the scope in which it began.");
        await Db.SaveChangesAsync(cancel);
        Db.ChangeTracker.Clear();
        await EventLog.AppendAsync(Db, _drafts, cancel);
        _drafts.Clear();
        _cause = null;
        Change = change;
        Db.Turn(scope);
    }

    /// <summary>Begins a part that can be undone alone, in a scope within that in which all began. The part before it is kept.</summary>
    public async Task BeginPartAsync(Scope scope, CancellationToken cancel = default)
    {
        if (!_begunIn.Contains(scope)) throw new InvalidOperationException("A transaction stays within the scope in which it began.");
        if (_draftsBefore is not null) await _transaction.ReleaseSavepointAsync(Part, cancel);
        await _transaction.CreateSavepointAsync(Part, cancel);
        (_draftsBefore, _cause, _undoes) = (_drafts.Count, null, false);
        Db.Turn(scope);
        Db.Track(true);
    }

    /// <summary>Saves what the part has done. From now on, and until the next part, the context only reads.</summary>
    public async Task EndPartAsync(Scope readIn, CancellationToken cancel = default)
    {
        if (!_begunIn.Contains(readIn)) throw new InvalidOperationException("A transaction stays within the scope in which it began.");
        await Db.SaveChangesAsync(cancel);
        Db.Turn(readIn);
        Db.Track(false);
        if (!_undoes) return;
        _undoes = false;
        await UndoPartAsync(readIn);
    }

    /// <summary>Undoes the last part, also one whose save failed; where there is none, nothing. From now on the context only reads, in another scope where one is named.</summary>
    public async Task UndoPartAsync(Scope? readIn = null)
    {
        if (readIn is { } scope) Db.Turn(_begunIn.Contains(scope) ? scope : throw new InvalidOperationException("A transaction stays within the scope in which it began."));
        if (_draftsBefore is not { } before) return;
        await _transaction.RollbackToSavepointAsync(Part);
        _drafts.RemoveRange(before, _drafts.Count - before);
        _cause = null;
        Db.Track(false);
        if (_state is State.Failed) _state = State.Open;
    }

    /// <summary>Saves what is left to save, appends the events and commits.</summary>
    public async Task CommitAsync(CancellationToken cancel = default)
    {
        if (_state is not State.Open) throw new InvalidOperationException($"The transaction is {_state}; begin another.");
        await Db.SaveChangesAsync(cancel);
        if (_undoes)
        {
            await _transaction.RollbackAsync(CancellationToken.None);
            _state = State.Committed;
            Yield();
            return;
        }
        // Last of all: the row of the customer's head is locked from here to the commit, so positions follow the order of commits.
        await EventLog.AppendAsync(Db, _drafts, cancel);
        await _transaction.CommitAsync(CancellationToken.None);
        _state = State.Committed;
        Yield();
        _commits.Ring();
    }

    public async ValueTask DisposeAsync()
    {
        if (_state is State.Disposed) return;
        _state = State.Disposed;
        try
        {
            await _transaction.DisposeAsync();
            await Db.DisposeAsync();
        }
        finally
        {
            Yield();
        }
    }

    internal void Record(IEnumerable<EventDraft> drafts) => _drafts.AddRange(_cause is null ? drafts : drafts.Select(draft => draft with { Cause = _cause }));

    /// <summary>What is recorded from now on was led to by what was recorded last. For transactions of one customer.</summary>
    internal void FollowsFromLast() => _cause = _drafts.Count - 1;

    /// <summary>What is recorded from now on was led to by what led to the transaction.</summary>
    internal void FollowsFromOutside() => _cause = null;

    /// <summary>What was done, and what will be in the same part, is undone at its end, as if it had only been tried.</summary>
    internal void UndoAtEnd() => _undoes = true;

    /// <summary>A half-written save must not be committed.</summary>
    internal void Fail() => _state = State.Failed;

    /// <summary>The next writer need not wait until this one has been put away.</summary>
    private void Yield()
    {
        _writers?.Release();
        _writers = null;
    }
}
