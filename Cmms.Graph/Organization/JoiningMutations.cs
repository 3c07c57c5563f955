using Cmms.Domain;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Graph.Access;
using Engines.GraphQL.Binding;

namespace Cmms.Graph.Organization;

/// <summary>How people join, and prove that an address is theirs. No mail is sent yet: an owner hands the tokens over.</summary>
[MutationType]
internal static class JoiningMutations
{
    /// <summary>Asks a person to join. The invitation can be accepted for five days (seed 003); its token stands in this answer alone, for the owner to hand over.</summary>
    /// <param name="canBeAssignedToWorkOrders">Whether the person is meant to do maintenance work.</param>
    /// <param name="authType">How the person will sign in; left out: with an API key.</param>
    [TouchesCredentials, OwnerOnly, Error<Duplicate>]
    public static async Task<SentInvitation> InviteUser(
        string name, string surname, string email, string? language, string? phoneNumber, string? jobTitle, bool? canBeAssignedToWorkOrders,
        Money? regularRate, Money? overtimeRate1, Money? overtimeRate2, CustomerRole? customerRole, UserAuthType? authType, CmmsDb db, Instant now,
        CancellationToken cancel)
    {
        var (user, token) = User.Invite(name, surname, email, now, customerRole ?? CustomerRole.Member);
        (user.PhoneNumber, user.JobTitle, user.CanBeAssignedToWorkOrders) = (phoneNumber, jobTitle, canBeAssignedToWorkOrders ?? false);
        (user.RegularRate, user.OvertimeRate1, user.OvertimeRate2) = (regularRate, overtimeRate1, overtimeRate2);
        (user.AuthType, user.Language) = (authType ?? UserAuthType.ApiKey, language ?? user.Language);
        db.Users.Add(user);
        await db.SaveChangesAsync(cancel);
        return new SentInvitation(user, token);
    }

    /// <summary>Sends an invitation once more, for another five days. Its new token stands in this answer alone; the one before is worth nothing any more.</summary>
    [TouchesCredentials, OwnerOnly, Error<NotFound, InvalidTransition>]
    public static async Task<SentInvitation> ResendInvitation([ID<User>] long id, CmmsDb db, Instant now, CancellationToken cancel)
    {
        var user = await db.Find<User>(id, cancel);
        var token = user.ResendInvitation(now);
        await db.SaveChangesAsync(cancel);
        return new SentInvitation(user, token);
    }

    /// <summary>
    /// Joins by an invitation; needs no key, and cannot be part of an @atomic mutation. Who does not sign in by an OpenID provider gets a first API key. An unknown,
    /// used, replaced or expired token is NOT_FOUND.
    /// </summary>
    /// <param name="token">What came with the invitation.</param>
    [AllowAnonymous, ByToken(TokenKind.Invitation), TouchesCredentials, Error<NotFound>]
    public static async Task<AcceptedInvitation> AcceptInvitation(string token, CmmsDb db, CancellationToken cancel)
    {
        var user = await db.FindBearer(cancel);
        user.AcceptInvitation(token, db.Now);
        await db.SaveChangesAsync(cancel);
        if (user.AuthType is UserAuthType.OpenId) return new AcceptedInvitation(user, null, null);
        var (key, secret) = ApiKey.Create(user, "First key", expiresAt: null, db.Now);
        db.ApiKeys.Add(key);
        await db.SaveChangesAsync(cancel);
        return new AcceptedInvitation(user, key, secret);
    }

    /// <summary>
    /// A token by which the person proves to read the mail of the unconfirmed address, for five days. It stands in this answer alone, for the owner to send it there;
    /// the one before is worth nothing any more.
    /// </summary>
    [TouchesCredentials, OwnerOnly, Error<NotFound>]
    public static async Task<SentConfirmation> SendEmailConfirmation([ID<User>] long id, CmmsDb db, Instant now, CancellationToken cancel)
    {
        var user = await db.Find<User>(id, cancel);
        var token = user.SendEmailConfirmation(now);
        await db.SaveChangesAsync(cancel);
        return new SentConfirmation(user, token);
    }

    /// <summary>
    /// Makes the unconfirmed address the one that counts; needs no key, and cannot be part of an @atomic mutation. An unknown, used, replaced or expired token is
    /// NOT_FOUND.
    /// </summary>
    /// <param name="token">What came to the new address.</param>
    [AllowAnonymous, ByToken(TokenKind.Confirmation), TouchesCredentials, Error<NotFound, Duplicate>]
    public static async Task<User> ConfirmEmail(string token, CmmsDb db, CancellationToken cancel)
    {
        var user = await db.FindBearer(cancel);
        user.ConfirmEmail(token, db.Now);
        await db.SaveChangesAsync(cancel);
        return user;
    }

    /// <summary>The person of the token, who is on record as having done it; locked, so that a token is used once.</summary>
    private static Task<User> FindBearer(this CmmsDb db, CancellationToken cancel) => db.Find<User>(db.Actor.UserId!.Value, cancel, "token");
}

/// <summary>An invitation that was just sent.</summary>
/// <param name="User">Who was asked.</param>
/// <param name="InvitationToken">What acceptInvitation takes; it cannot be read again.</param>
[Payload]
internal sealed record SentInvitation(User User, [property: ShownOnce] string InvitationToken);

/// <summary>A person who just joined.</summary>
/// <param name="User">Who.</param>
/// <param name="ApiKey">The person's first key; null for who signs in by an OpenID provider.</param>
/// <param name="Secret">What is sent as the bearer token; it cannot be read again. Null without a key.</param>
[Payload]
internal sealed record AcceptedInvitation(User User, ApiKey? ApiKey, [property: ShownOnce] string? Secret);

/// <summary>A confirmation that was just asked for.</summary>
/// <param name="User">Whose address it is.</param>
/// <param name="ConfirmationToken">What confirmEmail takes; it cannot be read again.</param>
[Payload]
internal sealed record SentConfirmation(User User, [property: ShownOnce] string ConfirmationToken);
