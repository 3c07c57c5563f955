using System.Linq.Expressions;
using Cmms.Domain;
using Cmms.Domain.Events;
using Cmms.Domain.Persistence;
using Engines.GraphQL;
using Engines.GraphQL.Binding;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Graph.Events;

/// <summary>Makes a predicate of an <see cref="EventFilter"/>. Its values are closure members: the same conditions with other values are the same query.</summary>
internal sealed class EventConditions
{
    private const int MostConditions = 200, MostValues = 1_000;
    private readonly IReadOnlyDictionary<long, long> _userOfKey;
    private int _conditions;

    private EventConditions(IReadOnlyDictionary<long, long> userOfKey) => _userOfKey = userOfKey;

    /// <exception cref="GraphQLException">BAD_USER_INPUT: too many conditions or values.</exception>
    public static async Task<Expression<Func<Event, bool>>> Of(EventFilter filter, CmmsDb db, CancellationToken cancel)
    {
        var keys = Keys(filter).Distinct().ToList();
        // Events are found by the person; the key alone would need an index of its own, written with each event.
        var users = keys.Count == 0 ? [] : await db.ApiKeys.Where(k => keys.Contains(k.Id)).ToDictionaryAsync(k => k.Id, k => k.UserId, cancel);
        return new EventConditions(users).All(filter, "where");
    }

    private static IEnumerable<long> Keys(EventFilter filter) =>
        [.. filter.Actor?.ApiKey is { } key ? [key] : Array.Empty<long>(), .. (filter.And ?? []).Concat(filter.Or ?? []).SelectMany(Keys)];

    private Expression<Func<Event, bool>> All(EventFilter filter, string path)
    {
        List<Expression<Func<Event, bool>>> all = [];
        if (filter.Type is { } type) all.AddRange(Text(e => e.Type, type, $"{path}.type"));
        if (filter.SubjectType is { } subjectType) all.AddRange(Text(e => e.SubjectType, subjectType, $"{path}.subjectType"));
        if (filter.RequestId is { } request) all.AddRange(Text(e => e.RequestId, request, $"{path}.requestId"));
        if (filter.SubjectId is { } subject) all.AddRange(Subject(subject, $"{path}.subjectId"));
        if (filter.Actor is { } actor) all.AddRange(Actors(actor));
        if (filter.OccurredAt is { } moment) all.AddRange(Moment(moment));
        if (filter.Reason is { } reason) all.AddRange(Reason(reason, $"{path}.reason"));
        if (filter.Cause is { } cause) all.AddRange(Cause(cause, $"{path}.cause"));
        if ((_conditions += all.Count) > MostConditions) throw Refused(path, $"more than {MostConditions} conditions");
        foreach (var (i, one) in (filter.And ?? []).Index()) all.Add(All(one, $"{path}.and[{i}]"));
        if (filter.Or is { Count: > 0 } any) all.Add(any.Select((one, i) => All(one, $"{path}.or[{i}]")).Aggregate((left, right) => Join(left, right, Expression.OrElse)));
        return all.Count == 0 ? _ => true : all.Aggregate((left, right) => Join(left, right, Expression.AndAlso));
    }

    private static IEnumerable<Expression<Func<Event, bool>>> Text(Expression<Func<Event, string?>> column, EventTextFilter text, string path)
    {
        if (text.Eq is { } eq) yield return On(column, value => value == eq);
        if (text.Neq is { } neq) yield return On(column, value => value != neq);
        if (text.In is { } among && Few(among, path) is var few) yield return On(column, value => few.Contains(value!));
        if (text.Nin is { } others && Few(others, path) is var none) yield return On(column, value => value == null || !none.Contains(value));
    }

    private static IEnumerable<Expression<Func<Event, bool>>> Subject(EventSubjectFilter subject, string path)
    {
        if (subject.Eq is { } eq) yield return Is(eq);
        if (subject.In is { } among)
            yield return Few(among, path).Select(Is).Aggregate((Expression<Func<Event, bool>>)(_ => false), (left, right) => Join(left, right, Expression.OrElse));

        static Expression<Func<Event, bool>> Is(GlobalId id)
        {
            var (type, key) = (id.Type, long.TryParse(id.Key, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : 0);
            return e => e.SubjectType == type && e.SubjectId == key;
        }
    }

    private IEnumerable<Expression<Func<Event, bool>>> Actors(EventActorFilter actor)
    {
        if (actor.User is { } id) yield return By(Actor.User(id));
        if (actor.Policy is { } policy) yield return By(Actor.Policy(policy));
        if (actor.System is true) yield return By(Actor.System);
        if (actor.System is false && Actor.System is var system) yield return e => e.Actor != system;
        if (actor.ApiKey is { } key) yield return Join(By(Actor.User(_userOfKey.GetValueOrDefault(key))), e => e.ByKey == key, Expression.AndAlso);

        static Expression<Func<Event, bool>> By(Actor who) => e => e.Actor == who;
    }

    private static IEnumerable<Expression<Func<Event, bool>>> Moment(EventMomentFilter moment)
    {
        if (moment.Gt is { } gt) yield return e => e.At > gt;
        if (moment.Gte is { } gte) yield return e => e.At >= gte;
        if (moment.Lt is { } lt) yield return e => e.At < lt;
        if (moment.Lte is { } lte) yield return e => e.At <= lte;
    }

    private static IEnumerable<Expression<Func<Event, bool>>> Reason(EventReasonFilter reason, string path)
    {
        if (reason.Given is { } given) yield return e => e.Reason != null == given;
        if (reason.Contains is { } part && Folded(part, path) is var within) yield return e => e.ReasonFolded != null && e.ReasonFolded.Contains(within);
        if (reason.StartsWith is { } start && Folded(start, path) is var beginning) yield return e => e.ReasonFolded != null && e.ReasonFolded.StartsWith(beginning);
    }

    private static IEnumerable<Expression<Func<Event, bool>>> Cause(EventCauseFilter cause, string path)
    {
        if (cause.Eq is { } eq) yield return e => e.CausePosition == eq;
        if (cause.In is { } among && Few(among, path) is var few) yield return e => e.CausePosition != null && few.Contains(e.CausePosition.Value);
    }

    private static string Folded(string text, string path) => text.Length > 4_000 ? throw Refused(path, "longer than 4000 characters") : Domain.Text.Fold(text);

    private static List<T> Few<T>(IReadOnlyList<T> values, string path) => values.Count > MostValues ? throw Refused(path, $"more than {MostValues} values") : [.. values];

    private static GraphQLException Refused(string path, string why) => new($"{path}: {why}.", ErrorCodes.BadUserInput);

    private static Expression<Func<Event, bool>> On(Expression<Func<Event, string?>> column, Expression<Func<string?, bool>> condition) =>
        Expression.Lambda<Func<Event, bool>>(new Swap(condition.Parameters[0], column.Body).Visit(condition.Body), column.Parameters);

    private static Expression<Func<Event, bool>> Join(Expression<Func<Event, bool>> left, Expression<Func<Event, bool>> right, Func<Expression, Expression, Expression> how) =>
        Expression.Lambda<Func<Event, bool>>(how(left.Body, new Swap(right.Parameters[0], left.Parameters[0]).Visit(right.Body)), left.Parameters);

    private sealed class Swap(Expression what, Expression with) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == what ? with : base.VisitParameter(node);
    }
}
