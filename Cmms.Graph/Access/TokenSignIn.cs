using Cmms.Domain;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;

namespace Cmms.Graph.Access;

/// <summary>From a token of the OpenID provider to one of the users, whom it may be the first time to see.</summary>
internal sealed class TokenSignIn(CmmsDbFactory factory, TimeProvider clock, ProviderTokens tokens, LoginCount logins)
{
    private const int Attempts = 4;

    /// <summary>The caller, or why there is none.</summary>
    public async ValueTask<(Caller? Caller, string Why)> CallerOf(string text, CancellationToken cancel)
    {
        var (token, why) = await tokens.ReadAsync(text, cancel);
        if (token is null) return (null, why);
        var caller = await Find(token, cancel) ?? (await Identify(token, cancel) ? await Find(token, cancel) : null);
        if (caller is null) return (null, "token of nobody who may come in");
        await logins.SeeAsync(caller, token, cancel);
        return (caller, "");
    }

    private async Task<Caller?> Find(ProviderToken token, CancellationToken cancel)
    {
        await using var db = factory.For(Scope.System);
        return await db.FindCaller(token, clock.Now, cancel);
    }

    /// <summary>Whether the subject may have become a user's by now, whoever made it so.</summary>
    private async Task<bool> Identify(ProviderToken token, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var now = clock.Now;
            (long UserId, long CustomerId)? newcomer;
            await using (var db = factory.For(Scope.System)) newcomer = await db.FindNewcomer(token, now, cancel);
            // It may be a stranger's; or another request was quicker, perhaps since we looked, and the subject is known by now.
            if (newcomer is not var (userId, customerId)) return true;
            try
            {
                await using var transaction = await factory.BeginAsync(Scope.Customer(customerId), new Change(Actor.User(userId), now), cancel);
                await transaction.Db.AddIdentity(userId, token, cancel);
                await transaction.CommitAsync(cancel);
                return true;
            }
            catch (Exception e) when (attempt < Attempts && (e is Duplicate || e.IsTransient))
            {
                // Somebody was quicker, or in the way.
            }
            catch (InvalidTransition)
            {
                return false;
            }
        }
    }
}
