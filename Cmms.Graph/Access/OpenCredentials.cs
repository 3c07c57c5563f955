using System.Data.Common;
using Cmms.Domain;
using Cmms.Domain.Events;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;

namespace Cmms.Graph.Access;

/// <summary>
/// By what right sockets and event streams are open. A right ends when its key expires or is revoked, and when what its user may do changes: then
/// the client has to come back and is let in as whoever it is by then, if at all.
/// </summary>
internal sealed class OpenCredentials(CmmsDbFactory factory, TimeProvider clock) : IDisposable
{
    private static readonly HashSet<string> s_grounds = [nameof(ApiKey), nameof(User), nameof(UserRole), nameof(Site)];
    private readonly Dictionary<(Actor Credential, Instant? ExpiresAt), Right> _open = [];
    private readonly Lock _lock = new();

    /// <summary>Ends with the caller's right; null when it has ended already.</summary>
    public async ValueTask<CancellationToken?> EndOf(Caller caller, CancellationToken cancel)
    {
        var (right, isNew) = Open(caller);
        // A change before this line may have been seen by nobody.
        return !isNew || caller.IsSame(await Find(caller, cancel)) ? right.Ended.Token : null;
    }

    /// <summary>Asks those who are connected once more whether they may be, after a change that may concern them.</summary>
    public async Task SeeAsync(EventBatch batch, CancellationToken cancel)
    {
        if (!batch.Events.Any(e => s_grounds.Contains(e.SubjectType))) return;
        Right[] concerned;
        lock (_lock) concerned = [.. _open.Values.Where(r => r.Caller.CustomerId == batch.CustomerId)];
        foreach (var right in concerned)
        {
            try
            {
                if (!right.Caller.IsSame(await Find(right.Caller, cancel))) End(right);
            }
            catch (Exception e) when (e is DbException or InvalidOperationException or TimeoutException)
            {
                // Who cannot be asked for has to come back.
                End(right);
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var right in _open.Values) right.Dispose();
            _open.Clear();
        }
    }

    private (Right Right, bool IsNew) Open(Caller caller)
    {
        Right? outdated;
        Right right;
        lock (_lock)
        {
            if (_open.TryGetValue(KeyOf(caller), out outdated) && outdated.Caller.IsSame(caller)) return (outdated, false);
            _open[KeyOf(caller)] = right = new Right(caller);
            if (caller.ExpiresAt is { } expires) right.Expiry = new Deadline(clock, expires, () => End(right));
        }
        if (outdated is not null) End(outdated);
        return (right, true);
    }

    private void End(Right right)
    {
        lock (_lock)
            if (_open.GetValueOrDefault(KeyOf(right.Caller)) == right) _open.Remove(KeyOf(right.Caller));
        // On another thread: whoever waits for this must not run here.
        _ = right.Ended.CancelAsync();
        right.Expiry?.Dispose();
    }

    // A person has a session after another, each with its own end.
    private static (Actor Credential, Instant? ExpiresAt) KeyOf(Caller caller) => (caller.Credential, caller.ExpiresAt);

    private async Task<Caller?> Find(Caller caller, CancellationToken cancel)
    {
        await using var db = factory.For(Scope.System);
        return await db.FindCaller(caller, clock.Now, cancel);
    }

    private sealed class Right(Caller caller) : IDisposable
    {
        public Caller Caller => caller;
        public CancellationTokenSource Ended { get; } = new();
        public Deadline? Expiry { get; set; }

        public void Dispose()
        {
            Expiry?.Dispose();
            Ended.Dispose();
        }
    }
}
