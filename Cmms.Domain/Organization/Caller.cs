using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Organization;

/// <summary>Whom a credential stands for, and where that user may do what.</summary>
/// <param name="Credential">What let the caller in: <c>key:12</c> for an API key, <c>user:7</c> for that user's own session at an OpenID provider.</param>
public sealed record Caller(
    Actor Credential, long UserId, long CustomerId, string Language, CustomerRole CustomerRole, IReadOnlyList<CallerSite> Sites)
{
    /// <summary>The API key; null for a person's own session.</summary>
    public long? KeyId => Credential.KeyId;

    /// <summary>When the credential ends by itself.</summary>
    public Instant? ExpiresAt { get; init; }

    /// <summary>Whether it is still the same person with the same rights.</summary>
    public bool IsSame(Caller? other) =>
        other is not null && (Credential, UserId, CustomerId, CustomerRole, ExpiresAt) == (other.Credential, other.UserId, other.CustomerId, other.CustomerRole, other.ExpiresAt) && Sites.SequenceEqual(other.Sites);
}

/// <summary>A site that a caller has a role on.</summary>
public sealed record CallerSite(long Id, string Code, SiteStatus Status, Role Role);

public static class Callers
{
    private static readonly TimeSpan UseResolution = TimeSpan.FromMinutes(1);

    private static readonly Compiled<Func<CmmsDb, string, Instant, IAsyncEnumerable<CallerRow>>> s_bySecret = new(() => EF.CompileAsyncQuery((CmmsDb db, string hash, Instant now) =>
        from k in db.ApiKeys.IgnoreQueryFilters()
        where k.Hash == hash && k.RevokedAt == null && (k.ExpiresAt == null || k.ExpiresAt > now) && k.User.Status == UserStatus.Active
        from r in db.UserRoles.IgnoreQueryFilters().Where(r => r.UserId == k.UserId).DefaultIfEmpty()
        orderby r.SiteId
        select new CallerRow(k.Id, k.UserId, k.CustomerId, k.User.Language, k.User.CustomerRole, k.ExpiresAt, r.SiteId, r.Site.Code, r.Site.Status, r.Role)));

    private static readonly Compiled<Func<CmmsDb, long, Instant, IAsyncEnumerable<CallerRow>>> s_byKey = new(() => EF.CompileAsyncQuery((CmmsDb db, long keyId, Instant now) =>
        from k in db.ApiKeys.IgnoreQueryFilters()
        where k.Id == keyId && k.RevokedAt == null && (k.ExpiresAt == null || k.ExpiresAt > now) && k.User.Status == UserStatus.Active
        from r in db.UserRoles.IgnoreQueryFilters().Where(r => r.UserId == k.UserId).DefaultIfEmpty()
        orderby r.SiteId
        select new CallerRow(k.Id, k.UserId, k.CustomerId, k.User.Language, k.User.CustomerRole, k.ExpiresAt, r.SiteId, r.Site.Code, r.Site.Status, r.Role)));

    /// <summary>
    /// The caller behind a secret, or null when the key is unknown, revoked or expired or its user not active. The only read across customers
    /// (hence under the System scope): one statement over a unique index, since it is asked for every request.
    /// </summary>
    public static Task<Caller?> FindCaller(this CmmsDb db, string secret, Instant now, CancellationToken cancel) =>
        Read(s_bySecret.For(db)(db, ApiKey.HashOf(secret), now), cancel);

    /// <summary>Who a caller that was let in before is by now, or null when the credential has ended since.</summary>
    public static Task<Caller?> FindCaller(this CmmsDb db, Caller before, Instant now, CancellationToken cancel) =>
        before.KeyId is { } keyId ? Read(s_byKey.For(db)(db, keyId, now), cancel) : Task.FromResult<Caller?>(null);

    private static async Task<Caller?> Read(IAsyncEnumerable<CallerRow> rows, CancellationToken cancel)
    {
        CallerRow? key = null;
        List<CallerSite> sites = [];
        await foreach (var row in rows.WithCancellation(cancel))
        {
            key = row;
            if (row is { SiteId: { } id, SiteCode: { } code, SiteStatus: { } status, Role: { } role }) sites.Add(new CallerSite(id, code, status, role));
        }
        return key is null ? null : new Caller(Actor.ApiKey(key.Id), key.UserId, key.CustomerId, key.Language, key.CustomerRole, sites) { ExpiresAt = key.ExpiresAt };
    }

    /// <summary>The key with one of its user's sites; one row without any where there are none.</summary>
    private sealed record CallerRow(
        long Id, long UserId, long CustomerId, string Language, CustomerRole CustomerRole, Instant? ExpiresAt, long? SiteId, string? SiteCode, SiteStatus? SiteStatus, Role? Role);

    /// <summary>Notes that a key was used, at most once a minute, outside the event log.</summary>
    public static Task TouchKey(this CmmsDb db, long keyId, Instant now, CancellationToken cancel)
    {
        var before = now - UseResolution;
        return db.ApiKeys.IgnoreQueryFilters()
            .Where(k => k.Id == keyId && (k.LastUsedAt == null || k.LastUsedAt < before))
            .ExecuteUpdateAsync(set => set.SetProperty(k => k.LastUsedAt, now), cancel);
    }
}
