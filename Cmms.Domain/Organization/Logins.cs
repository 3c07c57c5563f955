using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Organization;

/// <summary>A login is the first use of a session at an OpenID provider.</summary>
public static class Logins
{
    /// <summary>How far the noted end of a session may lag behind its tokens, so that it is written at most once a day.</summary>
    public static TimeSpan Slack => LoginSession.Slack;

    /// <summary>What tells one session from another; it says nothing about it.</summary>
    public static string SessionKey(this ProviderToken token) => LoginSession.HashOf(token);

    /// <summary>Whether the session is new, or lives longer than was noted: then <see cref="RecordLogin"/> has something to do.</summary>
    public static async Task<bool> IsLoginNews(this CmmsDb db, ProviderToken token, CancellationToken cancel)
    {
        var (hash, least) = (LoginSession.HashOf(token), token.EndsAt - LoginSession.Slack);
        return !await db.LoginSessions.AnyAsync(s => s.Hash == hash && s.EndsAt >= least, cancel);
    }

    /// <summary>Counts the session's login, or notes that it goes on; in a transaction of its customer.</summary>
    /// <exception cref="Duplicate">Somebody else counts it at this moment.</exception>
    public static async Task RecordLogin(this CmmsDb db, long userId, ProviderToken token, CancellationToken cancel)
    {
        var hash = LoginSession.HashOf(token);
        if (await db.LoginSessions.Where(s => s.Hash == hash).ExecuteUpdateAsync(set => set.SetProperty(s => s.EndsAt, token.EndsAt), cancel) > 0) return;
        var user = await db.Find<User>(userId, cancel);
        db.LoginSessions.Add(new LoginSession(user, token));
        user.RecordLogin(db.Now);
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Forgets the sessions that ended so long ago that they cannot come back.</summary>
    /// <returns>How many.</returns>
    public static async Task<int> ForgetLogins(CmmsDbFactory factory, Instant now, CancellationToken cancel)
    {
        var before = now - LoginSession.Remembered;
        await using (var db = factory.For(Scope.System))
            if (!await db.LoginSessions.AnyAsync(s => s.EndsAt < before, cancel)) return 0;
        await using var transaction = await factory.BeginAsync(Scope.System, new Change(Actor.System, now), cancel);
        var forgotten = await transaction.Db.LoginSessions.Where(s => s.EndsAt < before).ExecuteDeleteAsync(cancel);
        await transaction.CommitAsync(cancel);
        return forgotten;
    }
}
