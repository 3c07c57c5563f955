using Cmms.Domain;
using Cmms.Domain.Persistence;
using Engines.GraphQL;
using Engines.GraphQL.Binding;
using Engines.GraphQL.Execution;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Graph.Access;

/// <summary>
/// One request's way to the database: a read lease for its scope, and for each mutation root field one short write transaction that is open
/// before the resolver and committed after it. What the field's selection then reads, it reads from a fresh lease.
/// </summary>
internal sealed class RequestSession(CmmsDbFactory factory, TimeProvider clock, Room room) : IAsyncDisposable
{
    public const int Attempts = 4;
    private CmmsDb? _reading;
    private WriteTransaction? _writing;
    private MutationUnit? _unit;
    private Scope? _bearers;

    /// <summary>Who asks, and for which site; null when nobody has said.</summary>
    public SiteCaller? Caller { get; set; }

    public string? RequestId { get; set; }

    /// <summary>The moment that the whole request, or the running mutation, counts as now.</summary>
    public Instant Now { get; private set; } = clock.Now;

    public SiteCaller RequiredCaller =>
        Caller ?? throw new GraphQLException("Authentication is required.", ErrorCodes.Unauthenticated);

    /// <summary>The write transaction of the running mutation, for what goes on in a narrower scope.</summary>
    public WriteTransaction RequiredChange => _writing ?? throw new InvalidOperationException("Only a mutation changes anything.");

    public CmmsDb Db => _writing?.Db ?? _unit?.Db ?? (_reading ??= factory.For(Caller is null && _bearers is { } scope ? scope : RequiredCaller.Scope));

    /// <summary>The transaction of what the running mutation does from now on, until it is put away.</summary>
    public MutationUnit Unit() => _unit = new MutationUnit(this);

    /// <summary>The one that was begun last.</summary>
    public MutationUnit RequiredUnit => _unit ?? throw new InvalidOperationException("There is no unit.");

    public void Leave(MutationUnit unit)
    {
        if (_unit == unit) _unit = null;
    }

    /// <summary>Runs a mutation's resolver in its own transaction; again, on fresh data, when a row changed under it.</summary>
    /// <exception cref="StorageFull"/>
    public async ValueTask<object?> Mutate(BatchContext field, Func<ValueTask<object?>> resolve)
    {
        if (field.Field.Guards.OfType<TokenGuard>().FirstOrDefault() is { } byToken) return await MutateByToken(byToken, field, resolve);
        var scope = field.Field.Guards.Any(g => g is OwnerGuard) ? Scope.Customer(RequiredCaller.CustomerId) : RequiredCaller.Scope;
        try
        {
            return _unit is not null
                ? await _unit.RunAsync(scope, transaction => Within(transaction, field, resolve), field.Cancel)
                : await MutateAlone(scope, RequiredCaller.Actor, field, resolve);
        }
        catch (Exception e) when (e.IsStorageFull)
        {
            throw NoRoom();
        }
    }

    /// <summary>Remembers that the database is full.</summary>
    public StorageFull NoRoom()
    {
        room.Lacked();
        return new StorageFull();
    }

    /// <summary>The moment of the transaction is now; nothing that was read before is known any more.</summary>
    public async ValueTask<WriteTransaction> BeginAsync(Scope scope, Actor by, CancellationToken cancel)
    {
        await ForgetAsync();
        Now = clock.Now;
        return await factory.BeginAsync(scope, new Change(by, Now, RequestId, KeyId: Caller is { } caller && caller.Actor == by ? caller.Caller.KeyId : null), cancel);
    }

    /// <summary>Someone else changed a row between our read and our write, or two waited for each other.</summary>
    public static bool IsConflict(Exception e) => e is DbUpdateConcurrencyException || e.IsTransient;

    public async ValueTask DisposeAsync() => await ForgetAsync();

    /// <summary>
    /// For whoever holds a good token: as its person and in its customer's scope. What is answered is read in that scope too by who is nobody here; who is signed in
    /// stays who they are, since all other fields were allowed to them and not to the token's person.
    /// </summary>
    private async ValueTask<object?> MutateByToken(TokenGuard guard, BatchContext field, Func<ValueTask<object?>> resolve)
    {
        if (_unit is not null) throw new GraphQLException($"'{field.Field.Name}' cannot be part of an '@atomic' mutation, nor take an idempotency key: its token works once by itself.", ErrorCodes.BadUserInput);
        var bearer = await guard.BearerAsync(field, factory, clock.Now);
        _bearers = Scope.Customer(bearer.CustomerId);
        return await MutateAlone(_bearers.Value, Actor.User(bearer.UserId), field, resolve);
    }

    private async ValueTask<object?> MutateAlone(Scope scope, Actor by, BatchContext field, Func<ValueTask<object?>> resolve)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var transaction = await BeginAsync(scope, by, field.Cancel);
            try
            {
                var result = await Within(transaction, field, resolve);
                await transaction.CommitAsync(field.Cancel);
                return result;
            }
            catch (Exception e) when (attempt < Attempts && IsConflict(e))
            {
                // Nothing was written, so it is done again.
            }
        }
    }

    private async ValueTask<object?> Within(WriteTransaction transaction, BatchContext field, Func<ValueTask<object?>> resolve)
    {
        _writing = transaction;
        try
        {
            return await resolve();
        }
        catch (Duplicate race) when (MutationOutcome.Failed(field.Field, field.Request, race) is null)
        {
            throw new DbUpdateConcurrencyException("Two made at once what neither was asked for by name, such as a setting that was not there yet: next time it is found.", race);
        }
        finally
        {
            _writing = null;
        }
    }

    /// <summary>What is read next is read on another lease, and another connection.</summary>
    public async ValueTask ReconnectAsync()
    {
        await ForgetAsync();
        factory.Reconnect();
    }

    private async ValueTask ForgetAsync()
    {
        if (_reading is null) return;
        await _reading.DisposeAsync();
        _reading = null;
    }
}
