using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Cmms.Domain;
using Cmms.Domain.Persistence;
using Engines.GraphQL;
using Engines.GraphQL.Binding;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Graph.Access;

/// <summary>Which rows are a caller's own, where a permission is not the whole answer.</summary>
internal abstract class RowRule
{
    /// <summary>What the schema says that its fields need beside a permission; empty where their own words say it.</summary>
    public virtual string Requirement => "";

    /// <summary>Whether every row counts as the caller's own.</summary>
    public abstract bool IsFree(SiteCaller caller);

    /// <summary>Keeps node(id) from rows that are not there for the caller.</summary>
    public abstract void ApplyTo(BindingOptions options);
}

/// <summary>
/// One rule about rows of one type. A mutation names it by <see cref="OwnAttribute{TRule}"/> and calls <see cref="Require"/> before it changes anything; fields that
/// tell a screen what to offer ask <see cref="Allowed"/>, lists <see cref="Visible"/>: so what is offered and what is refused cannot differ.
/// </summary>
internal abstract class RowRule<T> : RowRule where T : Entity
{
    /// <summary>What a caller is told who acts on a row that the caller sees and that is somebody else's; null where nobody sees those.</summary>
    public virtual GraphQLError? Refusal => null;

    /// <summary>Whether there are rows that some callers do not even see.</summary>
    public virtual bool Hides => Refusal is null;

    /// <summary>Whether this caller sees rows that are not the caller's own; otherwise such a row does not exist.</summary>
    public virtual bool SeesAll(SiteCaller caller) => !Hides;

    protected abstract Expression<Func<T, bool>> IsOwn(SiteCaller caller);

    /// <summary>Those of the rows that there are for the caller.</summary>
    public IQueryable<T> Visible(IQueryable<T> rows, SiteCaller caller) => SeesAll(caller) || IsFree(caller) ? rows : rows.Where(IsOwn(caller));

    /// <summary>Which of these rows the caller may act on; one statement at most.</summary>
    public async Task<IReadOnlySet<long>> Allowed(IReadOnlyCollection<long> ids, SiteCaller caller, CmmsDb db, CancellationToken cancel) =>
        IsFree(caller) ? ids.ToHashSet() : await db.Set<T>().Where(row => ids.Contains(row.Id)).Where(IsOwn(caller)).Select(row => row.Id).ToHashSetAsync(cancel);

    /// <summary>Asked in the transaction, of a row that is found and held, before anything is changed.</summary>
    /// <exception cref="NotFound">It is not the caller's to see.</exception>
    /// <exception cref="GraphQLException">It is not the caller's to act on.</exception>
    public async Task Require(long id, SiteCaller caller, CmmsDb db, CancellationToken cancel, [CallerArgumentExpression(nameof(id))] string field = "")
    {
        if ((await Allowed([id], caller, db, cancel)).Count > 0) return;
        throw SeesAll(caller) && Refusal is { } refusal ? new GraphQLException(refusal) : NotFound.Of<T>(field);
    }

    public override void ApplyTo(BindingOptions options)
    {
        if (!Hides) return;
        options.NodeResolver<T, long>((field, ids) =>
        {
            var session = SignedInGuard.Session(field.Request);
            return Visible(session.Db.Set<T>(), session.RequiredCaller).Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, field.Cancel);
        });
    }
}
