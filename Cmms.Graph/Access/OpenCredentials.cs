using System.Data.Common;
using System.Text.Json;
using Cmms.Domain;
using Cmms.Domain.Events;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Graph.Access;

/// <summary>
/// By what rights sockets and event streams are open. A right ends when its key expires or is revoked, and when what its user may do changes: then
/// the client has to come back and is let in as whoever it is by then, if at all.
/// </summary>
internal sealed class OpenCredentials(CmmsDbFactory factory, TimeProvider clock) : IDisposable
{
    private static readonly HashSet<string> s_grounds = [nameof(ApiKey), nameof(User), nameof(UserRole), nameof(Site)];
    /// <summary>Changes of nothing but these take no right away.</summary>
    private static readonly HashSet<string> s_harmless =
    [
        "name", "surname", "fullName", "phoneNumber", "jobTitle", "language", "regularRate", "overtimeRate1", "overtimeRate2", "canBeAssignedToWorkOrders",
        "description", "address", "timeZone", "currency", "dateTimeFormat", "lastUsedAt",
    ];
    private readonly Dictionary<Actor, List<OpenRight>> _open = [];
    private readonly Lock _lock = new();

    /// <summary>The right by which a caller's connections are open; null when it has ended already.</summary>
    public async ValueTask<OpenRight?> RightOf(Caller caller, CancellationToken cancel)
    {
        var (right, isNew) = Open(caller);
        // A change before this line may have been seen by nobody.
        if (isNew && !caller.IsSame(await Find(caller, cancel))) End(right);
        return right.IsOver ? null : right;
    }

    /// <summary>
    /// Puts those rights in doubt that a change of this batch may end, each from that change on: to be called before its events are published, and
    /// <see cref="AskAsync"/> after.
    /// </summary>
    public async ValueTask<IReadOnlyCollection<OpenRight>> DoubtAsync(EventBatch batch, CancellationToken cancel)
    {
        List<Event>? grounds = null;
        foreach (var happened in batch.Events)
            if (s_grounds.Contains(happened.SubjectType)) (grounds ??= []).Add(happened);
        if (grounds is null) return [];
        OpenRight[] rights;
        lock (_lock) rights = [.. _open.Values.SelectMany(r => r).Where(r => r.Caller.CustomerId == batch.CustomerId)];
        HashSet<OpenRight> doubted = [];
        foreach (var ground in grounds)
        {
            using var changes = JsonDocument.Parse(ground.Changes);
            var names = changes.RootElement.EnumerateObject().Select(c => c.Name).ToList();
            if (names.Count > 0 && names.TrueForAll(s_harmless.Contains)) continue;
            var user = ground.SubjectType is nameof(UserRole) ? await UserOfRole(ground, changes.RootElement, cancel) : null;
            foreach (var right in rights)
            {
                if (!Concerns(ground, right.Caller, user)) continue;
                right.Doubt(ground.Position);
                doubted.Add(right);
            }
        }
        return doubted;
    }

    /// <summary>Asks those in doubt once more whether they may be.</summary>
    public async Task AskAsync(IReadOnlyCollection<OpenRight> doubted, CancellationToken cancel)
    {
        foreach (var right in doubted)
        {
            try
            {
                var upTo = right.LastDoubt;
                if (right.Caller.IsSame(await Find(right.Caller, cancel))) right.Confirm(upTo);
                else End(right);
            }
#pragma warning disable CA1031 // Who cannot be asked for has to come back, whatever the reason: in doubt for ever is worse.
            catch (Exception)
#pragma warning restore CA1031
            {
                End(right);
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var right in _open.Values.SelectMany(r => r)) right.Dispose();
            _open.Clear();
        }
    }

    private (OpenRight Right, bool IsNew) Open(Caller caller)
    {
        lock (_lock)
        {
            if (!_open.TryGetValue(caller.Credential, out var rights)) _open.Add(caller.Credential, rights = []);
            if (rights.Find(r => r.Caller.IsSame(caller)) is { } known) return (known, false);
            // Another one of the same credential ends where the change is that made them differ.
            var right = new OpenRight(caller, clock);
            rights.Add(right);
            if (caller.ExpiresAt is { } expires) right.Expiry = new Deadline(clock, expires, () => End(right));
            return (right, true);
        }
    }

    private void End(OpenRight right)
    {
        lock (_lock)
            if (_open.TryGetValue(right.Caller.Credential, out var rights) && rights.Remove(right) && rights.Count == 0) _open.Remove(right.Caller.Credential);
        right.End();
    }

    private static bool Concerns(Event ground, Caller caller, long? userOfRole) => ground.SubjectType switch
    {
        nameof(ApiKey) => ground.SubjectId == caller.KeyId,
        nameof(User) => ground.SubjectId == caller.UserId,
        nameof(UserRole) => userOfRole is null || userOfRole == caller.UserId,
        nameof(Site) => caller.Sites.Any(s => s.Id == ground.SubjectId),
        _ => true,
    };

    /// <summary>A role tells its user when it is made and when it goes; in between, the database knows.</summary>
    private async ValueTask<long?> UserOfRole(Event ground, JsonElement changes, CancellationToken cancel)
    {
        if (changes.TryGetProperty("user", out var user))
            foreach (var side in user.EnumerateArray())
                if (side.ValueKind is JsonValueKind.Number && side.TryGetInt64(out var id)) return id;
        try
        {
            await using var db = factory.For(Scope.Customer(ground.CustomerId));
            return await db.UserRoles.Where(r => r.Id == ground.SubjectId).Select(r => (long?)r.UserId).SingleOrDefaultAsync(cancel);
        }
        catch (Exception e) when (e is DbException or InvalidOperationException or TimeoutException)
        {
            return null; // perhaps anybody's, then
        }
    }

    private Task<Caller?> Find(Caller caller, CancellationToken cancel) => factory.ReadAsync(Scope.System, db => db.FindCaller(caller, clock.Now, cancel));
}
