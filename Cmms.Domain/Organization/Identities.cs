using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Organization;

/// <summary>How a person whom a provider has sent for the first time becomes one of the users.</summary>
public static class Identities
{
    /// <summary>
    /// The user whom a new subject may become: the only active one with the verified address, or where none is active the only one who was invited
    /// by it and still may accept. Null where there is none, where several customers know the address, where the subject belongs to somebody
    /// already (who is not active, then), and where the provider has called that user otherwise before: addresses are given to others.
    /// </summary>
    public static async Task<(long UserId, long CustomerId)?> FindNewcomer(this CmmsDb db, ProviderToken token, Instant now, CancellationToken cancel)
    {
        if (token.VerifiedEmail is not { } email) return null;
        if (await db.UserIdentities.AnyAsync(i => i.Issuer == token.Issuer && i.Subject == token.Subject, cancel)) return null;
        var known = await db.Users.Where(u => u.Email == email && u.Status != UserStatus.Deactivated).ToListAsync(cancel);
        var user = known.Where(u => u.Status is UserStatus.Active).ToList() switch
        {
            [var active] => active,
            [] => known.Where(u => now <= u.InvitationDueAt).ToList() is [var invited] ? invited : null,
            _ => null,
        };
        return user is null || await db.UserIdentities.AnyAsync(i => i.UserId == user.Id && i.Issuer == token.Issuer, cancel) ? null : (user.Id, user.CustomerId);
    }

    /// <summary>From now on the subject is this user, who joins by it where an invitation was open; in a transaction of the customer.</summary>
    /// <exception cref="InvalidTransition">Meanwhile the user was deactivated, or the invitation expired.</exception>
    /// <exception cref="Duplicate">Meanwhile the subject or the user was given away.</exception>
    public static async Task AddIdentity(this CmmsDb db, long userId, ProviderToken token, CancellationToken cancel)
    {
        var user = await db.Find<User>(userId, cancel);
        // The address may have changed since it was looked for.
        if (user.Email != token.VerifiedEmail) throw new InvalidTransition(user.FullName, "known by another address", "signed in");
        user.SignInByProvider(db.Now);
        db.UserIdentities.Add(new UserIdentity(user, token.Issuer, token.Subject));
        await db.SaveChangesAsync(cancel);
    }
}
