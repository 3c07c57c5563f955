using System.Reflection;
using System.Text.Json;
using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Events;

/// <summary>What an object was at a moment: what it is now, with every event since undone. So it does not matter how much of its history is still kept.</summary>
public static class PastStates
{
    private static readonly MethodInfo s_row = typeof(PastStates).GetMethod(nameof(RowAsync), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>
    /// The logged fields as they were, references by their numbers; null where it did not exist then, or is not in scope. A statement for the row, one for each kind of
    /// links that it has, one for its events, which are read one by one however many there are.
    /// </summary>
    /// <param name="at">Changes of this very moment have happened. Not earlier than what is kept.</param>
    public static async Task<IReadOnlyDictionary<string, JsonElement>?> StateAt(this CmmsDb db, LoggedType type, long id, Instant at, CancellationToken cancel)
    {
        // The row first: what is committed between the two reads is then undone.
        var now = await NowAsync(db, type, id, cancel);
        var (name, then) = (type.Name, new Dictionary<string, JsonElement>());
        var own = db.Events.Where(e => e.SubjectType == name && e.SubjectId == id);
        // By position: a clock that was set back must not leave out a change in the middle.
        var since = own.Where(e => e.Position >= own.Where(later => later.At > at).Min(later => (long?)later.Position)).OrderBy(e => e.Position);
        var isGone = false;
        await foreach (var happened in since.Select(e => new { e.Type, e.Changes }).AsAsyncEnumerable().WithCancellation(cancel))
        {
            if (happened.Type == name + EventTypes.Created) return null;
            isGone |= happened.Type == name + EventTypes.Deleted;
            using var changes = JsonDocument.Parse(happened.Changes);
            // The first change since says what it was.
            foreach (var change in changes.RootElement.EnumerateObject())
                if (!then.ContainsKey(change.Name)) then.Add(change.Name, change.Value[0].Clone());
        }
        if (now is null && !isGone) return null;
        now ??= Empty(type);
        return now.ToDictionary(field => field.Key, field => then.GetValueOrDefault(field.Key, field.Value));
    }

    private static async Task<Dictionary<string, JsonElement>?> NowAsync(CmmsDb db, LoggedType type, long id, CancellationToken cancel)
    {
        var row = await (Task<object?>)s_row.MakeGenericMethod(type.Type).Invoke(null, [db, id, cancel])!;
        if (row is null) return null;
        List<FieldChange> fields = [.. type.Fields.Select(f => new FieldChange(f.Name, null, f.Property.GetGetter().GetClrValue(row)))];
        foreach (var link in type.Links) fields.Add(new FieldChange(link.Name, null, await link.IdsAsync(db, id, cancel)));
        return Values(fields);
    }

    private static async Task<object?> RowAsync<T>(CmmsDb db, long id, CancellationToken cancel) where T : Entity =>
        await db.Set<T>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel);

    /// <summary>What has been deleted is nothing but what its events say that it was.</summary>
    private static Dictionary<string, JsonElement> Empty(LoggedType type) =>
        Values([.. type.Fields.Select(f => new FieldChange(f.Name, null, null)), .. type.Links.Select(l => new FieldChange(l.Name, null, Array.Empty<long>()))]);

    private static Dictionary<string, JsonElement> Values(IReadOnlyList<FieldChange> fields)
    {
        using var json = JsonDocument.Parse(ChangesJson.Of(fields));
        return json.RootElement.EnumerateObject().ToDictionary(field => field.Name, field => field.Value[1].Clone());
    }
}
