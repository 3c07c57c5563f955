using System.Data.Common;
using Cmms.Domain.Persistence;
using Engines.GraphQL;
using Engines.GraphQL.Binding;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Types;

namespace Cmms.Graph.Access;

/// <summary>
/// The one transaction of a <c>mutation @atomic</c>, or of a root field whose answer is kept: each root field is a part of it that can be undone alone, and is read
/// on the same connection.
/// </summary>
internal sealed class MutationUnit(RequestSession session) : UnitOfWork
{
    private WriteTransaction? _transaction;
    private int _attempts;
    private bool _mustRepeat;

    public override bool MustRepeat => _mustRepeat;

    public CmmsDb? Db => _transaction?.Db;

    public override async ValueTask BeginAsync(CancellationToken cancel)
    {
        await UndoAsync();
        // Two that ended each other's wait shall not meet again at once.
        if (_mustRepeat) await Task.Delay(Random.Shared.Next(1, 20 * _attempts), cancel);
        (_attempts, _mustRepeat) = (_attempts + 1, false);
        // The widest scope that any of the fields may need; each part has its own within it.
        _transaction = await session.BeginAsync(Scope.Customer(session.RequiredCaller.CustomerId), session.RequiredCaller.Actor, cancel);
        // A field may fail before its part begins, and what it answers is read all the same.
        await _transaction.EndPartAsync(session.RequiredCaller.Scope, cancel);
    }

    /// <summary>Runs one field's resolver as a part. What it throws has left nothing.</summary>
    public async ValueTask<object?> RunAsync(Scope scope, Func<WriteTransaction, ValueTask<object?>> resolve, CancellationToken cancel)
    {
        var transaction = Begun;
        try
        {
            await transaction.BeginPartAsync(scope, cancel);
            var result = await resolve(transaction);
            await transaction.EndPartAsync(session.RequiredCaller.Scope, cancel);
            return result;
        }
        catch (Exception e)
        {
            _mustRepeat = MayRepeat(e);
            // Nobody will read this: everything is tried again.
            if (_mustRepeat) throw new GraphQLException("Somebody else was in the way.", ErrorCodes.Internal);
            if (!cancel.IsCancellationRequested) await UndoPartAsync(transaction, e);
            throw;
        }
    }

    private async ValueTask UndoPartAsync(WriteTransaction transaction, Exception reason)
    {
        try
        {
            await transaction.UndoPartAsync(session.RequiredCaller.Scope);
        }
        catch (DbException) when (reason.IsStorageFull)
        {
            // A full disk may have ended the transaction already.
            await UndoAsync();
        }
    }

    /// <summary>Something beside the root fields, in the same transaction.</summary>
    public async ValueTask<T> WithAsync<T>(Func<CmmsDb, Task<T>> act)
    {
        try
        {
            return await act(Begun.Db);
        }
        catch (Exception e)
        {
            _mustRepeat = MayRepeat(e);
            throw;
        }
    }

    public override async ValueTask UndoFieldAsync()
    {
        if (_transaction is not null) await _transaction.UndoPartAsync();
    }

    public override async ValueTask CommitAsync(CancellationToken cancel)
    {
        try
        {
            await Begun.CommitAsync(cancel);
        }
        catch (Exception e)
        {
            _mustRepeat = MayRepeat(e);
            throw;
        }
        await UndoAsync();
    }

    public override async ValueTask UndoAsync()
    {
        if (_transaction is not { } begun) return;
        _transaction = null;
        await begun.DisposeAsync();
    }

    public override bool HasFailed(object? answer) => MutationOutcome.HasFailed(answer);

    public override object? Failed(FieldDefinition field, RequestContext request, Exception failure) =>
        MutationOutcome.Failed(field, request, failure.IsStorageFull ? session.NoRoom() : failure);

    public override object? Undone(FieldDefinition field, RequestContext request, string failed) =>
        MutationOutcome.Failed(field, request, new RolledBack(failed)) ?? new FieldFailure(new GraphQLError(new RolledBack(failed).Message, "ROLLED_BACK"));

    public override ValueTask DisposeAsync()
    {
        session.Leave(this);
        return UndoAsync();
    }

    private WriteTransaction Begun => _transaction ?? throw new InvalidOperationException("The transaction has not begun.");

    private bool MayRepeat(Exception e) => _attempts < RequestSession.Attempts && RequestSession.IsConflict(e);
}
