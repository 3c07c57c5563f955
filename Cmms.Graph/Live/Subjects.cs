using System.Collections.Concurrent;
using System.Reflection;
using Cmms.Domain;
using Cmms.Domain.Events;
using Cmms.Domain.Persistence;
using Cmms.Graph.Access;
using Engines.GraphQL.Binding;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Types;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Graph.Live;

/// <summary>What events happened to: one statement a type, within what the caller may see.</summary>
internal static class Subjects
{
    private static readonly MethodInfo s_load = typeof(Subjects).GetMethod(nameof(LoadVisible), BindingFlags.NonPublic | BindingFlags.Static)!;
    /// <summary>What the schema shows; the log tells of more, such as settings.</summary>
    private static readonly HashSet<Type> s_shown = [.. typeof(Subjects).Assembly.GetTypes().SelectMany(t => t.GetCustomAttributes<ObjectTypeAttribute>()).Select(a => a.ClrType)];
    private static readonly ConcurrentDictionary<Type, Func<CmmsDb, SiteCaller, List<long>, CancellationToken, Task<Dictionary<long, object>>>> s_loaders = new();

    public static async Task<IReadOnlyList<T?>> Of<T>(IReadOnlyList<LiveMessage> messages, CmmsDb db, CancellationToken cancel) where T : Entity
    {
        var found = await Load(db.Set<T>(), [.. messages.Select(m => m.Event?.SubjectId).OfType<long>().Distinct()], cancel);
        return [.. messages.Select(m => m.Event is { } e ? (T?)found.GetValueOrDefault(e.SubjectId) : null)];
    }

    public static Task<IReadOnlyList<object?>> Of(IReadOnlyList<Event?> events, CmmsDb db, SiteCaller caller, CancellationToken cancel) =>
        Of([.. events.Select(e => e is null ? ("", 0) : (e.SubjectType, e.SubjectId))], db, caller, cancel);

    public static async Task<IReadOnlyList<object?>> Of(IReadOnlyList<(string Type, long Id)> subjects, CmmsDb db, SiteCaller caller, CancellationToken cancel)
    {
        Dictionary<(string, long), object> found = [];
        foreach (var group in subjects.Distinct().GroupBy(s => s.Type))
        {
            var type = db.Model.GetEntityTypes().FirstOrDefault(t => t.ClrType.Name == group.Key && t.ClrType.IsSubclassOf(typeof(Entity)) && s_shown.Contains(t.ClrType))?.ClrType;
            if (type is null) continue;
            var load = s_loaders.GetOrAdd(type, static t => s_load.MakeGenericMethod(t).CreateDelegate<Func<CmmsDb, SiteCaller, List<long>, CancellationToken, Task<Dictionary<long, object>>>>());
            foreach (var (id, subject) in await load(db, caller, [.. group.Select(s => s.Id)], cancel)) found[(group.Key, id)] = subject;
        }
        return [.. subjects.Select(s => found.GetValueOrDefault(s))];
    }

    /// <summary>Whether objects of the kind that an event happened to are there for the caller.</summary>
    public static bool MaySee(Event happened, RequestContext request) =>
        request.Schema.Types.Values.OfType<ObjectType>().FirstOrDefault(t => t.ClrType?.Name == happened.SubjectType) is { } type && !type.Guards.Exists(g => g.Deny(request) is not null);

    private static Task<Dictionary<long, object>> LoadVisible<T>(CmmsDb db, SiteCaller caller, List<long> ids, CancellationToken cancel) where T : Entity =>
        Load(db.Set<T>().VisibleTo(caller), ids, cancel);

    private static async Task<Dictionary<long, object>> Load<T>(IQueryable<T> rows, List<long> ids, CancellationToken cancel) where T : Entity =>
        ids.Count == 0 ? [] : await rows.Where(x => ids.Contains(x.Id)).ToDictionaryAsync(x => x.Id, object (x) => x, cancel);
}
