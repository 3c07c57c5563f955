using System.Runtime.CompilerServices;
using Cmms.Domain.Persistence.Sql;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Persistence;

public sealed partial class CmmsDb
{
    /// <summary>The row in scope; within a write transaction tracked and locked until its end.</summary>
    /// <exception cref="NotFound"/>
    public async Task<T> Find<T>(long id, CancellationToken cancel, [CallerArgumentExpression(nameof(id))] string field = "") where T : Entity =>
        await (_transaction is null ? ById<T>.Plain : ById<T>.Locked).For(this)(this, id, cancel) ?? throw NotFound.Of<T>(field);

    /// <summary>As <see cref="Find"/>; null for no id.</summary>
    /// <exception cref="NotFound"/>
    public async Task<T?> FindOptional<T>(long? id, CancellationToken cancel, [CallerArgumentExpression(nameof(id))] string field = "") where T : Entity =>
        id is { } key ? await Find<T>(key, cancel, field) : null;

    /// <summary>As <see cref="Find"/>, if it still is the version that the caller has seen.</summary>
    /// <exception cref="NotFound"/>
    /// <exception cref="Conflict"/>
    public async Task<T> FindVersion<T>(long id, int? version, CancellationToken cancel, [CallerArgumentExpression(nameof(id))] string field = "") where T : Entity
    {
        var row = await Find<T>(id, cancel, field);
        return version is null || version == row.Version ? row : throw new Conflict(row);
    }

    /// <summary>The rows of all these ids, each once, in the order asked; locked in the order of their ids.</summary>
    /// <exception cref="NotFound">Names the first position that is missing, such as <c>partIds[2]</c>.</exception>
    public async Task<IReadOnlyList<T>> FindAll<T>(IReadOnlyCollection<long> ids, CancellationToken cancel,
        [CallerArgumentExpression(nameof(ids))] string field = "") where T : Entity =>
        await FindAll<T>(ids, i => $"{field}[{i}]", cancel);

    /// <summary>As <see cref="FindAll{T}(IReadOnlyCollection{long}, CancellationToken, string)"/>, of ids that stand in fields of their own.</summary>
    /// <param name="field">The field of each position, such as <c>parts[2].partId</c>.</param>
    /// <exception cref="NotFound"/>
    public async Task<IReadOnlyList<T>> FindAll<T>(IReadOnlyCollection<long> ids, Func<int, string> field, CancellationToken cancel) where T : Entity
    {
        if (ids.Count == 0) return [];
        var wanted = ids.Distinct().ToArray();
        var rows = await Locked(Set<T>().Where(row => wanted.Contains(row.Id)).OrderBy(row => row.Id)).ToDictionaryAsync(row => row.Id, cancel);
        foreach (var (i, id) in ids.Index())
            if (!rows.ContainsKey(id)) throw NotFound.Of<T>(field(i));
        return [.. wanted.Select(id => rows[id])];
    }

    /// <summary>The next of a site's numbers, without gaps while nothing rolls back; the counter is held until the end of the transaction.</summary>
    public Task<long> NextNumber(string sequence, CancellationToken cancel) => Counters.NextAsync(this, sequence, cancel);

    private static class ById<T> where T : Entity
    {
        public static readonly Compiled<Func<CmmsDb, long, CancellationToken, Task<T?>>> Plain = new(() => EF.CompileAsyncQuery(
            (CmmsDb db, long id, CancellationToken cancel) => db.Set<T>().AsNoTracking().SingleOrDefault(row => row.Id == id)));

        public static readonly Compiled<Func<CmmsDb, long, CancellationToken, Task<T?>>> Locked = new(() => EF.CompileAsyncQuery(
            (CmmsDb db, long id, CancellationToken cancel) => db.Set<T>().AsTracking().TagWith(RowLocks.Tag).SingleOrDefault(row => row.Id == id)));
    }

    /// <summary>Within a write transaction, the rows of a plain query are held until its end.</summary>
    public IQueryable<T> Locked<T>(IQueryable<T> rows) where T : class => _transaction is null ? rows : rows.TagWith(RowLocks.Tag);
}
