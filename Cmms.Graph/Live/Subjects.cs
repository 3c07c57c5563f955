using System.Collections.Concurrent;
using System.Reflection;
using Cmms.Domain;
using Cmms.Domain.Events;
using Cmms.Domain.Persistence;
using Engines.GraphQL.Binding;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Graph.Live;

/// <summary>What events happened to: one statement a type, within what the caller may see.</summary>
internal static class Subjects
{
    private static readonly MethodInfo s_load = typeof(Subjects).GetMethod(nameof(Load), BindingFlags.NonPublic | BindingFlags.Static)!;
    /// <summary>What the schema shows; the log tells of more, such as settings.</summary>
    private static readonly HashSet<Type> s_shown = [.. typeof(Subjects).Assembly.GetTypes().SelectMany(t => t.GetCustomAttributes<ObjectTypeAttribute>()).Select(a => a.ClrType)];
    private static readonly ConcurrentDictionary<Type, Func<CmmsDb, List<long>, CancellationToken, Task<Dictionary<long, object>>>> s_loaders = new();

    public static async Task<IReadOnlyList<T?>> Of<T>(IReadOnlyList<LiveMessage> messages, CmmsDb db, CancellationToken cancel) where T : Entity
    {
        var found = await Load<T>(db, [.. messages.Select(m => m.Event?.SubjectId).OfType<long>().Distinct()], cancel);
        return [.. messages.Select(m => m.Event is { } e ? (T?)found.GetValueOrDefault(e.SubjectId) : null)];
    }

    public static Task<IReadOnlyList<object?>> Of(IReadOnlyList<Event?> events, CmmsDb db, CancellationToken cancel) =>
        Of([.. events.Select(e => e is null ? ("", 0) : (e.SubjectType, e.SubjectId))], db, cancel);

    public static async Task<IReadOnlyList<object?>> Of(IReadOnlyList<(string Type, long Id)> subjects, CmmsDb db, CancellationToken cancel)
    {
        Dictionary<(string, long), object> found = [];
        foreach (var group in subjects.Distinct().GroupBy(s => s.Type))
        {
            var type = db.Model.GetEntityTypes().FirstOrDefault(t => t.ClrType.Name == group.Key && t.ClrType.IsSubclassOf(typeof(Entity)) && s_shown.Contains(t.ClrType))?.ClrType;
            if (type is null) continue;
            var load = s_loaders.GetOrAdd(type, static t => s_load.MakeGenericMethod(t).CreateDelegate<Func<CmmsDb, List<long>, CancellationToken, Task<Dictionary<long, object>>>>());
            foreach (var (id, subject) in await load(db, [.. group.Select(s => s.Id)], cancel)) found[(group.Key, id)] = subject;
        }
        return [.. subjects.Select(s => found.GetValueOrDefault(s))];
    }

    private static async Task<Dictionary<long, object>> Load<T>(CmmsDb db, List<long> ids, CancellationToken cancel) where T : Entity =>
        ids.Count == 0 ? [] : await db.Set<T>().Where(x => ids.Contains(x.Id)).ToDictionaryAsync(x => x.Id, object (x) => x, cancel);
}
