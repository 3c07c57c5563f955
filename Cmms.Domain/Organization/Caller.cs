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

    private static readonly Compiled<Func<CmmsDb, string, string, IAsyncEnumerable<CallerRow>>> s_bySubject = new(() => EF.CompileAsyncQuery((CmmsDb db, string issuer, string subject) =>
        from i in db.UserIdentities.IgnoreQueryFilters()
        where i.Issuer == issuer && i.Subject == subject && i.User.Status == UserStatus.Active
        from r in db.UserRoles.IgnoreQueryFilters().Where(r => r.UserId == i.UserId).DefaultIfEmpty()
        orderby r.SiteId
        select new CallerRow(0, i.UserId, i.CustomerId, i.User.Language, i.User.CustomerRole, null, r.SiteId, r.Site.Code, r.Site.Status, r.Role)));

    private static readonly Compiled<Func<CmmsDb, long, IAsyncEnumerable<CallerRow>>> s_byUser = new(() => EF.CompileAsyncQuery((CmmsDb db, long userId) =>
        from u in db.Users.IgnoreQueryFilters()
        where u.Id == userId && u.Status == UserStatus.Active
        from r in db.UserRoles.IgnoreQueryFilters().Where(r => r.UserId == u.Id).DefaultIfEmpty()
        orderby r.SiteId
        select new CallerRow(0, u.Id, u.CustomerId, u.Language, u.CustomerRole, null, r.SiteId, r.Site.Code, r.Site.Status, r.Role)));

    /// <summary>
    /// The caller behind a secret, or null when the key is unknown, revoked or expired or its user not active. The only read across customers
    /// (hence under the System scope): one statement over a unique index, since it is asked for every request.
    /// </summary>
    public static Task<Caller?> FindCaller(this CmmsDb db, string secret, Instant now, CancellationToken cancel) =>
        Read(s_bySecret.For(db)(db, ApiKey.HashOf(secret), now), cancel);

    /// <summary>
    /// The caller whom a token is about, or null when its subject has not signed in before or its user is not active. One statement over a unique
    /// index, as for a key.
    /// </summary>
    public static async Task<Caller?> FindCaller(this CmmsDb db, ProviderToken token, Instant now, CancellationToken cancel) =>
        now < token.EndsAt && await Read(s_bySubject.For(db)(db, token.Issuer, token.Subject), cancel) is { } caller ? caller with { ExpiresAt = token.EndsAt } : null;

    /// <summary>Who a caller that was let in before is by now, or null when the credential has ended since.</summary>
    public static async Task<Caller?> FindCaller(this CmmsDb db, Caller before, Instant now, CancellationToken cancel) =>
        before.KeyId is { } keyId ? await Read(s_byKey.For(db)(db, keyId, now), cancel)
        : now < before.ExpiresAt && await Read(s_byUser.For(db)(db, before.UserId), cancel) is { } caller ? caller with { ExpiresAt = before.ExpiresAt }
        : null;

    private static async Task<Caller?> Read(IAsyncEnumerable<CallerRow> rows, CancellationToken cancel)
    {
        CallerRow? key = null;
        List<CallerSite> sites = [];
        await foreach (var row in rows.WithCancellation(cancel))
        {
            key = row;
            if (row is { SiteId: { } id, SiteCode: { } code, SiteStatus: { } status, Role: { } role }) sites.Add(new CallerSite(id, code, status, role));
        }
        return key is null ? null : new Caller(key.KeyId == 0 ? Actor.User(key.UserId) : Actor.ApiKey(key.KeyId), key.UserId, key.CustomerId, key.Language, key.CustomerRole, sites) { ExpiresAt = key.ExpiresAt };
    }

    /// <summary>The credential's user with one of the sites; one row without any where there are none. No key: 0.</summary>
    private sealed record CallerRow(
        long KeyId, long UserId, long CustomerId, string Language, CustomerRole CustomerRole, Instant? ExpiresAt, long? SiteId, string? SiteCode, SiteStatus? SiteStatus, Role? Role);
}
