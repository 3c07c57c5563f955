using System.Collections.Concurrent;
using System.Linq.Expressions;
using Engines.GraphQL.Execution;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Engines.GraphQL.Data;

/// <summary>
/// Reads a reference for all its parents at once. Where the parents carry the key, the targets are read by it: of a composite key, the part that is the
/// target's own id is enough, since ids are unique and the context's filters hold the rest. Otherwise they are read through the parents.
/// </summary>
internal sealed class ReferenceLoader<TOwner, T> where TOwner : class where T : class
{
    private readonly INavigation _navigation;
    private readonly IProperty _ownerId;
    private readonly IProperty? _carried;
    private readonly IProperty _targetKey;
    private readonly ConcurrentDictionary<string, KeyedRows<T>> _targets = new(StringComparer.Ordinal);

    public ReferenceLoader(INavigation navigation)
    {
        _navigation = navigation;
        _ownerId = navigation.DeclaringEntityType.FindPrimaryKey()!.Properties[^1];
        _targetKey = navigation.ForeignKey.PrincipalKey.Properties[ReferenceLoader.IndexOf(navigation)];
        _carried = ReferenceLoader.CarriedKey(navigation);
    }

    public async Task<IReadOnlyList<object?>> Load(BatchContext field, DataConventions conventions)
    {
        var (loaded, key) = (_navigation.GetGetter(), (_carried ?? _ownerId).GetGetter());
        var keys = new HashSet<object>();
        foreach (var parent in field.Parents)
            if (loaded.GetClrValue(parent) is null && key.GetClrValue(parent) is { } value) keys.Add(value);
        var targets = keys.Count == 0 ? null : await Targets(field, conventions, keys);
        var answer = new object?[field.Parents.Count];
        for (var i = 0; i < answer.Length; i++)
            answer[i] = loaded.GetClrValue(field.Parents[i]) ?? (key.GetClrValue(field.Parents[i]) is { } value ? targets?.GetValueOrDefault(value) : null);
        return answer;
    }

    private KeyedRows<T> Rows(PropertySet reads) => _targets.TryGetValue(reads.Key, out var known) || _targets.Count == Pruned.MostShapes
        ? known ?? _targets.GetOrAdd(PropertySet.All.Key, _ => KeyedRows<T>.By(_targetKey))
        : _targets.GetOrAdd(reads.Key, _ => KeyedRows<T>.By(_targetKey, reads));

    private async Task<IReadOnlyDictionary<object, object>> Targets(BatchContext field, DataConventions conventions, HashSet<object> keys)
    {
        await using var lease = await conventions.Lease(field);
        if (_carried is not null) return await Rows(field.Selection.Reads(ofNodes: false)).Load(lease.Context, keys, field.Cancel);

        var owner = Expression.Parameter(typeof(TOwner), "o");
        var pair = Expression.Lambda<Func<TOwner, Owned<T>>>(Owned<T>.Of(_ownerId.On(owner), _navigation.On(owner)), owner);
        var pairs = await KeyedRows<TOwner>.Among(lease.Context.Set<TOwner>().AsNoTracking(), _ownerId, keys).Select(pair).ToListAsync(field.Cancel);
        return pairs.Where(p => p.Item is not null).ToDictionary(p => p.Owner, object (p) => p.Item!);
    }
}

internal static class ReferenceLoader
{
    /// <summary>The parent's own property by which the target is found; null where it has none.</summary>
    public static IProperty? CarriedKey(INavigation navigation) =>
        navigation.IsOnDependent && navigation.ForeignKey.Properties[IndexOf(navigation)] is var key && !key.IsShadowProperty() ? key : null;

    public static int IndexOf(INavigation navigation)
    {
        var principal = navigation.ForeignKey.PrincipalKey.Properties;
        return principal.ToList().IndexOf(navigation.TargetEntityType.FindPrimaryKey()!.Properties[^1]) is var found and >= 0 ? found : principal.Count - 1;
    }
}

/// <summary>An entity, and whose it is.</summary>
internal sealed class Owned<T>
{
    public required object Owner { get; init; }
    public T? Item { get; init; }
    public object?[]? Keys { get; init; }

    public static Expression Of(Expression owner, Expression item, Expression? keys = null) => Expression.MemberInit(
        Expression.New(typeof(Owned<T>)),
        [
            Expression.Bind(typeof(Owned<T>).GetProperty(nameof(Owner))!, Expression.Convert(owner, typeof(object))),
            Expression.Bind(typeof(Owned<T>).GetProperty(nameof(Item))!, item),
            .. keys is null ? (MemberBinding[])[] : [Expression.Bind(typeof(Owned<T>).GetProperty(nameof(Keys))!, keys)],
        ]);
}
