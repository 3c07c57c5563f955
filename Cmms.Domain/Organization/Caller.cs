using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Organization;

/// <summary>Whom an API key stands for, and where that user may do what.</summary>
public sealed record Caller(
    long KeyId, long UserId, long CustomerId, string Language, CustomerRole CustomerRole, IReadOnlyList<CallerSite> Sites)
{
    /// <summary>When the key ends by itself.</summary>
    public Instant? ExpiresAt { get; init; }

    /// <summary>Whether it is still the same person with the same rights.</summary>
    public bool IsSame(Caller? other) =>
        other is not null && (KeyId, UserId, CustomerId, CustomerRole, ExpiresAt) == (other.KeyId, other.UserId, other.CustomerId, other.CustomerRole, other.ExpiresAt) && Sites.SequenceEqual(other.Sites);
}

/// <summary>A site that a caller has a role on.</summary>
public sealed record CallerSite(long Id, string Code, SiteStatus Status, Role Role);

public static class Callers
{
    private static readonly TimeSpan UseResolution = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The caller behind a secret, or null when the key is unknown, revoked or expired or its user not active. The only read across customers
    /// (hence under the System scope): one statement over a unique index, since it is asked for every request.
    /// </summary>
    public static Task<Caller?> FindCaller(this CmmsDb db, string secret, Instant now, CancellationToken cancel)
    {
        var hash = ApiKey.HashOf(secret);
        return FindCaller(db, db.ApiKeys.IgnoreQueryFilters().Where(k => k.Hash == hash), now, cancel);
    }

    /// <summary>The caller behind a key that was let in before.</summary>
    public static Task<Caller?> FindCaller(this CmmsDb db, long keyId, Instant now, CancellationToken cancel) =>
        FindCaller(db, db.ApiKeys.IgnoreQueryFilters().Where(k => k.Id == keyId), now, cancel);

    private static async Task<Caller?> FindCaller(CmmsDb db, IQueryable<ApiKey> keys, Instant now, CancellationToken cancel)
    {
        var found = await keys.AsNoTracking().AsSingleQuery()
            .Where(k => k.RevokedAt == null && (k.ExpiresAt == null || k.ExpiresAt > now) && k.User.Status == UserStatus.Active)
            .Select(k => new
            {
                k.Id,
                k.UserId,
                k.CustomerId,
                k.User.Language,
                k.User.CustomerRole,
                k.ExpiresAt,
                Sites = db.UserRoles.IgnoreQueryFilters().Where(r => r.UserId == k.UserId).OrderBy(r => r.SiteId)
                    .Select(r => new CallerSite(r.SiteId, r.Site.Code, r.Site.Status, r.Role)).ToList(),
            })
            .ToListAsync(cancel);
        return found is [var key] ? new Caller(key.Id, key.UserId, key.CustomerId, key.Language, key.CustomerRole, key.Sites) { ExpiresAt = key.ExpiresAt } : null;
    }

    /// <summary>Notes that a key was used, at most once a minute, outside the event log.</summary>
    public static Task TouchKey(this CmmsDb db, long keyId, Instant now, CancellationToken cancel)
    {
        var before = now - UseResolution;
        return db.ApiKeys.IgnoreQueryFilters()
            .Where(k => k.Id == keyId && (k.LastUsedAt == null || k.LastUsedAt < before))
            .ExecuteUpdateAsync(set => set.SetProperty(k => k.LastUsedAt, now), cancel);
    }
}
