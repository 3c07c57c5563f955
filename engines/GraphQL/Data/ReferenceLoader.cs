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
    private readonly KeyedRows<T> _targets;

    public ReferenceLoader(INavigation navigation)
    {
        _navigation = navigation;
        _ownerId = navigation.DeclaringEntityType.FindPrimaryKey()!.Properties[^1];
        var (foreign, principal) = (navigation.ForeignKey.Properties, navigation.ForeignKey.PrincipalKey.Properties);
        var own = navigation.TargetEntityType.FindPrimaryKey()!.Properties[^1];
        var index = principal.ToList().IndexOf(own) is var found and >= 0 ? found : principal.Count - 1;
        _targets = KeyedRows<T>.By(principal[index]);
        if (navigation.IsOnDependent && !foreign[index].IsShadowProperty()) _carried = foreign[index];
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

    private async Task<IReadOnlyDictionary<object, object>> Targets(BatchContext field, DataConventions conventions, HashSet<object> keys)
    {
        await using var lease = await conventions.Lease(field);
        if (_carried is not null) return await _targets.Load(lease.Context, keys, field.Cancel);

        var owner = Expression.Parameter(typeof(TOwner), "o");
        var pair = Expression.Lambda<Func<TOwner, Owned<T>>>(Owned<T>.Of(_ownerId.On(owner), _navigation.On(owner)), owner);
        var pairs = await KeyedRows<TOwner>.Among(lease.Context.Set<TOwner>().AsNoTracking(), _ownerId, keys).Select(pair).ToListAsync(field.Cancel);
        return pairs.Where(p => p.Item is not null).ToDictionary(p => p.Owner, object (p) => p.Item!);
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
