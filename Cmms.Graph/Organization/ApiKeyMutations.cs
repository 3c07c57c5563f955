using Cmms.Domain;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Graph.Access;
using Engines.GraphQL.Binding;

namespace Cmms.Graph.Organization;

[MutationType, AnySite]
internal static class ApiKeyMutations
{
    /// <summary>Makes a key for a program. Its secret stands in this answer and nowhere else, ever.</summary>
    /// <param name="name">What it is for.</param>
    /// <param name="expiresAt">When it ends by itself; left out: never.</param>
    /// <param name="userId">As whom the program acts; left out: the caller. Only an owner makes keys of others.</param>
    [TouchesCredentials, Own<OwnProfile>, Error<NotFound>]
    public static async Task<NewApiKey> CreateApiKey(
        string name, Instant? expiresAt, [ID<User>] long? userId, SiteCaller caller, CmmsDb db, Instant now, CancellationToken cancel)
    {
        if (userId is { } other) await OwnProfile.Rule.Require(other, caller, db, cancel, nameof(userId));
        var user = userId is null ? await db.Find<User>(caller.UserId, cancel) : await db.Find<User>(userId.Value, cancel);
        var (key, secret) = ApiKey.Create(user, name, expiresAt, now);
        db.ApiKeys.Add(key);
        await db.SaveChangesAsync(cancel);
        return new NewApiKey(key, secret);
    }

    /// <summary>Ends a key at once and for ever: one's own, or for an owner anybody's.</summary>
    [TouchesCredentials, Own<OwnKeys>, Error<NotFound>]
    public static async Task<ApiKey> RevokeApiKey([ID<ApiKey>] long id, SiteCaller caller, CmmsDb db, Instant now, CancellationToken cancel)
    {
        var key = await db.Find<ApiKey>(id, cancel);
        await OwnKeys.Rule.Require(id, caller, db, cancel);
        key.Revoke(now);
        await db.SaveChangesAsync(cancel);
        return key;
    }
}

/// <summary>A key that was just made.</summary>
/// <param name="ApiKey">The key.</param>
/// <param name="Secret">What the program sends as its bearer token; it cannot be read again.</param>
[Payload]
internal sealed record NewApiKey(ApiKey ApiKey, [property: ShownOnce] string Secret);
